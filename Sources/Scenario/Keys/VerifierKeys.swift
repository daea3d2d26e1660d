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
    "Probability that a verifier decides a challenge for the host, whatever is true.")

  static let shape = SectionShape<VerifierConfiguration>(
    declaration: SectionDeclaration(
      name: "verifiers", doc: "Those who check proofs and report the verdict to the chain.",
      keys: [
        count.declaration, checkTime.declaration, checkRate.declaration, colluding.declaration,
      ])
  ) { section in
    VerifierConfiguration(
      count: section.standard(count), checkTime: section.standard(checkTime),
      checkRate: section.standard(checkRate), colluding: section.standard(colluding))
  }
}
