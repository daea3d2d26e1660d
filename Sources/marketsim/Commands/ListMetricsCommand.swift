import ArgumentParser
import Foundation
import Market
import Report
import Statistics

/// Prints the metrics that expectations, sweeps and searches can name.
struct ListMetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print the metrics that expectations, sweeps and searches can name.",
    discussion: """
      Each is one number of a replication. In CSV headers a metric with a unit has that for a suffix; \
      expectations and --metric name it without.
      """)

  @Argument(help: "Metrics to print; all when none is given.")
  var names: [String] = []

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func validate() throws {
    for name in names where MetricSet.market.index(named: name) == nil {
      throw ValidationError("\(name) is no metric; marketsim list metrics prints them all")
    }
  }

  func run() throws {
    let metrics = MetricSet.market.metrics.filter { names.isEmpty || names.contains($0.name) }
    let table = Self.table(of: metrics)
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(table)))
    } else {
      print(TextTable.render(table), terminator: "")
    }
  }

  static func table(of metrics: [Metric]) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "metrics", "Metrics of a market.",
        columns: [
          Column("metric", .text, "Name."),
          Column("unit", .text, "Unit; empty for counts and shares."),
          Column("meaning", .text, "What it says of a replication."),
        ]))
    for metric in metrics {
      table.append(metric.name)
      table.append(metric.unit.symbol)
      table.append(metric.meaning)
      table.endRow()
    }
    return table
  }
}
