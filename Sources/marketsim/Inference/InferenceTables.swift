import Calibration
import Inference
import Statistics

/// What the inference commands print, as tables.
enum InferenceTables {
  static func errors(
    _ set: MeasurementSet, _ errors: [Double?], _ loaded: [LoadedFirstToken] = []
  ) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "errors", "Relative errors of predictions.",
        columns: [
          Column("metric", .text, "What was predicted."),
          Column("scope", .text, "All, other than ordinary attention, or an architecture class."),
          Column("n", .integer, "Figures."),
          Column("median_percent", .real, "Of the absolute errors."),
          Column("p90_percent", .real, "Of the absolute errors."),
          Column("signed_mean_percent", .real, "Of the errors."),
        ]))
    for line in ErrorTable(set, errors: errors, loaded: loaded).lines {
      table.append(line.metric)
      table.append(line.scope)
      table.append(line.summary.count)
      table.append(line.summary.median * 100)
      table.append(line.summary.p90 * 100)
      table.append(line.summary.signedMean * 100)
      table.endRow()
    }
    return table
  }

  static func predictions(
    _ set: MeasurementSet, _ errors: [Double?], _ loaded: [LoadedFirstToken]
  ) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "predictions", "Every figure and its prediction.",
        columns: ["id", "group", "gpu", "class", "model", "engine", "metric"].map {
          Column($0, .text, "As in the measurement file.")
        } + [
          Column("measured", .real, "Tokens per second, or seconds."),
          Column("predicted", .real, "In the same unit."),
          Column("error", .real, "Predicted over measured, less 1."),
        ]))
    for (target, error) in zip(set.targets, errors) where target.metric != .endToEnd {
      guard let error else { continue }
      append(
        set.rows[target.row], target.metric.rawValue, measured: target.measured, error: error,
        to: &table)
    }
    for time in loaded {
      append(
        set.rows[time.row], time.metric, measured: time.measured, error: time.error, to: &table)
    }
    return table
  }

  private static func append(
    _ row: MeasuredRow, _ metric: String, measured: Double, error: Double,
    to table: inout ResultTable
  ) {
    for text in [
      row.id, row.group, row.deployment.gpu.id, row.deployment.gpu.architectureClass,
      row.deployment.served.description, row.deployment.engine.id, metric,
    ] {
      table.append(text)
    }
    table.append(measured)
    table.append(measured * (1 + error))
    table.append(error)
    table.endRow()
  }
}
