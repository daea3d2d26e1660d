public import Statistics

/// `summary.csv`: every metric statistic over the replications that finished.
public enum SummaryTable {
  /// Of the intervals in `half_width`.
  public static let confidence = 0.95

  public static let schema = TableSchema(
    "summary", "One statistic of one metric, over the replications that finished.",
    columns: [
      Column("metric", .text, "Name as in `replications.csv`, without its unit."),
      Column("unit", .text, "Unit of the numbers; empty for ratios and counts."),
      Column("mean", .real, "Mean over replications."),
      Column(
        "half_width", .real,
        "Half-width of the 95 % Student-t interval of the mean; empty below two replications."),
      Column("n", .integer, "Replications that have the metric."),
      Column("min", .real, "Smallest replication value."),
      Column("p25", .real, "First quartile of the replication values."),
      Column("p50", .real, "Median of the replication values."),
      Column("p75", .real, "Third quartile of the replication values."),
      Column("max", .real, "Largest replication value."),
      Column("note", .text, "What the interval does not cover; empty when it covers everything."),
    ])

  public static func table(
    of outcomes: [ReplicationOutcome], metrics: MetricSet, note: String? = nil
  ) -> ResultTable {
    var table = ResultTable(schema)
    for (index, entry) in metrics.entries.enumerated() {
      let values = outcomes.compactMap { outcome -> Double? in
        guard let value = outcome.output?.values.numbers[index], !value.isNaN else { return nil }
        return value
      }
      table.append(entry.name)
      table.append(entry.unit.symbol)
      append(values, to: &table)
      table.append(note ?? "")
      table.endRow()
    }
    return table
  }

  /// The summary as a terminal shows it: what one replication leaves empty or repeats is left out, and
  /// metrics that no replication has.
  public static func overview(of result: RunResult) -> ResultTable {
    let finished = result.outcomes.compactMap(\.output)
    let isSpread = finished.count > 1
    let columns = isSpread ? overviewColumns : Array(overviewColumns.prefix(3))
    var table = ResultTable(TableSchema("overview", "Metrics of a run.", columns: columns))
    for (index, entry) in result.metrics.entries.enumerated() {
      let tally = Tally(finished.map { $0.values.numbers[index] }.filter { !$0.isNaN })
      if tally.count == 0 { continue }
      table.append(entry.name)
      table.append(entry.unit.symbol)
      table.append(tally.mean)
      if isSpread {
        table.append(
          tally.count > 1 ? tally.interval(confidence: confidence).halfWidth : .nan)
        table.append(tally.minimum)
        table.append(tally.maximum)
      }
      table.endRow()
    }
    return table
  }

  private static let overviewColumns = [
    Column("metric", .text, "Name."), Column("unit", .text, "Unit."),
    Column("mean", .real, "Mean over replications."),
    Column("half_width_95", .real, "Half-width of the 95 % interval of the mean."),
    Column("min", .real, "Smallest."), Column("max", .real, "Largest."),
  ]

  private static func append(_ values: [Double], to table: inout ResultTable) {
    let tally = Tally(values)
    table.append(tally.mean)
    if values.count > 1 {
      table.append(tally.interval(confidence: confidence).halfWidth)
    } else {
      table.appendAbsent()
    }
    table.append(values.count)
    let quantiles = Quantiles(values.filter(\.isFinite))
    for share in [0, 0.25, 0.5, 0.75, 1] { table.append(quantiles.value(at: share)) }
  }
}
