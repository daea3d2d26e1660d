import Contracts
public import Quantities

/// A whole scenario after resolution: everything a run depends on besides the code.
///
/// Plain data; the `Scenario` module builds it from a file and vouches for the ranges stated here.
public struct MarketConfiguration: Sendable, Equatable {
  /// Letters, digits, `-` and `_`; names the results folder.
  public var name: String
  public var summary: String
  /// That the scenario answers; may be empty. Says nothing about the run.
  public var question = ""
  public var seed: UInt64
  public var duration: SimDuration
  public var horizon: Horizon
  /// ≥ 1.
  public var replications: Int
  public var chain: ChainConfiguration
  public var rules: ProtocolConfiguration
  public var accounts: AccountsConfiguration
  public var regions: RegionMap
  /// At least one cohort with a host.
  public var hosts: [HostCohort]
  /// At least one cohort with a renter.
  public var renters: [RenterCohort]
  public var verifiers: VerifierConfiguration
  public var script: ScriptConfiguration
  /// In any order; of one thing, none begins while another lasts that ends.
  public var changes: [MarketChange] = []
  public var detection: DetectionConfiguration
  /// Nil: nobody opens a marketplace that its breakers closed.
  public var guardian: Guarding?
  public var emergency: EmergencyCouncil?
  public var governance = GovernanceConfiguration()
  public var challengers = ChallengerConfiguration()
  /// Each at most once; kept and measured beside each other.
  public var reputationModels: [ReputationChoice] = []
  public var assignment: AssignmentPolicy
  public var outputs: OutputSelection
  public var expectations: [Expectation]

  public init(
    name: String, summary: String = "", seed: UInt64, duration: SimDuration,
    horizon: Horizon = .terminating, replications: Int = 1,
    chain: ChainConfiguration = ChainConfiguration(),
    rules: ProtocolConfiguration = ProtocolConfiguration(),
    accounts: AccountsConfiguration = AccountsConfiguration(), regions: RegionMap = .single,
    hosts: [HostCohort], renters: [RenterCohort],
    verifiers: VerifierConfiguration = VerifierConfiguration(),
    script: ScriptConfiguration = ScriptConfiguration(),
    detection: DetectionConfiguration = DetectionConfiguration(),
    assignment: AssignmentPolicy = .reputationWeighted,
    outputs: OutputSelection = OutputSelection(), expectations: [Expectation] = []
  ) {
    self.name = name
    self.summary = summary
    self.seed = seed
    self.duration = duration
    self.horizon = horizon
    self.replications = replications
    self.chain = chain
    self.rules = rules
    self.accounts = accounts
    self.regions = regions
    self.hosts = hosts
    self.renters = renters
    self.verifiers = verifiers
    self.script = script
    self.detection = detection
    self.assignment = assignment
    self.outputs = outputs
    self.expectations = expectations
  }
}

extension MarketConfiguration {
  /// Setters that the deployer leaves to somebody else.
  var unwired: [String] {
    script.unwired + (emergency == nil ? [] : ["JobMarketplace.setGovernance"])
  }

  /// Whether any renter notices what is made up.
  package var rentersNotice: Bool { renters.contains { ($0.disputes?.notices ?? 0) > 0 } }

  /// Whether disputes take a bond at some time of the run.
  var mayTakeBonds: Bool {
    let key = "disputeBond"
    return !rules.values.disputeBond.isZero
      || governance.proposals.contains { $0.updates.contains { $0.key == key } }
      || changes.contains { change in
        if case .rule(key, _) = change.effect { true } else { false }
      }
  }

  /// Whether governor, guardian or deployer send transactions.
  var needsOfficials: Bool {
    !script.isEmpty || guardian != nil || emergency != nil
      || detection.actions.values.contains(.slash)
  }
}

/// How a run ends and what of it counts.
public enum Horizon: Sendable, Equatable {
  /// The run starts empty and everything counts.
  case terminating
  /// The start-up transient is removed: by MSER-5, or for the given warm-up when one is named.
  case steadyState(warmUp: SimDuration?)
}

/// Which tables are written beyond those that every run writes.
public struct OutputSelection: Sendable, Equatable {
  public var jobs = false
  public var transactions = false
  public var events = false
  public var detectionScores = false
  /// Spacing of the rows of `timeseries.csv` and `reputation.csv`; > 0. Nil: duration / 288,
  /// at least one block.
  public var sampleInterval: SimDuration?

  public init() {}
}

/// What must hold of a metric for the scenario to pass.
public struct Expectation: Sendable, Codable, Equatable {
  public enum Bound: Sendable, Codable, Equatable {
    case below(Double)
    case above(Double)
    case within(lower: Double, upper: Double)
  }
  /// A column name of `replications.csv`, with or without its unit.
  public var metric: String
  public var bound: Bound
  /// Nil: the mean over replications must satisfy the bound; else its whole interval at this
  /// confidence (0.5 … 0.9999) must.
  public var confidence: Double?
  /// At most half of that interval, ≥ 0; nil: as wide as the bound lets it be.
  public var halfWidth: Double?

  public init(
    metric: String, bound: Bound, confidence: Double? = nil, halfWidth: Double? = nil
  ) {
    self.metric = metric
    self.bound = bound
    self.confidence = confidence
    self.halfWidth = halfWidth
  }
}
