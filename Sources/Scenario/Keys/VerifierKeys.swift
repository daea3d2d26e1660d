internal import Market
internal import Quantities

/// `verifiers: {count: 5, checkTime: 2s}`.
enum VerifierKeys {
  static let count = Key("count", .integer(in: 0...65_535), standard: "1", "Number of verifiers.")
  static let checkTime = Key(
    "checkTime", .duration(from: .milliseconds(1), to: .days(1), example: "2s"), standard: "2s",
    "Work on one proof; a verifier takes one at a time.")

  static let checkRate = Key(
    "checkRate", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Share of completed jobs without proof that are done again, while they are not paid yet.")

  static let colluding = Key(
    "colluding", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Probability that a verifier is in league with the host: it keeps quiet about a wrong result that it "
      + "finds, and decides a challenge for the host, whatever is true.")

  private static let effort = Key(
    "effort", EffortKeys.shape.kind, optional: "verifiers do what checkRate says, and no more",
    "Beyond checkRate, verifiers do every job again while they expect more from that than it costs "
      + "them.")

  static let shape = SectionShape<VerifierConfiguration>(
    declaration: SectionDeclaration(
      name: "verifiers", doc: "Those who check proofs and report the verdict to the chain.",
      keys: [
        count.declaration, checkTime.declaration, checkRate.declaration, colluding.declaration,
        effort.declaration,
      ])
  ) { section in
    VerifierConfiguration(
      count: section.standard(count), checkTime: section.standard(checkTime),
      checkRate: section.standard(checkRate), colluding: section.standard(colluding),
      effort: section.optional(effort))
  }
}

/// `effort: {cost: 0.02 USD, reward: 0.1 USD}`.
enum EffortKeys {
  private static let cost = Key(
    "cost", .amount("USD", in: .above(0, to: 1e9), example: "0.02 USD"),
    "Of doing one job again.")
  private static let reward = Key(
    "reward", money, "For a wrong result found; somebody outside the contracts pays it.")
  private static let damage = Key(
    "damage", money, standard: "0 USD", "What a wrong result that nobody did again costs them.")
  private static let forcedErrors = Key(
    "forcedErrors", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Share of results in which an error is planted to see who looks, as verifiers know.")
  private static let jackpot = Key(
    "jackpot", money, standard: "0 USD", "For a planted error found.")

  private static let money = Kind<Double>.amount(
    "USD", in: .from(0, to: 1e9), example: "0.1 USD")

  static let shape = SectionShape<VerifierEffort>(
    declaration: SectionDeclaration(
      name: "effort", doc: "When verifiers find it worth their while to do a job again.",
      keys: [
        cost.declaration, reward.declaration, damage.declaration, forcedErrors.declaration,
        jackpot.declaration,
      ])
  ) { section in
    let cost = section.required(cost)
    let reward = section.required(reward)
    let damage = section.standard(damage)
    let forcedErrors = section.standard(forcedErrors)
    let jackpot = section.standard(jackpot)
    guard let cost, let reward else { return nil }
    return VerifierEffort(
      cost: cost, reward: reward, damage: damage, forcedErrors: forcedErrors, jackpot: jackpot)
  }
}
