import Calibration
import Inference
import Statistics

/// Errors of the throughput model, one line a metric and scope, however they were found.
struct AccuracyTable {
  /// How predictions and measurements met.
  enum Comparison: String {
    /// With the coefficients given.
    case fitted
    /// Each group under a fit that saw none of its rows.
    case heldOut = "held-out"
    /// As `heldOut`, after one benchmark point per group and metric.
    case heldOutWithBenchmark = "held-out-benchmark"
    /// Request by request against a log.
    case replay
  }

  private(set) var rows = ResultTable(schema)

  private static let schema = TableSchema(
    "accuracy", "Relative errors, predicted over measured less 1, in percent.",
    columns: [
      Column("comparison", .text, "fitted, held-out, held-out-benchmark or replay."),
      Column("file", .text, "Measurements or log."),
      Column("metric", .text, "What was predicted."),
      Column(
        "scope", .text, "All, other than ordinary attention, an architecture class, or a GPU."),
      Column("n", .integer, "Figures or requests."),
      Column("median_percent", .real, "Of absolute errors."),
      Column("p90_percent", .real, "Of absolute errors."),
      Column("signed_mean_percent", .real, "Mean of errors; of a log, error of the mean."),
      Column("p50_error_percent", .real, "Of a log: error of the median latency."),
      Column("p90_error_percent", .real, "Of a log: error of the 90th percentile."),
    ])

  mutating func append(
    _ comparison: Comparison, _ file: String, _ set: MeasurementSet, _ errors: [Double?],
    _ loaded: [LoadedFirstToken] = []
  ) {
    for line in ErrorTable(set, errors: errors, loaded: loaded).lines {
      rows.append(comparison.rawValue)
      rows.append(file)
      rows.append(line.metric)
      rows.append(line.scope)
      rows.append(line.summary.count)
      rows.append(line.summary.median * 100)
      rows.append(line.summary.p90 * 100)
      rows.append(line.summary.signedMean * 100)
      rows.appendAbsent()
      rows.appendAbsent()
      rows.endRow()
    }
  }

  mutating func append(_ replay: ReplayComparison, of host: ReplayedHost) {
    for metric in replay.metrics {
      rows.append(Comparison.replay.rawValue)
      rows.append(host.path)
      rows.append(metric.name)
      rows.append(host.gpu)
      rows.append(metric.count)
      let errors = [
        metric.absoluteErrorMedian, metric.absoluteErrorP90, metric.meanError, metric.medianError,
        metric.p90Error,
      ]
      // A latency that no request has, such as time per output token where all outputs are of one.
      for error in errors {
        if error.isFinite { rows.append(error * 100) } else { rows.appendAbsent() }
      }
      rows.endRow()
    }
  }
}
