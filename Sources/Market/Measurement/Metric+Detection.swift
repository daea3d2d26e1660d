package import Statistics

/// How one detector did.
package struct DetectorMetrics: Sendable {
  let area: Metric
  let precision: Metric
  let recall: Metric
  let honestFlaggedEver: Metric
  let timeToDetection: Metric

  package var all: [Metric] { [area, precision, recall, honestFlaggedEver, timeToDetection] }

  init(_ detector: String) {
    area = Metric(
      name: "auc_\(detector)", unit: .ratio, observed: .atEnd,
      meaning: "Area under that detector's ROC curve at its latest round; empty unless it watches.")
    precision = Metric(
      name: "precision_\(detector)", unit: .ratio, observed: .atEnd,
      meaning:
        "Share of frauds among the hosts that it flags in that round; empty where it flags none.")
    recall = Metric(
      name: "recall_\(detector)", unit: .ratio, observed: .atEnd,
      meaning: "Share of frauds that it flags in that round.")
    honestFlaggedEver = Metric(
      name: "honest_flagged_ever_\(detector)", unit: .count, observed: .atEnd,
      meaning: "Honest hosts that it flagged in any round.")
    timeToDetection = Metric(
      name: "time_to_detection_\(detector)", unit: .seconds, observed: .atEnd,
      meaning:
        "Kaplan-Meier median of the time from a fraud's entry to its first flag, those who leave being "
        + "watched till then; empty where the estimate never falls to a half.")
  }
}

extension Metric {
  /// In the order of `DetectionConfiguration.Kind.allCases`.
  package static let detectors = [
    "controller_threshold", "funding_cluster", "claim_timing", "shared_customers", "sybil_rank",
    "eigen_trust", "self_dealing",
  ].map { DetectorMetrics($0) }
}
