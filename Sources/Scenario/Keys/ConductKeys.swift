internal import Market

/// `behaviour: {lazy: {probability: 10%}, milking: {from: 150}}`.
enum ConductKeys {
  static let kind = Kind<HostConduct>.either(
    scalar: .word(
      [
        ("honest", .honest), ("lazy", HostConduct(lazy: 1)),
        ("abandoning", HostConduct(abandoning: 1)),
      ], lacking: LackingKeys.behaviours), section: shape.kind)

  private static let honest = Key(
    "honest",
    SectionShape<Bool>(
      declaration: SectionDeclaration(
        name: "honest", doc: "Serves every job as promised.", keys: []),
      make: { _ in true }
    ).kind, optional: "what the other parts say", "Serves every job as promised.")
  private static let lazy = Key(
    "lazy", probability(of: "lazy", "Sends a made-up result at once in place of the work."),
    optional: "never", "Sends a made-up result at once in place of the work.")
  private static let abandoning = Key(
    "abandoning", probability(of: "abandoning", "Claims a job and never comes back to it."),
    optional: "never", "Claims a job and never comes back to it.")
  private static let milking = Key(
    "milking",
    SectionShape<Int>(
      declaration: SectionDeclaration(
        name: "milking", doc: "Honest until trusted.", keys: [milkingFrom.declaration])
    ) { $0.required(milkingFrom) }.kind, optional: "cheats from the start",
    "Plays its other parts only once its score is high enough.")
  private static let milkingFrom = Key(
    "from", .integer(in: 1...1_000_000_000), "Stored score from which on it cheats.")
  private static let ring = Key(
    "sybilRing", RingKeys.shape.kind, optional: "every host is somebody's only one",
    "Identities that one operator runs.")

  static let shape = SectionShape<HostConduct>(
    declaration: SectionDeclaration(
      name: "behaviour", doc: "Parts of a host's conduct, which compose.",
      keys: [
        honest.declaration, lazy.declaration, abandoning.declaration, milking.declaration,
        ring.declaration,
      ],
      lacking: LackingKeys.behaviours)
  ) { section in
    _ = section.optional(honest)
    return HostConduct(
      lazy: section.optional(lazy) ?? 0, abandoning: section.optional(abandoning) ?? 0,
      milkingFrom: section.optional(milking) ?? 0, ring: section.optional(ring))
  }

  private static let share = Key(
    "probability", .fraction(in: .from(0, to: 1)), standard: "100%", "For each job, 0 to 1.")

  private static func probability(of name: String, _ doc: String) -> Kind<Double> {
    SectionShape<Double>(
      declaration: SectionDeclaration(name: name, doc: doc, keys: [share.declaration])
    ) { $0.standard(share) }.kind
  }
}

/// `sybilRing: {size: 20, controller: shared}`.
enum RingKeys {
  static let size = Key(
    "size", .integer(in: 2...1_000_000), "Identities of one operator, at most the cohort's count.")
  static let controller = Key(
    "controller", sharing, standard: "separate",
    "shared: one controller registers them all, for everybody to see.")
  static let funding = Key(
    "funding", sharing, standard: "shared", "shared: stakes and gas come from one wallet.")

  private static let sharing = Kind<Bool>.word([("shared", true), ("separate", false)])

  static let shape = SectionShape<HostConduct.SybilRing>(
    declaration: SectionDeclaration(
      name: "sybil ring", doc: "Identities that one operator runs.",
      keys: [size.declaration, controller.declaration, funding.declaration])
  ) { section in
    let size = section.required(size)
    let controller = section.standard(controller)
    let funding = section.standard(funding)
    return size.map {
      HostConduct.SybilRing(size: $0, sharesController: controller, sharesFunding: funding)
    }
  }
}
