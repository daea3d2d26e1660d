internal import Market
internal import Quantities

enum RenterBehaviour: String, CaseIterable {
  case honest
  case spamming
  case griefing
}

/// What renters do beyond asking and paying.
enum RenterConductKeys {
  static let behaviour = Key(
    "behaviour", Kind<RenterBehaviour>.choice, standard: "honest",
    "spamming: posts jobs at a price that nobody takes, and takes them back in the next block; griefing: "
      + "asks only to hurt who answers, disputes every result that it can and gives the fewest stars."
  )
  static let retry = Key(
    "retry", retrying.kind, optional: "whoever is turned away gives up",
    "What a renter does whom a rate limit or a closed marketplace turns away.")
  static let disputes = Key(
    "disputes", disputing.kind, optional: "renters take what they get",
    "How renters look at results while the payment can still be stopped.")

  private static let after = Key(
    "after", .duration(from: .milliseconds(1), to: .days(365), example: "30s"),
    "Wait before the first further try.")
  private static let factor = Key(
    "factor", .number(in: .from(1, to: 100)), standard: "2",
    "By which each further wait is longer.")
  private static let attempts = Key(
    "attempts", .integer(in: 1...255), standard: "5", "Tries after the first.")
  private static let retrying = SectionShape<Retrying>(
    declaration: SectionDeclaration(
      name: "retry", doc: "Waits that grow geometrically.",
      keys: [after.declaration, factor.declaration, attempts.declaration])
  ) { section in
    let after = section.required(after)
    let factor = section.standard(factor)
    let attempts = section.standard(attempts)
    return after.map { Retrying(after: $0, factor: factor, attempts: attempts) }
  }

  private static let notices = Key(
    "notices", .fraction(in: .from(0, to: 1)), standard: "100%",
    "Probability that a renter notices a made-up result and disputes it.")
  private static let frivolous = Key(
    "frivolous", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Probability that it disputes a good one.")
  private static let weighs = Key(
    "when", Kind<Bool>.word([("always", false), ("profitable", true)]), standard: "always",
    "always, or only when it is profitable: while the payment, times the share of disputes that renters "
      + "have won so far (even odds with the weight of one before the first), is more than the gas and "
      + "the bond of those lost. Who lets a made-up result pass rates the host with one star.")
  private static let capital = Key(
    "capital", .wholeAmount(Unit.only("FAB"), in: 0...1_000_000_000, example: "10000 FAB"),
    standard: "10000 FAB",
    "What each renter has at the start for bonds, where disputeBond asks for any; who has too little "
      + "disputes nothing.")
  private static let disputing = SectionShape<Disputing>(
    declaration: SectionDeclaration(
      name: "disputes",
      doc: "Renters who look at what they got, and do not rate what they dispute.",
      keys: [
        notices.declaration, frivolous.declaration, weighs.declaration, capital.declaration,
      ])
  ) { section in
    Disputing(
      notices: section.standard(notices), frivolous: section.standard(frivolous),
      weighs: section.standard(weighs), capital: section.standard(capital))
  }
}
