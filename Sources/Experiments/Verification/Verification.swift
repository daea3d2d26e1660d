internal import Statistics
internal import Synchronization

/// Runs a model again and again and says where two runs first differ, if they do.
///
/// Every replication runs twice at once, their events compared while they run in bounded memory;
/// then all run on several threads, their digests and metrics compared with those of the first time.
public struct Verification<Model: Replicable>: Sendable {
  public enum Outcome: Sendable {
    /// Event digests of the replications, which were the same each time.
    case same(digests: [String], events: Int)
    case different(Divergence)
    case interrupted
  }

  private let model: Model
  private let replications: Int
  private let workers: Int
  private let trace: String

  /// - Parameter trace: Table of the model whose rows are the events in order.
  public init(_ model: Model, replications: Int, workers: Int, trace: String) {
    self.model = model
    self.replications = replications
    self.workers = workers
    self.trace = trace
  }

  /// - Throws: What a replication throws.
  public func run(
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested },
    progress: (Double) -> Void = { _ in }
  ) throws -> Outcome {
    var outputs: [ReplicationOutput] = []
    for replication in 0..<replications {
      let done = Double(replication)
      let pair = LockstepPair(model, replication: replication, trace: trace)
      let (first, divergence) = try pair.run(isInterrupted: isInterrupted) {
        progress((done + $0) / Double(2 * replications))
      }
      if let divergence { return .different(divergence) }
      guard let first else { return .interrupted }
      outputs.append(first)
    }
    return try runAtOnce(outputs, isInterrupted, progress)
  }

  private func runAtOnce(
    _ expected: [ReplicationOutput], _ isInterrupted: () -> Bool, _ progress: (Double) -> Void
  ) throws -> Outcome {
    let stop = StopFlag()
    let count = Swift.max(replications, workers)
    let state = Mutex<(done: Int, found: [Int: Divergence], error: (any Error)?)>((0, [:], nil))
    let body: @Sendable (Int) -> Void = { item in
      let replication = item % expected.count
      do {
        let output = try model.run(
          replication: replication, tables: .discarding,
          control: ReplicationControl(stop: stop, hasSpareThread: true))
        let divergence = Divergence(
          of: expected[replication], output, replication: replication,
          between: ["one worker", "\(workers) workers"])
        state.withLock { state in
          state.done += 1
          if let divergence { state.found[replication] = divergence }
        }
      } catch {
        stop.raise()
        if !(error is ReplicationStopped) { state.withLock { $0.error = error } }
      }
    }
    Workforce(workers: workers).run(
      items: Array(0..<count), isStopped: { stop.isRaised },
      watch: {
        if isInterrupted() { stop.raise() }
        progress(0.5 + 0.5 * Double(state.withLock { $0.done }) / Double(count))
      }, body: body)
    let (done, found, error) = state.withLock { $0 }
    if let error { throw error }
    if let first = found.keys.min(), let divergence = found[first] { return .different(divergence) }
    if done < count { return .interrupted }
    return .same(
      digests: expected.map(\.eventDigest), events: expected.reduce(0) { $0 + $1.eventCount })
  }
}

/// Where two runs of one replication first differ.
public struct Divergence: Sendable, Equatable, CustomStringConvertible {
  public let replication: Int
  /// How the two were run.
  public let runs: [String]
  /// Number of the first event that differs, from 1; nil when all events are the same.
  public let event: Int?
  /// What each has there: a row of the trace, or a metric with its value.
  public let first: String
  public let second: String

  init(replication: Int, between runs: [String], event: Int?, first: String, second: String) {
    self.replication = replication
    self.runs = runs
    self.event = event
    self.first = first
    self.second = second
  }

  /// nil when both found the same, to the last bit.
  init?(
    of first: ReplicationOutput, _ second: ReplicationOutput, replication: Int,
    between runs: [String]
  ) {
    func differ(_ a: String, _ b: String) -> Divergence {
      Divergence(replication: replication, between: runs, event: nil, first: a, second: b)
    }
    if first.eventDigest != second.eventDigest || first.eventCount != second.eventCount {
      self = differ(
        "\(first.eventCount) events, digest \(first.eventDigest)",
        "\(second.eventCount) events, digest \(second.eventDigest)")
      return
    }
    let numbers = zip(first.values.numbers, second.values.numbers)
    for (entry, (a, b)) in zip(first.values.metrics.entries, numbers)
    where a.bitPattern != b.bitPattern && !(a.isNaN && b.isNaN) {
      self = differ("\(entry.header) = \(a)", "\(entry.header) = \(b)")
      return
    }
    return nil
  }

  public var description: String {
    let place = event.map { "event \($0)" } ?? "its result"
    return
      "replication \(replication) differs between \(runs[0]) and \(runs[1]), first in \(place):\n"
      + "  \(runs[0]): \(first)\n  \(runs[1]): \(second)"
  }
}
