internal import Contracts
internal import Market
internal import Quantities

/// The top level of a scenario file.
enum ScenarioKeys {
  static let marketsim = Key("marketsim", .integer(in: 1...1), "Version of the format.")
  static let extends = Key(
    "extends", .path, optional: "the file stands alone",
    "Scenario that this one builds on, relative to this file; maps merge, all else is replaced, "
      + "and ~ takes a key of it back.")
  static let name = Key("name", .name, "Name of the scenario and of its results folder.")
  static let summary = Key(
    "description", .text(limit: 10_000), optional: "no description",
    "What the scenario is for, in a sentence.")
  static let question = Key(
    "question", .text(limit: 500), optional: "the scenario answers none",
    "The question that the scenario answers, as marketsim list scenarios prints it.")
  static let seed = Key(
    "seed", Kind<UInt64>.integer(in: 0...UInt64.max), "Seed of every random stream.")
  static let duration = Key(
    "duration", .duration(from: .seconds(2), to: .days(3_650), example: "1d"),
    "Simulated time; the run starts on a Monday at 00:00.")
  static let horizon = Key(
    "horizon", HorizonKeys.kind, standard: "terminating",
    "terminating: everything counts; steadyState: what happens before the end of the warm-up is "
      + "left out of every metric.")
  static let replications = Key(
    "replications", .integer(in: 1...100_000), standard: "1",
    "Independent repetitions, from which intervals come.")
  static let chain = Key(
    "chain", ChainKeys.shape.kind, optional: "the standard of each of its keys",
    "The network, its load and the prices.")
  static let rules = Key(
    "protocol", ProtocolKeys.shape.kind, optional: "the standard of each of its keys",
    "The contracts that the market runs on.")
  static let accounts = Key(
    "accounts", AccountsKeys.shape.kind, optional: "the standard of each of its keys",
    "Contract wallets and who sponsors them.")
  static let regions = Key(
    "regions", RegionKeys.shape.kind, optional: "one region, 20 ms across",
    "Where hosts and renters live.")
  static let hosts = Key(
    "hosts", Kind<[HostCohort]>.list(of: HostKeys.shape.kind, count: 1...10_000),
    "Cohorts of hosts.")
  static let renters = Key(
    "renters", Kind<[RenterCohort]>.list(of: RenterKeys.shape.kind, count: 1...10_000),
    "Cohorts of renters.")
  static let verifiers = Key(
    "verifiers", VerifierKeys.shape.kind, optional: "nobody verifies",
    "Those who check proofs and report the verdict to the chain.")
  static let script = Key(
    "script", ScriptKeys.shape.kind, optional: "nobody follows a script",
    "Calls that named people send at given times.")
  static let governance = Key(
    "governance", GovernanceKeys.shape.kind, optional: "the rules stay as they are",
    "Who may change the rules during the run, and what is put to them.")
  static let changes = Key(
    "changes", Kind<[WrittenChange]>.list(of: ChangeKeys.shape.kind, count: 0...10_000),
    optional: "nothing changes",
    "What becomes different during the run: prices, fees, rules, demand, supply.")
  static let challengers = Key(
    "challengers", ChallengerKeys.shape.kind, optional: "nobody challenges",
    "Those who do proven jobs again and stake against forged proofs.")
  static let guardian = Key(
    "guardian", GuardianKeys.shape.kind, optional: "a closed marketplace stays closed",
    "Who opens a marketplace that its breakers closed.")
  static let emergency = Key(
    "emergency", EmergencyKeys.shape.kind, optional: "nobody pauses the marketplace by hand",
    "Who pauses the marketplace when many jobs fail.")
  static let detectors = Key(
    "detectors", DetectionKeys.kind, optional: "nobody watches",
    "Observers of the public record, whose verdicts detections.csv scores against the truth.")
  static let detectionInterval = Key(
    "detectionInterval", .duration(from: .seconds(2), to: .days(3_650), example: "15min"),
    optional: "duration / 24",
    "From the start to the first round of all detectors, and from each to the next, as long as the "
      + "run lasts; a host is flagged at a round.")
  static let knownHosts = Key(
    "knownHosts", .integer(in: 1...1_000_000), standard: "10",
    "Honest hosts that observers know, spread over the honest cohorts: where sybilRank and eigenTrust, "
      + "as detectors and as a reputation model, begin to trust; all of them where there are fewer."
  )
  static let reputationModels = Key(
    "reputationModels", ReputationKeys.kind, optional: "the contract's score alone, unmeasured",
    "Reputations kept beside each other from what anyone can see (a rating of 3 stars or more is a "
      + "good experience, a lower one or a failure a bad one), measured against the truth in "
      + "reputation_models.csv.")
  static let assignment = Key(
    "assignment", AssignmentKeys.kind, standard: "reputationWeighted",
    "How a posted job finds its host; cheapest compares what hosts ask for the job's own tokens, nearest "
      + "the round trips to their regions.")
  static let outputs = Key(
    "outputs", OutputKeys.shape.kind, optional: "none beyond those that every run writes",
    "Tables beyond those that every run writes.")
  static let expect = Key(
    "expect", Kind<[Expectation]>.list(of: ExpectationKeys.shape.kind, count: 0...10_000),
    optional: "nothing", "What must hold for the scenario to pass.")

