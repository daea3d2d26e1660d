public import Statistics

/// A sweep, or a shard of one, that came to an end, good or early.
public struct SweepResult: Sendable {
  public enum Status: String, Sendable {
    case finished
    /// Found in the results folder and not repeated.
    case alreadyFinished
    /// Stopped on request; finished runs are kept.
    case interrupted
    /// Stopped at the first failed run, as asked.
    case stoppedAtFailure
  }

  public let status: Status
  public let folder: String
  public let points: Int
  /// Finished runs, failed ones included.
  public let runs: Int
  public let failed: Int
  /// Runs kept from an earlier process.
  public let resumed: Int
  /// Rows of `points.csv`; empty for shards and interrupted sweeps.
  public let verdicts: [SweepVerdict]
  /// `sensitivity.csv`; nil where the design or the results give none.
  public let sensitivity: ResultTable?
}
