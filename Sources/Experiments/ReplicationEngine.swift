internal import Synchronization

/// Runs the replications of a model on several threads and files the results.
///
/// The files are the same bytes whatever the number of workers and however often the run was
/// interrupted: replications share nothing, and everything is merged in replication order.
public struct ReplicationEngine<Model: Replicable>: Sendable {
  private let model: Model
  private let plan: RunPlan
  private let runner: ReplicationRunner<Model>
  private let folder: RunFolder

  public init(_ model: Model, plan: RunPlan) {
    self.model = model
    self.plan = plan
    folder = RunFolder(root: plan.root, identity: plan.identity)
    runner = ReplicationRunner(model: model, folder: folder, tables: Set(plan.identity.tables))
  }

  /// Blocks until the run is complete, found complete, or interrupted.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked about ten times a second, on this thread.
  ///   - progress: Called as often, on this thread.
  /// - Throws: `OutputError` or `RunError`; finished replications are kept.
  public func run(
    isInterrupted: () -> Bool = { Interruption.isRequested },
    progress: (RunProgress) -> Void = { _ in }
  ) throws -> RunResult {
    if folder.isComplete, !plan.isForced { return try found() }
    let start = RunClock()
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    // Another process may have completed the run before this one got the lock.
    if folder.isComplete, !plan.isForced { return try found() }
    try folder.discard(all: plan.isForced)
    let outcomes = Outcomes(planned: plan.identity.replications)
    for replication in 0..<plan.identity.replications {
      if let outcome = runner.recorded(replication) { outcomes.resume(outcome) }
    }
    try compute(outcomes, isInterrupted, progress)
    let result = result(of: outcomes)
    let assembly = RunAssembly(
      folder: folder, plan: plan, result: result, tables: model.tables, clock: start)
    if result.status == .interrupted {
      try assembly.writeOverview(in: folder.partial)
    } else {
      try assembly.writeAll()
      try folder.publish()
    }
    return result
  }

  private func compute(
    _ outcomes: Outcomes, _ isInterrupted: () -> Bool, _ progress: (RunProgress) -> Void
  ) throws {
    let stop = StopFlag()
    let missing = outcomes.missing
    func watch() {
      if isInterrupted() { stop.raise() }
      progress(outcomes.progress(of: missing.count))
    }
    watch()
    let runner = runner
    let hasSpareThread = plan.workers >= 2 * missing.count
    let body: @Sendable (Int) -> Void = { replication in
      let control = ReplicationControl(stop: stop, hasSpareThread: hasSpareThread)
      outcomes.start(replication, control)
      do {
        outcomes.end(replication, try runner.run(replication, control: control))
      } catch {
        stop.raise()
        outcomes.abort(error)
      }
    }
    Workforce(workers: plan.workers).run(
      items: missing, isStopped: { stop.isRaised }, watch: watch, body: body)
    if let fatal = outcomes.fatal { throw fatal }
  }

  private func result(of outcomes: Outcomes) -> RunResult {
    let list = outcomes.list
    return RunResult(
      status: list.contains(where: \.isInterrupted) ? .interrupted : .finished,
      folder: list.contains(where: \.isInterrupted) ? folder.partial : folder.path,
      outcomes: list, resumed: outcomes.resumedCount, metrics: model.metrics,
      intervalNote: model.intervalNote, expectations: plan.expectations)
  }

  private func found() throws -> RunResult {
    guard let bytes = Disk.contents(of: folder.path + "/replications.csv"),
      let outcomes = ReplicationTable.outcomes(in: bytes, metrics: model.metrics),
      outcomes.count == plan.identity.replications
    else { throw RunError.unreadable(folder: folder.path) }
    folder.sweepUp()
    return RunResult(
      status: .alreadyFinished, folder: folder.path, outcomes: outcomes, resumed: outcomes.count,
      metrics: model.metrics, intervalNote: model.intervalNote, expectations: plan.expectations)
  }
}

/// What is known of every planned replication while threads add to it.
private final class Outcomes: Sendable {
  private struct State {
    var outcomes: [ReplicationOutcome?]
    var running: [Int: ReplicationControl] = [:]
    var resumed = 0
    var fatal: (any Error)?
  }

  private let state: Mutex<State>

  init(planned: Int) {
    state = Mutex(State(outcomes: Array(repeating: nil, count: planned)))
  }

  func resume(_ outcome: ReplicationOutcome) {
    state.withLock { state in
      state.outcomes[outcome.replication] = outcome
      state.resumed += 1
    }
  }

  func start(_ replication: Int, _ control: ReplicationControl) {
    state.withLock { $0.running[replication] = control }
  }

  func end(_ replication: Int, _ outcome: ReplicationOutcome?) {
    state.withLock { state in
      state.running[replication] = nil
      state.outcomes[replication] = outcome
    }
  }

  func abort(_ error: any Error) {
    state.withLock { state in if state.fatal == nil { state.fatal = error } }
  }

  var missing: [Int] {
    state.withLock { state in state.outcomes.indices.filter { state.outcomes[$0] == nil } }
  }
  var resumedCount: Int { state.withLock { $0.resumed } }
  var fatal: (any Error)? { state.withLock { $0.fatal } }

  /// Every planned replication in order; those without an outcome are marked interrupted.
  var list: [ReplicationOutcome] {
    state.withLock { state in
      state.outcomes.enumerated().map { replication, outcome in
        outcome ?? ReplicationOutcome(replication: replication, status: .interrupted)
      }
    }
  }

  func progress(of work: Int) -> RunProgress {
    state.withLock { state in
      let known = state.outcomes.compactMap { $0 }
      let done = known.count - state.resumed
      // A sum whose order does not matter: it is shown, never stored.
      let running = state.running.values.reduce(0) { $0 + Swift.min(Swift.max($1.fraction, 0), 1) }
      return RunProgress(
        planned: state.outcomes.count, done: done, failed: known.count(where: \.isFailed),
        resumed: state.resumed, fraction: work == 0 ? 1 : (Double(done) + running) / Double(work))
    }
  }
}
