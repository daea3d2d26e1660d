internal import Market

/// `detectors: [controllerThreshold, {detector: fundingCluster, act: refuse}]`.
enum DetectionKeys {
  typealias Entry = (kind: DetectionConfiguration.Kind, action: DetectionConfiguration.Action)

  private static let detector = Key(
    "detector", Kind<DetectionConfiguration.Kind>.choice,
    "Which one. Those that follow money take a wallet that fed more than 64 others for an exchange."
  )
  private static let act = Key(
    "act", Kind<DetectionConfiguration.Action>.choice, standard: "watch",
    "What happens to a host that it flags: watch: nothing; refuse: routers send it nothing any "
      + "more; slash: governance takes the protocol's share of its stake.")
  private static let entry = SectionShape<Entry>(
    declaration: SectionDeclaration(
      name: "detector", doc: "An observer, and what its word does.",
      keys: [detector.declaration, act.declaration])
  ) { section in
    let kind = section.required(detector)
    let action = section.standard(act)
    return kind.map { ($0, action) }
  }

  static let kind = Kind<[Entry]>.list(
    of: .either(
      scalar: .word(DetectionConfiguration.Kind.allCases.map { ($0.rawValue, ($0, .watch)) }),
      section: entry.kind), count: 0...DetectionConfiguration.Kind.allCases.count)
}
