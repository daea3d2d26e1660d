/// What became of one planned replication: one row of `replications.csv`.
public struct ReplicationOutcome: Sendable {
  public enum Status: Sendable {
    case finished(ReplicationOutput)
    /// The model refused to go on; the reason is kept, and the run goes on without it.
    case failed(reason: String)
    /// Not run, or stopped before its end.
    case interrupted
  }

  public let replication: Int
  public let status: Status

  public var output: ReplicationOutput? {
    if case .finished(let output) = status { output } else { nil }
  }
  public var isFailed: Bool { if case .failed = status { true } else { false } }
  public var isInterrupted: Bool { if case .interrupted = status { true } else { false } }

  init(replication: Int, status: Status) {
    self.replication = replication
    self.status = status
  }
}
