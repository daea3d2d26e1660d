internal import Market

/// `behaviour: {lazy: {probability: 10%}, milking: {from: 150}}`.
enum ConductKeys {
  static let kind = Kind<HostConduct>.either(
    scalar: .word(
      [
        ("honest", .honest), ("lazy", HostConduct(lazy: 1)),
        ("abandoning", HostConduct(abandoning: 1)),
      ], misplaced: MisplacedKeys.behaviours), section: shape.kind)

  private static let honest = Key(
    "honest",
    SectionShape<Bool>(
      declaration: SectionDeclaration(
        name: "honest", doc: "Serves every job as promised.", keys: []),
      make: { _ in true }
    ).kind, optional: "what the other parts say", "Serves every job as promised.")
  private static let lazy = Key(
    "lazy",
    SectionShape<HostConduct>(
      declaration: SectionDeclaration(
        name: "lazy", doc: "Sends a made-up result at once in place of the work.",
        keys: [share.declaration, saving.declaration])
    ) { HostConduct(lazy: $0.standard(share), saving: $0.optional(saving)) }.kind,
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

  private static let forging = Key(
    "forging", probability(of: "forging", "Sends a made-up result with a proof that passes."),
    optional: "never",
    "Where a job must be proven: sends a made-up result with a proof that passes; only a challenger "
      + "can tell.")
  private static let overcommitted = Key(
    "overcommitted",
    SectionShape<Double>(
      declaration: SectionDeclaration(
        name: "overcommitted", doc: "Takes on more than it has room for.",
        keys: [factor.declaration])
    ) { $0.standard(factor) }.kind, optional: "takes what it has room for",
    "Takes on more jobs than it has room for; they wait in its queue.")
  private static let factor = Key(
    "factor", .number(in: .from(1, to: 1_000)), standard: "2", "Jobs for each that has room.")
  private static let flaky = Key(
    "flaky", AvailabilityKeys.shape.kind, optional: "as availability says",
    "Crashes and comes back; another word for availability.")
  private static let whitewashing = Key(
    "whitewashing",
    SectionShape<Whitewashing>(
      declaration: SectionDeclaration(
        name: "whitewashing", doc: "Comes back as somebody else.", keys: [below.declaration])
    ) { Whitewashing(below: $0.standard(below)) }.kind, optional: "keeps its name",
    "Leaves the registry and registers a new account once its score or stake is too low; the host "
      + "looks once a review.")
  private static let below = Key(
    "below", .integer(in: 1...1_000_000_000), standard: "100",
    "Stored score below which it gives its identity up; newcomers start at 100.")
  private static let washTrading = Key(
    "washTrading",
    PuppetKeys.washTrading.kind, optional: "sells to others only",
    "Renters of its own buy from it and rate it, and no work is done.")
  private static let griefing = Key(
    "griefing",
    PuppetKeys.griefing.kind, optional: "fails nobody on purpose",
    "Claims jobs of renters of its own and fails them at once, to trip the breaker.")

  static let shape = SectionShape<HostConduct>(
    declaration: SectionDeclaration(
      name: "behaviour", doc: "Parts of a host's conduct, which compose.",
      keys: [
        honest.declaration, lazy.declaration, forging.declaration, abandoning.declaration,
        milking.declaration,
        ring.declaration, overcommitted.declaration, flaky.declaration,
        whitewashing.declaration, washTrading.declaration, griefing.declaration,
      ],
      misplaced: MisplacedKeys.behaviours)
  ) { section in
    _ = section.optional(honest)
    let lazy = section.optional(lazy)
    return HostConduct(
      lazy: lazy?.lazy ?? 0, abandoning: section.optional(abandoning) ?? 0,
      milkingFrom: section.optional(milking) ?? 0, ring: section.optional(ring),
      overcommitted: section.optional(overcommitted) ?? 1,
      whitewashing: section.optional(whitewashing), washTrading: section.optional(washTrading),
      griefing: section.optional(griefing), flaky: section.optional(flaky),
      forging: section.optional(forging) ?? 0, saving: lazy?.saving)
  }

  private static let share = Key(
    "probability", .fraction(in: .from(0, to: 1)), standard: "100%", "For each job, 0 to 1.")

  private static let saving = Key(
    "saving", .amount("USD", in: .above(0, to: 1e9), example: "0.05 USD"),
    optional: "it does not ask whether that pays",
    "What the work on a job costs it: it sends made-up results only while that is more than payment "
      + "and slash, times the share of jobs that verifiers did again so far.")

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

  static let sharing = Kind<Bool>.word([("shared", true), ("separate", false)])

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

/// `washTrading: {rate: 6/h, puppets: 3}`.
enum PuppetKeys {
  private static let rate = Key(
    "rate", .rate(in: .above(0, to: 1_000)), "Requests of each host's own renters together.")
  private static let puppets = Key(
    "puppets", .integer(in: 1...1_000), standard: "3",
    "Renters of each host's own; rate limits count for each renter.")
  private static let budget = Key(
    "budget", .amount("USDC", in: .above(0, to: 1e9), example: "10 USDC"), standard: "10 USDC",
    "Money of each of them at the start.")
  private static let funding = Key(
    "funding", RingKeys.sharing, standard: "shared",
    "shared: it comes from the host's wallet, for everybody to see; separate: from exchanges, as "
      + "anybody's.")

  private static let outside = Key(
    "outside", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Share of their requests that they buy from the market at large, at its prices: edges to people "
      + "whom others trust.")

  private static let declarations = [
    rate.declaration, puppets.declaration, budget.declaration, funding.declaration,
  ]

  static let washTrading = SectionShape<WashTrading>(
    declaration: SectionDeclaration(
      name: "wash trading", doc: "Renters that a host runs itself.",
      keys: declarations + [outside.declaration])
  ) { section in
    let puppets = read(section)
    let outside = section.standard(outside)
    return puppets.map { WashTrading($0, outside: outside) }
  }

  static let griefing = SectionShape<Griefing>(
    declaration: SectionDeclaration(
      name: "griefing", doc: "Renters that a host runs itself.", keys: declarations)
  ) { section in read(section).map { Griefing($0) } }

  private static func read(_ section: Section) -> Puppets? {
    let rate = section.required(rate)
    let count = section.standard(puppets)
    let budget = section.standard(budget)
    let sharesFunding = section.standard(funding)
    return rate.map {
      Puppets(rate: $0, count: count, budget: budget, sharesFunding: sharesFunding)
    }
  }
}
