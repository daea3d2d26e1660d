internal import Report
public import Statistics

/// `replications.csv`: one row a replication, one column a metric statistic.
///
/// Numbers are shortest round-trip decimals, so reading the file gives back the outcomes exactly:
/// it is also the record of a finished replication from which a killed run resumes.
public enum ReplicationTable {
  public static func schema(of metrics: MetricSet) -> TableSchema {
    TableSchema(
      "replications", "One planned replication and what it measured.",
      columns: fixedColumns
        + metrics.entries.map { entry in
          Column(entry.name, .real, entry.unit, entry.metric.meaning)
        })
  }

  public static func table(of outcomes: [ReplicationOutcome], metrics: MetricSet) -> ResultTable {
    var table = ResultTable(schema(of: metrics))
    for outcome in outcomes { append(outcome, to: &table, metrics: metrics) }
    return table
  }

  static func encoded(_ outcomes: [ReplicationOutcome], metrics: MetricSet) -> [UInt8] {
    CSVEncoder.encode(table(of: outcomes, metrics: metrics))
  }

  private static let fixedColumns = [
    TableSchema.replication,
    Column("status", .text, "`finished`, `failed` or `interrupted`."),
    Column("reason", .text, "Why it failed; empty otherwise."),
    Column("event_digest", .text, "Digest of the sequence of events; equal runs have equal ones."),
    Column("events", .integer, "Events handled."),
  ]

  private static func append(
    _ outcome: ReplicationOutcome, to table: inout ResultTable, metrics: MetricSet
  ) {
    table.append(outcome.replication)
    switch outcome.status {
    case .finished(let output):
      table.append("finished")
      table.append("")
      table.append(output.eventDigest)
      table.append(output.eventCount)
      for number in output.values.numbers { table.append(number) }
    case .failed(let reason):
      table.append("failed")
      table.append(reason)
      for _ in 0..<(metrics.entries.count + 2) { table.appendAbsent() }
    case .interrupted:
      table.append("interrupted")
      for _ in 0..<(metrics.entries.count + 3) { table.appendAbsent() }
    }
    table.endRow()
  }

  /// Reads back what `table(of:metrics:)` wrote.
  ///
  /// - Returns: nil when the bytes are not such a file for these metrics.
  static func outcomes(in bytes: [UInt8], metrics: MetricSet) -> [ReplicationOutcome]? {
    guard let records = CSVRecords.parse(bytes), let header = records.first,
      header == schema(of: metrics).columns.map(\.header)
    else { return nil }
    var outcomes: [ReplicationOutcome] = []
    for record in records.dropFirst() {
      guard let outcome = outcome(of: record, metrics: metrics) else { return nil }
      outcomes.append(outcome)
    }
    return outcomes
  }

  private static func outcome(of record: [String], metrics: MetricSet) -> ReplicationOutcome? {
    guard record.count == fixedColumns.count + metrics.entries.count,
      let replication = Int(record[0])
    else { return nil }
    switch record[1] {
    case "failed":
      return ReplicationOutcome(replication: replication, status: .failed(reason: record[2]))
    case "interrupted": return ReplicationOutcome(replication: replication, status: .interrupted)
    case "finished":
      var numbers: [Double] = []
      for text in record[fixedColumns.count...] {
        guard let number = text.isEmpty ? .nan : Double(text) else { return nil }
        numbers.append(number)
      }
      guard let events = Int(record[4]) else { return nil }
      return ReplicationOutcome(
        replication: replication,
        status: .finished(
          ReplicationOutput(
            values: MetricValues(metrics, numbers: numbers), eventDigest: record[3],
            eventCount: events)))
    default: return nil
    }
  }
}
