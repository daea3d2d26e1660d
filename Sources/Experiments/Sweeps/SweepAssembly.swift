internal import Report
internal import Statistics

/// Writes the files of a sweep or shard from its rows, one row at a time.
struct SweepAssembly {
  let plan: SweepPlan
  let tables: SweepTables
  let id: String
  let shard: Shard
  let version: String

  var header: [UInt8] { Self.header(of: tables) }

  static func header(of tables: SweepTables) -> [UInt8] {
    var header: [UInt8] = []
    CSVEncoder.appendHeader(of: tables.results, to: &header)
    return header
  }

  /// Everything, into `folder`; a shard has no tables over all points.
  ///
  /// - Throws: `SweepError.missingRuns` when `rows` are not the runs of the plan.
  func write(
    _ rows: inout SweepRows, to folder: String,
    provenance: () -> [(key: String, value: JSONValue)]
  ) throws -> SweepSummary {
    try Disk.makeFolder(folder)
    rows.sort()
    let results = try BufferedFile("\(folder)/results.csv")
    try results.write(header)
    let points: PointFile? = shard == .whole ? try PointFile(tables, folder) : nil
    var summary = SweepSummary(tables)
    try rows.forEachRow { bytes in
      try results.write(bytes)
      if let point = try summary.add(bytes) { try points?.write(point) }
    }
    if let point = summary.closePoint() { try points?.write(point) }
    try summary.check(shard)
    try results.commit()
    try points?.commit()
    try OutputFile.write(try plan.encoded(), to: folder + "/plan.json")
    if shard == .whole {
      try OutputFile.write(tables.encodedDesign(), to: folder + "/design.csv")
      summary.judge()
      if let sensitivity = summary.sensitivity {
        try OutputFile.write(CSVEncoder.encode(sensitivity), to: folder + "/sensitivity.csv")
      }
      if !plan.expectations.isEmpty {
        try OutputFile.write(
          CSVEncoder.encode(SweepVerdictTable.table(of: summary.verdicts)),
          to: folder + "/expectations.csv")
      }
    }
    try OutputFile.write(
      manifest(summary, provenance()).encoded(), to: folder + "/manifest.json")
    return summary
  }

  /// What `write` returns, of rows that are written already.
  func summarise(_ rows: inout SweepRows) throws -> SweepSummary {
    rows.sort()
    var summary = SweepSummary(tables)
    try rows.forEachRow { bytes in _ = try summary.add(bytes) }
    _ = summary.closePoint()
    try summary.check(shard)
    if shard == .whole { summary.judge() }
    return summary
  }

  private func manifest(
    _ summary: SweepSummary, _ provenance: [(key: String, value: JSONValue)]
  ) -> JSONValue {
    .object([
      ("marketsim", .integer(1)),
      ("sweep", .text(id)),
      ("name", .text(plan.name)),
      (
        "shard",
        .object([
          ("number", .integer(Int64(shard.number))), ("count", .integer(Int64(shard.count))),
        ])
      ),
      ("seed", .text(String(plan.seed))),
      ("points", .integer(Int64(plan.runs.count))),
      (
        "runs",
        .object([
          ("finished", .integer(Int64(summary.runs - summary.failed))),
          ("failed", .integer(Int64(summary.failed))),
        ])
      ),
      ("version", .text(version)),
      ("build", .text(plan.build)),
      ("event_digest", .text(summary.eventDigest)),
      ("provenance", .object(provenance)),
    ])
  }
}

/// `points.csv` on its way to the disk.
private final class PointFile {
  private let file: BufferedFile
  private let tables: SweepTables

  init(_ tables: SweepTables, _ folder: String) throws {
    self.tables = tables
    file = try BufferedFile("\(folder)/points.csv")
    var header: [UInt8] = []
    CSVEncoder.appendHeader(of: tables.points, to: &header)
    try file.write(header)
  }

  func write(_ point: SweepSummary.Point) throws {
    var table = ResultTable(tables.points)
    table.append(point.number)
    table.append(point.finished)
    table.append(point.failed)
    tables.appendFactors(of: point.number, to: &table)
    for tally in point.tallies {
      table.append(tally.mean)
      table.append(
        tally.count > 1 ? tally.interval(confidence: SummaryTable.confidence).halfWidth : .nan)
    }
    table.endRow()
    var bytes: [UInt8] = []
    CSVEncoder.appendRows(of: table, to: &bytes)
    try file.write(bytes)
  }

  func commit() throws { try file.commit() }
}

/// A file of many small pieces, written a quarter megabyte at a time.
final class BufferedFile {
  private var file: OutputFile
  private var buffer: [UInt8] = []

  init(_ path: String) throws { file = try OutputFile(path) }

  func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    guard buffer.count >= 1 << 18 else { return }
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  func commit() throws {
    try file.write(buffer)
    try file.commit()
  }
}
