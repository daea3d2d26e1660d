public import Statistics

/// The columns of result tables as Markdown, generated from their declarations.
public enum ColumnDocumentation {
  /// One section for each table, in the order given.
  public static func markdown(of schemas: [TableSchema]) -> String {
    schemas.map { schema in
      var section = "## `\(schema.name).csv`\n\n\(schema.meaning)\n\n"
      section += "| column | kind | unit | meaning |\n|---|---|---|---|\n"
      for column in schema.columns {
        section += row([
          "`\(column.header)`", name(of: column.kind), column.unit.symbol, column.meaning,
        ])
      }
      return section
    }.joined(separator: "\n")
  }

  /// The metrics of a model: columns of `replications.csv` and rows of `summary.csv`.
  public static func markdown(of metrics: MetricSet) -> String {
    var text = "| metric | unit | observed | statistics | meaning |\n|---|---|---|---|---|\n"
    for metric in metrics.metrics {
      let names = metric.summary.map { "`\(metric.name(of: $0))`" }.joined(separator: ", ")
      text += row([
        "`\(metric.name)`", metric.unit.symbol, name(of: metric.observed), names, metric.meaning,
      ])
    }
    return text
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }

  private static func name(of kind: Column.Kind) -> String {
    switch kind {
    case .integer: "integer"
    case .real: "real"
    case .text: "text"
    case .flag: "true or false"
    case .seconds: "exact decimal"
    case .amount(let decimals): "exact decimal, up to \(decimals) places"
    }
  }

  private static func name(of observation: Metric.Observation) -> String {
    switch observation {
    case .tally: "each"
    case .timeWeighted: "over time"
    case .counted: "counted"
    case .atEnd: "at the end"
    }
  }
}
