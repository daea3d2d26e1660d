internal import Market
internal import Quantities

/// `pricing: {undercutting: {step: 5%}}` and what else hosts decide once a review.
enum BusinessKeys {
  static let rent = Key(
    "rent", Kind<Double>.amount("USD/h", in: .from(0, to: 1_000_000), example: "0.25 USD/h"),
    standard: "0 USD/h", "What a host costs while it is in the market, busy or not.")
  static let pricing = Key(
    "pricing", PricingKeys.kind, standard: "fixed",
    "How a host changes what it asks, once a review.")
  static let participation = Key(
    "participation", ParticipationKeys.shape.kind, optional: "hosts stay whatever comes",
    "Hosts leave when they lose money and come when others earn.")
  static let review = Key(
    "review", .duration(from: .seconds(2), to: .days(365), example: "1h"), standard: "1h",
    "Between two looks of a host at its business: prices, whether to stay, and as whom.")
}

/// `fixed`, or how prices move.
enum PricingKeys {
  private static let costPlus = Key(
    "costPlus",
    SectionShape<Pricing>(
      declaration: SectionDeclaration(
        name: "cost plus", doc: "What the last period cost, and a margin.",
        keys: [margin.declaration])
    ) { .costPlus(margin: $0.standard(margin)) }.kind, optional: "another pricing",
    "What the last period cost, rent and all, and a margin on top; where nothing was sold a tenth less than "
      + "before, but not below what serving costs.")
  private static let margin = Key(
    "margin", .fraction(in: .from(0, to: 100)), standard: "20%", "On top of the costs.")
  private static let undercutting = Key(
    "undercutting",
    SectionShape<Pricing>(
      declaration: SectionDeclaration(
        name: "undercutting", doc: "Below the cheapest rival.", keys: [step.declaration])
    ) { .undercutting(step: $0.standard(step)) }.kind, optional: "another pricing",
    "Below the cheapest other host of the same models, but not below what serving costs.")
  private static let step = Key(
    "step", .fraction(in: .from(0, to: 0.99)), standard: "5%", "By how much.")
  private static let bandit = Key(
    "bandit",
    SectionShape<Pricing>(
      declaration: SectionDeclaration(
        name: "bandit", doc: "Learns which factor brings most.",
        keys: [arms.declaration, exploration.declaration])
    ) { section in
      let arms = section.optional(arms) ?? [0.5, 0.75, 1, 1.5, 2]
      return .bandit(arms: arms, exploration: section.standard(exploration))
    }.kind, optional: "another pricing", "Learns which factor on its list price brings most.")
  private static let arms = Key(
    "arms", Kind<[Double]>.list(of: .number(in: .from(0.01, to: 100)), count: 2...8),
    optional: "0.5, 0.75, 1, 1.5 and 2", "Factors on the list price.")
  private static let exploration = Key(
    "exploration", .fraction(in: .from(0, to: 1)), standard: "10%",
    "Probability of trying any factor instead of the best.")

  static let kind = Kind<Pricing>.either(
    scalar: .word([("fixed", .fixed)]),
    section: SectionShape<Pricing>(
      declaration: SectionDeclaration(
        name: "pricing", doc: "One way in which prices move.",
        keys: [costPlus.declaration, undercutting.declaration, bandit.declaration])
    ) { section in
      let found = [costPlus, undercutting, bandit].compactMap { section.optional($0) }
      guard found.count == 1, let pricing = found.first else {
        section.reading.complain(
          at: section.tree.location, "\(section.path)", "names \(found.count) ways of pricing",
          do: "name one of costPlus, undercutting and bandit")
        return nil
      }
      return pricing
    }.kind)
}

/// `participation: {initially: 50%, exit: 10%, entry: 10%}`.
enum ParticipationKeys {
  private static let share = Kind<Double>.fraction(in: .from(0, to: 1))
  private static let initially = Key(
    "initially", share, standard: "100%", "Share of the cohort that is registered at the start.")
  private static let exit = Key(
    "exit", share, standard: "10%",
    "Probability that a host that lost money since its last review leaves.")
  private static let entry = Key(
    "entry", share, standard: "10%",
    "Probability that a host that is away comes, when those in the market earn.")

  static let shape = SectionShape<Participation>(
    declaration: SectionDeclaration(
      name: "participation", doc: "Entry and exit by profit.",
      keys: [initially.declaration, exit.declaration, entry.declaration])
  ) { section in
    Participation(
      initially: section.standard(initially), exit: section.standard(exit),
      entry: section.standard(entry))
  }
}

/// `guardian: {delay: 10min}`.
enum GuardianKeys {
  private static let delay = Key(
    "delay", .duration(from: .seconds(1), to: .days(365), example: "10min"),
    "From a pause to the guardian's attempt to end it, and between attempts.")

  static let shape = SectionShape<Guarding>(
    declaration: SectionDeclaration(
      name: "guardian", doc: "Who opens a marketplace that its breakers closed.",
      keys: [delay.declaration])
  ) { section in section.required(delay).map { Guarding(delay: $0) } }
}
