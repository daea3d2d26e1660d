public import Quantities

/// Observers of the public record, who are scored against what nobody can see.
public struct DetectionConfiguration: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Nodes of one controller.
    case controllerThreshold
    /// Hosts whose wallets were filled from one source.
    case fundingCluster
    /// Hosts that claim at the same moments.
    case claimTiming
    /// Hosts with the same customers.
    case sharedCustomers
    /// Hosts that little trust reaches from known ones. Needs renters who come back: where most buy
    /// once, trust reaches few hosts, and half of the honest ones may stand accused.
    case sybilRank
    /// Hosts that renters' ratings lend little trust.
    case eigenTrust
    /// Hosts whose customers have their money from them.
    case selfDealing

    /// Score from which on it flags, where a scenario does not say.
    ///
    /// - Parameter sybilThreshold: Nodes that make a controller suspicious to the registry.
    func standardThreshold(sybilThreshold: UInt64) -> Double {
      switch self {
      case .controllerThreshold: Double(sybilThreshold)
      case .fundingCluster: 5
      // A dozen claims each look a quarter alike by chance alone.
      case .claimTiming: 0.35
      case .sharedCustomers: 0.25
      // Far from what the honest of a busy market get: in a quiet one business alone spreads trust
      // so unevenly that a sharper line accuses most of them.
      case .sybilRank: -0.5
      case .eigenTrust: -0.05
      case .selfDealing: 0.1
      }
    }
  }

  /// What happens to a host that a detector flags for the first time.
  public enum Action: String, Sendable, CaseIterable {
    /// Only counted.
    case watch
    /// Routers send it nothing any more.
    case refuse
    /// Governance takes the protocol's share of its stake.
    case slash
  }

  public var detectors: [Kind]
  /// Of each detector; those that are missing watch.
  public var actions: [Kind: Action]
  /// Score from which on each flags a host, in the unit of its scores; those that are missing have
  /// their standard.
  public var thresholds: [Kind: Double]
  /// Honest hosts that observers know, where they need any; ≥ 1.
  public var seeds: Int
  /// From the start to the first look of all detectors, and from each to the next; nil for a 24th of
  /// the run. Positive.
  public var interval: SimDuration?

  public init(
    detectors: [Kind] = [], actions: [Kind: Action] = [:],
    thresholds: [Kind: Double] = [:], seeds: Int = 10, interval: SimDuration? = nil
  ) {
    self.detectors = detectors
    self.actions = actions
    self.thresholds = thresholds
    self.seeds = seeds
    self.interval = interval
  }

  func threshold(of kind: Kind, sybilThreshold: UInt64) -> Double {
    thresholds[kind] ?? kind.standardThreshold(sybilThreshold: sybilThreshold)
  }

  /// Between two looks in a run of that duration.
  func interval(of duration: SimDuration) -> SimDuration {
    interval ?? SimDuration(nanoseconds: max(1, duration.nanoseconds / 24))
  }
}
