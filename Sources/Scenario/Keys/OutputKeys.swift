internal import Market
internal import Quantities

/// `outputs:`, tables beyond those that every run writes.
enum OutputKeys {
  static let jobs = Key("jobs", .flag, standard: "false", "Write jobs.csv, a row a job.")
  static let transactions = Key(
    "transactions", .flag, standard: "false", "Write transactions.csv, a row a transaction.")
  static let events = Key(
    "events", .flag, standard: "false", "Write events.csv, a row a simulated event.")
  static let detectionScores = Key(
    "detectionScores", .flag, standard: "false",
    "Write detection_scores.csv, a row for each detector and identity: the scores that detections.csv "
      + "sums up, beside the truth.")
  static let sampleInterval = Key(
    "sampleInterval", .duration(from: .seconds(2), to: .days(3_650), example: "5min"),
    optional: "duration / 288, at least one block",
    "Spacing of the rows of timeseries.csv and reputation.csv.")

  static let shape = SectionShape<OutputSelection>(
    declaration: SectionDeclaration(
      name: "outputs", doc: "Tables beyond those that every run writes, and their spacing.",
      keys: [
        jobs.declaration, transactions.declaration, events.declaration,
        detectionScores.declaration, sampleInterval.declaration,
      ])
  ) { section in
    var outputs = OutputSelection()
    outputs.jobs = section.standard(jobs)
    outputs.transactions = section.standard(transactions)
    outputs.events = section.standard(events)
    outputs.detectionScores = section.standard(detectionScores)
    outputs.sampleInterval = section.optional(sampleInterval)
    return outputs
  }
}