  static let test = Key(
    "test", .pathValues, optional: "tests run it as it is",
    "What tests override, so that they are quick: {duration: 1h, replications: 2, "
      + "hosts.home.count: 150}.")

  static let shape = SectionShape<MarketConfiguration>(
    declaration: SectionDeclaration(
      name: "scenario", doc: "A scenario file.",
      keys: [
        marketsim.declaration, extends.declaration, name.declaration, summary.declaration,
        question.declaration, seed.declaration, duration.declaration, horizon.declaration,
        replications.declaration,
        chain.declaration, rules.declaration, accounts.declaration, regions.declaration,
        hosts.declaration, renters.declaration, verifiers.declaration, script.declaration,
        changes.declaration, challengers.declaration, guardian.declaration,
        emergency.declaration,
        governance.declaration, detectors.declaration, detectionInterval.declaration,
        knownHosts.declaration,
        assignment.declaration,
        outputs.declaration,
        expect.declaration, reputationModels.declaration, test.declaration,
      ],
      misplaced: MisplacedKeys.topLevel),
    make: make)

  private static let make: @Sendable (Section) -> MarketConfiguration? = { section in
    _ = section.required(marketsim)
    _ = section.optional(extends)
    let name = section.required(name)
    let summary = section.optional(summary) ?? ""
    let question = section.optional(question) ?? ""
    let seed = section.required(seed)
    let duration = section.required(duration)
    let horizon = section.standard(horizon)
    let replications = section.standard(replications)
    let chain = section.optional(chain) ?? ChainConfiguration()
    let rules = section.optional(rules) ?? ProtocolConfiguration(profile: .documented)
    // Before the cohorts, which name paymasters.
    let accounts = section.optional(accounts) ?? AccountsConfiguration()
    let regions = regions(of: section)
    let hosts = section.required(hosts)
    let renters = section.required(renters)
    let verifiers = section.optional(verifiers) ?? VerifierConfiguration()
    let script = section.optional(script) ?? ScriptConfiguration()
    let changes = section.optional(changes) ?? []
    let challengers = section.optional(challengers) ?? ChallengerConfiguration()
    let guardian = section.optional(guardian)
    let emergency = section.optional(emergency)
    let governance = section.optional(governance) ?? GovernanceConfiguration()
    let detectors = section.optional(detectors) ?? []
    let detectionInterval = section.optional(detectionInterval)
    let knownHosts = section.standard(knownHosts)
    let reputationModels = section.optional(reputationModels) ?? []
    let assignment = section.standard(assignment)
    let outputs = section.optional(outputs) ?? OutputSelection()
    let expectations = section.optional(expect) ?? []
    _ = section.optional(test)
    guard let name, let seed, let duration, let hosts, let renters else { return nil }
    var configuration = MarketConfiguration(
      name: name, summary: summary, seed: seed, duration: duration, horizon: horizon,
      replications: replications, chain: chain, rules: rules, accounts: accounts, regions: regions,
      hosts: hosts, renters: renters, verifiers: verifiers, script: script,
      detection: DetectionConfiguration(
        detectors, seeds: knownHosts, interval: detectionInterval),
      assignment: assignment, outputs: outputs, expectations: expectations)
    configuration.question = question
    configuration.guardian = guardian
    configuration.emergency = emergency
    configuration.challengers = challengers
    configuration.governance = governance
    configuration.reputationModels = reputationModels
    var resolution = ChangeResolution(configuration, section.reading)
    configuration.changes = resolution.resolve(changes)
    return configuration
  }

  /// Read before the cohorts, which name regions.
  private static func regions(of section: Section) -> RegionMap {
    if !section.has("regions") { section.reading.regionNames = RegionMap.single.names }
    return section.optional(regions) ?? .single
  }
}
