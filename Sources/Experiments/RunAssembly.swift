internal import Foundation
internal import Report
internal import Statistics

/// When a run began and how long it has taken, by the clock on the wall.
struct RunClock {
  private let date = Date()
  private let instant = ContinuousClock.now

  /// UTC, to the second.
  var started: String { date.formatted(.iso8601) }
  var elapsedSeconds: Double {
    let elapsed = (ContinuousClock.now - instant).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }
}

/// Writes the files of a run from the outcomes and the pieces that its replications left.
struct RunAssembly {
  let folder: RunFolder
  let plan: RunPlan
  let result: RunResult
  let tables: [TableSchema]
  let clock: RunClock

  /// Everything, into the folder that `RunFolder.publish()` renames.
  func writeAll() throws {
    try Disk.makeFolder(folder.complete)
    for schema in requestedTables {
      try concatenate(schema, to: "\(folder.complete)/\(schema.name).csv")
    }
    try OutputFile.write(
      Array(plan.identity.resolvedScenario.utf8), to: folder.complete + "/scenario.txt")
    try writeOverview(in: folder.complete)
  }

  /// What can be said at any time: replications, summary, manifest.
  func writeOverview(in path: String) throws {
    try OutputFile.write(
      ReplicationTable.encoded(result.outcomes, metrics: result.metrics),
      to: path + "/replications.csv")
    try OutputFile.write(CSVEncoder.encode(result.summary), to: path + "/summary.csv")
    if !plan.expectations.isEmpty {
      try OutputFile.write(
        CSVEncoder.encode(ExpectationTable.table(of: result.verdicts)),
        to: path + "/expectations.csv")
    }
    try OutputFile.write(manifest.encoded(), to: path + "/manifest.json")
  }

  private var requestedTables: [TableSchema] {
    tables.filter { plan.identity.tables.contains($0.name) }
  }

  /// One header, then the rows of every replication in order.
  private func concatenate(_ schema: TableSchema, to path: String) throws {
    let pieces = result.outcomes.filter { $0.output != nil }
      .map { "\(folder.finished($0.replication))/\(schema.name).csv" }
      .filter { FileManager.default.fileExists(atPath: $0) }
    // A single piece is the whole table already, and may be as large as the disk is free.
    if pieces.count == 1, Disk.link(pieces[0], as: path) { return }
    var header: [UInt8] = []
    CSVEncoder.appendHeader(of: schema.withReplication, to: &header)
    var file = try OutputFile(path)
    try file.write(header)
    for piece in pieces {
      var toSkip = header.count
      try Disk.forEachChunk(of: piece) { chunk in
        let rows = chunk.dropFirst(toSkip)
        toSkip -= chunk.count - rows.count
        try file.write(Array(rows))
      }
    }
    try file.commit()
  }

  private var manifest: JSONValue {
    let identity = plan.identity
    return .object([
      ("marketsim", .integer(1)),
      ("run", .text(identity.id)),
      ("status", .text(result.status == .interrupted ? "interrupted" : "finished")),
      ("scenario", .text(identity.scenario)),
      ("scenario_digest", .text(identity.scenarioDigest)),
      ("seed", .text(String(identity.seed))),
      (
        "replications",
        .object([
          ("planned", .integer(Int64(result.outcomes.count))),
          ("finished", .integer(Int64(result.outcomes.count { $0.output != nil }))),
          ("failed", .integer(Int64(result.outcomes.count(where: \.isFailed)))),
        ])
      ),
      ("version", .text(plan.version)),
      ("build", .text(identity.build)),
      ("event_digest", .text(eventDigest)),
      ("tables", .list(requestedTables.map { .text($0.name) })),
      ("provenance", .object(provenance)),
    ])
  }

  /// One digest for the events of all finished replications, in order.
  private var eventDigest: String {
    let digests = result.outcomes.map { $0.output?.eventDigest ?? "-" }
    return String(SHA256.hexadecimal(of: digests.joined(separator: "\n").utf8).prefix(32))
  }

  private var provenance: [(key: String, value: JSONValue)] {
    plan.provenance + [
      ("workers", .integer(Int64(plan.workers))),
      ("resumed_replications", .integer(Int64(result.resumed))),
      ("started", .text(clock.started)),
      ("wall_s", .real(clock.elapsedSeconds)),
    ]
  }
}
