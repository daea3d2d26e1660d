import Foundation
import Inference

extension ReplayComparison {
  /// Aligned columns; errors in percent.
  var table: String {
    let heading = "latency         n    measured   simulated    mean     p50     p90     |e|"
    return ([heading] + metrics.map(Self.line)).joined(separator: "\n")
  }

  private static func line(_ metric: Metric) -> String {
    let name = metric.name.padding(toLength: 12, withPad: " ", startingAt: 0)
    let errors = [metric.meanError, metric.medianError, metric.p90Error].map {
      String(format: "%+7.1f%%", $0 * 100)
    }
    return name
      + String(
        format: "%5d %9.4f s %9.4f s", metric.count, metric.measuredMean, metric.simulatedMean)
      + errors.joined() + String(format: "%7.1f%%", metric.absoluteErrorMedian * 100)
  }

  var jsonLines: String {
    metrics.map { metric in
      let figures: [(String, Double)] = [
        ("measured_mean_s", metric.measuredMean), ("simulated_mean_s", metric.simulatedMean),
        ("mean_error", metric.meanError), ("p50_error", metric.medianError),
        ("p90_error", metric.p90Error), ("absolute_error_p50", metric.absoluteErrorMedian),
        ("absolute_error_p90", metric.absoluteErrorP90),
      ]
      // JSON has no NaN; a latency that no request has is null.
      let members = figures.map { "\"\($0.0)\":\($0.1.isFinite ? "\($0.1)" : "null")" }
      return "{\"latency\":\"\(metric.name)\",\"n\":\(metric.count),"
        + members.joined(separator: ",") + "}"
    }.joined(separator: "\n")
  }
}
