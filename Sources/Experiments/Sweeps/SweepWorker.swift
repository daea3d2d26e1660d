internal import Statistics
internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// One thread's part of a sweep: takes runs until there are none.
struct SweepWorker<Model: Replicable>: Sendable {
  let schedule: SweepSchedule
  let journal: SweepJournal
  let tables: SweepTables
  let models: ModelCache<Model>
  let stop: StopFlag
  /// Entry of the metric that must be precise.
  let precision: Int?
  let stopsAtFailure: Bool
  let failure: FirstFailure

  func work() {
    while !stop.isRaised {
      switch schedule.next() {
      case .nothing: return
      // Runs take longer than this; a condition variable would gain nothing.
      case .later: usleep(2000)
      case .run(let run):
        do {
          try perform(run)
        } catch {
          failure.note(error)
          stop.raise()
        }
      }
    }
  }

  private func perform(_ run: SweepSchedule.Run) throws {
    let control = ReplicationControl(stop: stop)
    let ticket = schedule.start(control)
    defer { schedule.stop(ticket) }
    let status: ReplicationOutcome.Status
    do {
      let model = try models.model(of: run.point)
      status = .finished(
        try model.run(replication: run.replication, tables: .discarding, control: control))
    } catch is ReplicationStopped {
      return
    } catch {
      status = .failed(reason: String(describing: error))
    }
    let outcome = ReplicationOutcome(replication: run.replication, status: status)
    try journal.append(tables.encodedRow(outcome, of: run.point))
    let value = precision.map { outcome.output?.values.numbers[$0] ?? .nan }
    // Off the list of runs under way before it counts as done, so that progress never overshoots.
    schedule.stop(ticket)
    schedule.end(run, value: value ?? 0, isFailed: outcome.isFailed)
    if outcome.isFailed, stopsAtFailure {
      failure.noteFailedRun()
      stop.raise()
    }
  }
}

/// The models of the points that threads are at, so that replications of a point share one.
final class ModelCache<Model: Replicable>: Sendable {
  private let make: @Sendable (Int) throws -> Model
  private let recent = Mutex<[(point: Int, model: Model)]>([])
  /// Two for each of a few threads; a model holds its whole population.
  private static var capacity: Int { 4 }

  init(_ make: @escaping @Sendable (Int) throws -> Model) { self.make = make }

  func model(of point: Int) throws -> Model {
    if let known = recent.withLock({ $0.first { $0.point == point }?.model }) { return known }
    let model = try make(point)
    recent.withLock { recent in
      recent.append((point, model))
      if recent.count > Self.capacity { recent.removeFirst() }
    }
    return model
  }
}

/// The first thing that went wrong on any thread.
final class FirstFailure: Sendable {
  private let state = Mutex<(error: (any Error)?, isFailedRun: Bool)>((nil, false))

  func note(_ error: any Error) { state.withLock { if $0.error == nil { $0.error = error } } }
  func noteFailedRun() { state.withLock { $0.isFailedRun = true } }
  var error: (any Error)? { state.withLock { $0.error } }
  var isFailedRun: Bool { state.withLock { $0.isFailedRun } }
}
