internal import Market
internal import Quantities

/// `detectors: [controllerThreshold, {detector: fundingCluster, act: refuse, threshold: 10}]`.
enum DetectionKeys {
  struct Entry: Sendable {
    var kind: DetectionConfiguration.Kind
    var action = DetectionConfiguration.Action.watch
    var threshold: Double?
  }

  private static let detector = Key(
    "detector", Kind<DetectionConfiguration.Kind>.choice,
    "Which one. Those that follow money take a wallet that fed more than 64 others for an exchange."
  )
  private static let act = Key(
    "act", Kind<DetectionConfiguration.Action>.choice, standard: "watch",
    "What happens to a host that it flags: watch: nothing; refuse: routers send it nothing any "
      + "more; slash: governance takes the protocol's share of its stake.")
  private static let threshold = Key(
    "threshold", .number(in: .from(-1, to: 1_000_000)),
    optional:
      "sybilThreshold of the protocol for controllerThreshold, 5 hosts of a fundingCluster; 0.35 claimTiming, 0.25 "
      + "sharedCustomers; -0.5 sybilRank, -0.05 eigenTrust; 0.1 selfDealing",
    "Score from which on it flags: hosts of one controller or wallet; likeness from 0 to 1 to another "
      + "host's claims or customers; minus the trust that reaches a host, -1 being an even share; share "
      + "of its jobs that its own money paid.")
  private static let entry = SectionShape<Entry>(
    declaration: SectionDeclaration(
      name: "detector", doc: "An observer, and what its word does.",
      keys: [detector.declaration, act.declaration, threshold.declaration])
  ) { section in
    let kind = section.required(detector)
    let action = section.standard(act)
    let threshold = section.optional(threshold)
    return kind.map { Entry(kind: $0, action: action, threshold: threshold) }
  }

  static let kind = Kind<[Entry]>.list(
    of: .either(
      scalar: .word(DetectionConfiguration.Kind.allCases.map { ($0.rawValue, Entry(kind: $0)) }),
      section: entry.kind), count: 0...DetectionConfiguration.Kind.allCases.count)
}

extension DetectionConfiguration {
  init(_ entries: [DetectionKeys.Entry], seeds: Int, interval: SimDuration?) {
    self.init(
      detectors: entries.map(\.kind),
      actions: Dictionary(entries.map { ($0.kind, $0.action) }) { first, _ in first },
      thresholds: Dictionary(
        entries.compactMap { entry in entry.threshold.map { (entry.kind, $0) } }
      ) { first, _ in first },
      seeds: seeds, interval: interval)
  }
}
