internal import Report
internal import Statistics

/// The tables of a sweep and their rows.
struct SweepTables {
  let plan: SweepPlan
  let metrics: MetricSet
  /// Of `plan.metrics`, in `metrics.entries`.
  let entries: [Int]
  private let factors: SweepColumns

  init(_ plan: SweepPlan, metrics: MetricSet) {
    self.plan = plan
    self.metrics = metrics
    entries = plan.metrics.map { name in
      guard let index = metrics.index(named: name) else {
        preconditionFailure("the model has no metric \(name)")
      }
      return index
    }
    factors = SweepColumns(plan.design)
  }

  static let point = Column("point", .integer, "Number of the point of the design, from 0.")

  var design: TableSchema {
    TableSchema(
      "design", "One point of the design.",
      columns: [
        Self.point, Column("run", .text, "Digest of the point's resolved scenario."),
      ] + factors.columns)
  }

  /// Factors stand before metrics, whose number is fixed.
  var results: TableSchema {
    TableSchema(
      "results", "One replication of one point and what it measured.",
      columns: [
        Self.point, TableSchema.replication,
        Column("status", .text, "`finished` or `failed`."),
        Column("reason", .text, "Why it failed; empty otherwise."),
      ] + factors.columns + [
        Column(
          "event_digest", .text, "Digest of the sequence of events; equal runs have equal ones."),
        Column("events", .integer, "Events handled."),
      ] + entries.map { Self.column(of: metrics.entries[$0]) })
  }

  /// Where the metrics begin among the columns of `results`.
  var firstMetric: Int { 6 + factors.columns.count }

  var points: TableSchema {
    TableSchema(
      "points", "One point: the mean of each metric over its replications.",
      columns: [
        Self.point, Column("replications", .integer, "Finished replications."),
        Column("failed", .integer, "Failed replications, which do not count."),
      ] + factors.columns
        + entries.flatMap { index in
          let column = Self.column(of: metrics.entries[index])
          return [
            column,
            Column(
              column.header + "_half_width", .real,
              "Half-width of the 95 % Student-t interval; empty below two replications."),
          ]
        })
  }

  private static func column(of entry: MetricSet.Entry) -> Column {
    Column(entry.name, .real, entry.unit, entry.metric.meaning)
  }

  func encodedDesign() -> [UInt8] {
    var table = ResultTable(design)
    for point in plan.runs.indices {
      table.append(point)
      table.append(plan.runs[point])
      appendFactors(of: point, to: &table)
      table.endRow()
    }
    return CSVEncoder.encode(table)
  }

  func appendFactors(of point: Int, to table: inout ResultTable) {
    factors.append(plan.design.texts(at: point), to: &table)
  }

  /// One row of `results.csv`, without a header.
  func encodedRow(_ outcome: ReplicationOutcome, of point: Int) -> [UInt8] {
    var table = ResultTable(results)
    table.append(point)
    table.append(outcome.replication)
    switch outcome.status {
    case .finished(let output):
      table.append("finished")
      table.append("")
      appendFactors(of: point, to: &table)
      table.append(output.eventDigest)
      table.append(output.eventCount)
      for entry in entries { table.append(output.values.numbers[entry]) }
    case .failed(let reason):
      table.append("failed")
      table.append(reason)
      appendFactors(of: point, to: &table)
      for _ in 0..<(entries.count + 2) { table.appendAbsent() }
    case .interrupted: preconditionFailure("an interrupted replication has no row")
    }
    table.endRow()
    var bytes: [UInt8] = []
    CSVEncoder.appendRows(of: table, to: &bytes)
    return bytes
  }
}

/// A row of `results.csv` as it was read back.
struct SweepRow {
  let point: Int
  let replication: Int
  let isFailed: Bool
  /// One for each metric of the plan; NaN where absent.
  let numbers: [Double]
  let eventDigest: String

  /// - Returns: nil when the record is no row of these tables.
  init?(_ record: [String], of tables: SweepTables) {
    guard record.count == tables.firstMetric + tables.entries.count,
      let point = Int(record[0]), let replication = Int(record[1]),
      tables.plan.runs.indices.contains(point), replication >= 0,
      record[2] == "finished" || record[2] == "failed"
    else { return nil }
    var numbers: [Double] = []
    for text in record[tables.firstMetric...] {
      guard let number = text.isEmpty ? .nan : Double(text) else { return nil }
      numbers.append(number)
    }
    self.point = point
    self.replication = replication
    isFailed = record[2] == "failed"
    eventDigest = record[tables.firstMetric - 2]
    self.numbers = numbers
  }
}
