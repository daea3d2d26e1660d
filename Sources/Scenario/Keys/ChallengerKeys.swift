internal import Market
internal import Quantities

/// `challengers: {count: 3, checkRate: 10%}`.
enum ChallengerKeys {
  private static let count = Key(
    "count", .integer(in: 0...65_535), standard: "1", "Number of challengers.")
  private static let checkRate = Key(
    "checkRate", .fraction(in: .from(0, to: 1)), standard: "10%",
    "Share of proven jobs that a challenger does again.")
  private static let checkTime = Key(
    "checkTime", .duration(from: .milliseconds(1), to: .days(1), example: "10s"),
    standard: "10s", "Work on one of them.")
  private static let mistakes = Key(
    "mistakes", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Probability of staking against a good proof after having looked at it.")
  private static let capital = Key(
    "capital", .wholeAmount(Unit.only("FAB"), in: 0...1_000_000_000, example: "10000 FAB"),
    standard: "10000 FAB", "What each has at the start, for stakes.")
  private static let cost = Key(
    "cost", .amount("USD", in: .above(0, to: 1e9), example: "0.05 USD"),
    optional: "they do what checkRate says, and no more",
    "Of doing one job again: beyond checkRate they look at every proof while the share of forged ones "
      + "among those drawn so far, times what a challenge is expected to bring, is more than that: the "
      + "penalty if it is won, less the stake if it is lost, as often as challenges were so far, less gas."
  )

  static let shape = SectionShape<ChallengerConfiguration>(
    declaration: SectionDeclaration(
      name: "challengers", doc: "Those who stake against the proofs that they find forged.",
      keys: [
        count.declaration, checkRate.declaration, checkTime.declaration, mistakes.declaration,
        capital.declaration, cost.declaration,
      ])
  ) { section in
    ChallengerConfiguration(
      count: section.standard(count), checkRate: section.standard(checkRate),
      checkTime: section.standard(checkTime), mistakes: section.standard(mistakes),
      capital: section.standard(capital), cost: section.optional(cost))
  }
}
