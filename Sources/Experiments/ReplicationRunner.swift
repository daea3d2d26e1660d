internal import Statistics

/// Runs one replication of a model and files what it found.
struct ReplicationRunner<Model: Replicable>: Sendable {
  let model: Model
  let folder: RunFolder
  /// Names of the tables to be written.
  let tables: Set<String>

  /// - Returns: The outcome, on disk already; nil when the replication was told to stop.
  /// - Throws: `OutputError` when its files cannot be written; a failure of the model is an outcome.
  func run(_ replication: Int, control: ReplicationControl) throws -> ReplicationOutcome? {
    let working = folder.working(replication)
    try Disk.makeFolder(working)
    let files = OpenTables()
    let outlet = TableOutlet(replication: replication) { schema in
      try open(schema, in: working, files, control)
    }
    let status: ReplicationOutcome.Status
    do {
      let output = try model.run(replication: replication, tables: outlet, control: control)
      precondition(
        files.csv.allSatisfy(\.isFinished), "replication \(replication) left a table unfinished")
      status = .finished(output)
    } catch {
      // A full disk stops the model early, and whatever it then throws is not its own failure.
      if let failure = files.csv.lazy.compactMap(\.failure).first { throw failure }
      switch error {
      case is OutputError: throw error
      case is ReplicationStopped: return nil
      default: status = .failed(reason: String(describing: error))
      }
    }
    if case .failed = status {
      // Its tables end somewhere; the row in replications.csv says all that can be relied on.
      files.csv = []
      try folder.removeTree(working)
      try Disk.makeFolder(working)
    }
    let outcome = ReplicationOutcome(replication: replication, status: status)
    try OutputFile.write(
      ReplicationTable.encoded([outcome], metrics: model.metrics),
      to: working + "/replications.csv")
    try Disk.move(working, to: folder.finished(replication))
    return outcome
  }

  /// The outcome of a replication that an earlier process finished.
  func recorded(_ replication: Int) -> ReplicationOutcome? {
    guard let bytes = Disk.contents(of: folder.finished(replication) + "/replications.csv"),
      let outcomes = ReplicationTable.outcomes(in: bytes, metrics: model.metrics),
      outcomes.count == 1, outcomes[0].replication == replication
    else { return nil }
    return outcomes[0]
  }

  private func open(
    _ schema: TableSchema, in working: String, _ files: OpenTables, _ control: ReplicationControl
  ) throws -> (any TableSink)? {
    precondition(
      model.tables.contains { $0.withReplication == schema },
      "the model streams table \(schema.name), which it does not declare")
    guard tables.contains(schema.name) else { return nil }
    let file = try CSVFile(schema, at: "\(working)/\(schema.name).csv") { control.stopAll() }
    files.csv.append(file)
    return file
  }

  /// Shared by the model's streams and the runner on one thread.
  private final class OpenTables { var csv: [CSVFile] = [] }
}
