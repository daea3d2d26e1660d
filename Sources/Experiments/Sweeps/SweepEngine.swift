internal import Report
public import Statistics

/// Runs the points of a sweep on several threads, each finished run kept at once.
///
/// The files are the same bytes whatever the number of workers, however often the sweep was killed,
/// and however it was divided into shards. Memory is that of the runs under way plus some tens of
/// bytes for each finished one.
public struct SweepEngine<Model: Replicable>: Sendable {
  private let plan: SweepPlan
  private let tables: SweepTables
  private let models: ModelCache<Model>
  private let id: String

  /// - Parameter model: Makes a point's model; called on any thread, more than once for a point.
  /// - Throws: When the plan cannot be encoded.
  public init(
    _ plan: SweepPlan, metrics: MetricSet, model: @escaping @Sendable (Int) throws -> Model
  ) throws {
    self.plan = plan
    tables = SweepTables(plan, metrics: metrics)
    models = ModelCache(model)
    id = try plan.id()
  }

  /// Blocks until the sweep is complete, found complete, or stopped.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked about ten times a second, on this thread.
  ///   - progress: Called as often, on this thread.
  /// - Throws: `OutputError`, `RunError` or `SweepError`; finished runs are kept.
  public func run(
    _ options: SweepOptions, isInterrupted: () -> Bool = { Interruption.isRequested },
    progress: (RunProgress) -> Void = { _ in }
  ) throws -> SweepResult {
    let folder = SweepFolder(
      root: options.root, name: plan.name, id: id, shard: options.shard)
    let assembly = SweepAssembly(
      plan: plan, tables: tables, id: id, shard: options.shard, version: options.version)
    if folder.files.isComplete, !options.isForced { return try found(folder, assembly) }
    let clock = RunClock()
    let lock = try folder.files.lock()
    defer { withExtendedLifetime(lock) {} }
    if folder.files.isComplete, !options.isForced { return try found(folder, assembly) }
    try folder.files.removeTree(folder.files.complete)
    if options.isForced { Disk.remove(folder.journal) }
    try OutputFile.write(try plan.encoded(), to: folder.files.partial + "/plan.json")
    let schedule = SweepSchedule(
      points: Array(options.shard.points(of: plan.runs.count)), replications: plan.replications,
      rule: plan.precision?.rule)
    let journal = try resume(schedule, folder)
    let resumed = schedule.progress.resumed
    let end = try compute(schedule, journal, options, isInterrupted, progress)
    try journal.synchronise()
    let counts = schedule.progress
    var provenance = options.provenance
    provenance.append(("workers", .integer(Int64(options.workers))))
    provenance.append(("resumed_runs", .integer(Int64(resumed))))
    provenance.append(("started", .text(clock.started)))
    guard end == .finished else {
      return SweepResult(
        status: end, folder: folder.files.partial, points: plan.runs.count,
        runs: counts.done + resumed, failed: counts.failed, resumed: resumed, verdicts: [],
        sensitivity: nil)
    }
    var rows = SweepRows()
    _ = try rows.add(folder.journal, header: assembly.header, of: tables)
    let summary = try assembly.write(&rows, to: folder.files.complete) {
      provenance + [("wall_s", .real(clock.elapsedSeconds))]
    }
    try folder.files.publish()
    return summary.result(.finished, folder: folder.files.path, resumed: resumed)
  }

  /// Tells `schedule` what an earlier process finished, and opens its journal behind that.
  private func resume(_ schedule: SweepSchedule, _ folder: SweepFolder) throws -> SweepJournal {
    let header = SweepAssembly.header(of: tables)
    guard let size = Disk.size(of: folder.journal), size > 0 else {
      return try SweepJournal(folder.journal, keeping: 0, header: header)
    }
    var rows = SweepRows()
    let place = plan.precision.flatMap { precision in
      plan.metrics.firstIndex(of: precision.metric)
    }
    let end = try rows.add(folder.journal, header: header, of: tables) { row in
      schedule.resume(
        SweepSchedule.Run(point: row.point, replication: row.replication),
        value: row.isFailed ? .nan : place.map { row.numbers[$0] } ?? 0, isFailed: row.isFailed)
    }
    // A file that does not begin as ours may be somebody's; one that was torn in its header is not.
    guard let end else {
      guard size < header.count else { throw SweepError.foreignJournal(path: folder.journal) }
      return try SweepJournal(folder.journal, keeping: 0, header: header)
    }
    return try SweepJournal(folder.journal, keeping: end, header: header)
  }

  private func compute(
    _ schedule: SweepSchedule, _ journal: SweepJournal, _ options: SweepOptions,
    _ isInterrupted: () -> Bool, _ progress: (RunProgress) -> Void
  ) throws -> SweepResult.Status {
    let stop = StopFlag()
    let failure = FirstFailure()
    let worker = SweepWorker(
      schedule: schedule, journal: journal, tables: tables, models: models, stop: stop,
      precision: plan.precision.flatMap { tables.metrics.index(named: $0.metric) },
      stopsAtFailure: options.stopsAtFailure, failure: failure)
    var wasInterrupted = false
    Workforce(workers: options.workers).run(
      watch: {
        if isInterrupted() {
          wasInterrupted = true
          stop.raise()
        }
        progress(schedule.progress)
      }, body: { worker.work() })
    if let error = failure.error { throw error }
    if failure.isFailedRun { return .stoppedAtFailure }
    guard case .nothing = schedule.next() else { return .interrupted }
    return wasInterrupted && stop.isRaised && schedule.progress.fraction < 1
      ? .interrupted : .finished
  }

  private func found(_ folder: SweepFolder, _ assembly: SweepAssembly) throws -> SweepResult {
    var rows = SweepRows()
    let path = folder.files.path + "/results.csv"
    guard try rows.add(path, header: assembly.header, of: tables) == Disk.size(of: path) else {
      throw SweepError.unreadable(path: path)
    }
    let summary = try assembly.summarise(&rows)
    folder.files.sweepUp()
    return summary.result(.alreadyFinished, folder: folder.files.path, resumed: rows.places.count)
  }
}
