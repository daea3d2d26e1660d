internal import Market
public import Statistics

/// A run that came to an end, good or early.
public struct RunResult: Sendable {
  public enum Status: String, Sendable {
    case finished
    /// The same run was found in the results folder and was not repeated.
    case alreadyFinished
    /// Stopped on request: finished replications are kept, a rerun goes on from them.
    case interrupted
  }

  public let status: Status
  /// Where the files are.
  public let folder: String
  /// One for each planned replication, in order.
  public let outcomes: [ReplicationOutcome]
  /// Replications kept from an earlier process.
  public let resumed: Int
  public let metrics: MetricSet
  public let intervalNote: String?
  let expectations: [Expectation]

  /// One for each line of `expect:`; those with confidence are corrected for their number.
  public var verdicts: [ExpectationVerdict] {
    ExpectationVerdict.corrected(expectations.map { ExpectationVerdict($0, in: self) })
  }

  /// The rows of `summary.csv`.
  public var summary: ResultTable {
    SummaryTable.table(of: outcomes, metrics: metrics, note: intervalNote)
  }
}
