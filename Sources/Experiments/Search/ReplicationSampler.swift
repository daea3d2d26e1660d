internal import Statistics
internal import Synchronization

/// Runs some replications of a model on several threads for one of their metrics.
public struct ReplicationSampler<Model: Replicable>: Sendable {
  private let workers: Int
  private let metric: Int

  /// - Parameter metric: Entry of the model's metric set.
  public init(workers: Int, metric: Int) {
    self.workers = workers
    self.metric = metric
  }

  /// - Returns: The metric of each replication in order; NaN where it failed or has none.
  /// - Throws: `ReplicationStopped` when interrupted, and what `model` throws.
  public func sample(
    _ replications: Range<Int>, isInterrupted: () -> Bool = { Interruption.isRequested },
    of model: () throws -> Model
  ) throws -> [Double] {
    let model = try model()
    let stop = StopFlag()
    let values = Mutex([Double](repeating: .nan, count: replications.count))
    let entry = metric
    Workforce(workers: workers).run(
      items: Array(replications), isStopped: { stop.isRaised },
      watch: { if isInterrupted() { stop.raise() } },
      body: { replication in
        let output = try? model.run(
          replication: replication, tables: .discarding, control: ReplicationControl(stop: stop))
        guard let output else { return }
        values.withLock { $0[replication - replications.lowerBound] = output.values.numbers[entry] }
      })
    if stop.isRaised { throw ReplicationStopped() }
    return values.withLock { $0 }
  }
}
