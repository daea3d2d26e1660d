internal import Statistics
internal import Synchronization

/// Which run is next, while threads take and return them.
///
/// Whether a point gets more replications depends on its first ones alone, so it does not matter who
/// ran what when. Memory is for the points under way, not for those behind.
final class SweepSchedule: Sendable {
  struct Run: Sendable {
    let point: Int
    let replication: Int
  }

  enum Next: Sendable {
    case run(Run)
    /// Nothing now, but a run under way may ask for more.
    case later
    case nothing
  }

  private struct Point {
    var planned: Int
    /// By replication, of the metric that must be precise (NaN when failed); nil: not finished.
    var values: [Double?]
    /// What an earlier process finished, planned here or not.
    let found: [Int: Double]
  }

  private struct State {
    var ahead: [Int]
    var open: [Int: Point] = [:]
    var queue: [Run] = []
    /// Found finished; by point until it is opened.
    var resumed: [Int: [Int: Double]] = [:]
    var running: [Int: ReplicationControl] = [:]
    var runNumber = 0
    var planned = 0
    var done = 0
    var failed = 0
    var resumedCount = 0
  }

  private let replications: Int
  private let rule: PrecisionRule?
  private let state: Mutex<State>

  init(points: [Int], replications: Int, rule: PrecisionRule?) {
    self.replications = replications
    self.rule = rule
    var state = State(ahead: points.reversed())
    state.planned = points.count * replications
    self.state = Mutex(state)
  }

  /// Notes a run that an earlier process finished.
  ///
  /// - Parameter value: Of the metric that must be precise; NaN when failed.
  func resume(_ run: Run, value: Double, isFailed: Bool) {
    state.withLock { state in
      guard
        state.resumed[run.point, default: [:]].updateValue(value, forKey: run.replication) == nil
      else { return }
      state.resumedCount += 1
      if isFailed { state.failed += 1 }
    }
  }

  func next() -> Next {
    state.withLock { state in
      while true {
        if !state.queue.isEmpty { return .run(state.queue.removeFirst()) }
        guard let point = state.ahead.popLast() else {
          return state.open.isEmpty ? .nothing : .later
        }
        let found = state.resumed.removeValue(forKey: point) ?? [:]
        state.open[point] = Point(planned: 0, values: [], found: found)
        plan(point, replications, &state)
        settle(point, &state)
      }
    }
  }

  /// Lets progress be asked of a run; returns its ticket for `end`.
  func start(_ control: ReplicationControl) -> Int {
    state.withLock { state in
      state.runNumber += 1
      state.running[state.runNumber] = control
      return state.runNumber
    }
  }

  func stop(_ ticket: Int) { state.withLock { $0.running[ticket] = nil } }

  func end(_ run: Run, value: Double, isFailed: Bool) {
    state.withLock { state in
      state.done += 1
      if isFailed { state.failed += 1 }
      state.open[run.point]?.values[run.replication] = value
      settle(run.point, &state)
    }
  }

  /// Queues what of the first `count` replications is not finished.
  private func plan(_ point: Int, _ count: Int, _ state: inout State) {
    guard var known = state.open[point] else { return }
    for replication in known.planned..<count {
      known.values.append(known.found[replication])
      if known.found[replication] == nil {
        state.queue.append(Run(point: point, replication: replication))
      }
    }
    known.planned = count
    state.open[point] = known
  }

  /// Closes a point whose replications are all finished, or plans more.
  private func settle(_ point: Int, _ state: inout State) {
    while let known = state.open[point], known.values.allSatisfy({ $0 != nil }) {
      let values = known.values.compactMap { $0 }.filter { !$0.isNaN }
      guard let rule, known.planned < rule.limit, !rule.isMet(by: Tally(values)) else {
        state.open[point] = nil
        return
      }
      let count = Swift.min(known.planned + replications, rule.limit)
      state.planned += count - known.planned
      plan(point, count, &state)
    }
  }

  var progress: RunProgress {
    state.withLock { state in
      // A sum whose order does not matter: it is shown, never stored.
      let running = state.running.values.reduce(0) { $0 + Swift.min(Swift.max($1.fraction, 0), 1) }
      let work = state.planned - state.resumedCount
      return RunProgress(
        planned: state.planned, done: state.done, failed: state.failed,
        resumed: state.resumedCount,
        fraction: work <= 0 ? 1 : (Double(state.done) + running) / Double(work))
    }
  }
}
