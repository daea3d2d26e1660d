public import Statistics

extension TableSchema {
  public static let detections = TableSchema(
    "detections",
    "How right one detector was about all hosts in its latest round, and whom it ever flagged.",
    columns: [
      Column("detector", .text, "Which detector."),
      Column(
        "hosts", .integer,
        "Identities that were judged: each name of a host that changed it; hosts that never came have "
          + "none, and those that the detector was told are honest are left out of all that follows."
      ),
      Column("frauds", .integer, "Hosts that really were fraudulent."),
      Column("auc", .real, "Area under the ROC curve."),
      Column(
        "auc_lower", .real,
        "Lower end of DeLong's 95 % interval, hosts of one operator (a ring, or all names of a host) taken "
          + "together as Obuchowski does."),
      Column("auc_upper", .real, "Upper end of that interval."),
      Column("average_precision", .real, "Area under precision over recall."),
      Column("flagged", .integer, "Hosts at or above the detector's threshold in that round."),
      Column("precision", .real, "Share of frauds among the flagged."),
      Column("recall", .real, "Share of frauds that are flagged."),
      Column("precision_at_k", .real, "Share of frauds among the k most suspicious."),
      Column("k", .integer, "The k of precision_at_k."),
      Column(
        "recall_at_1pct_fpr", .real, "Share of frauds caught when 1 % of the honest are hurt."),
      Column("honest_flagged", .integer, "Honest hosts that are flagged in that round."),
      Column("false_positive_rate", .real, "Share of honest hosts that are."),
      Column("detected_ever", .integer, "Frauds flagged in any round."),
      Column(
        "honest_flagged_ever", .integer,
        "Honest hosts flagged in any round, which is what a detector that acts does to them."),
      Column(
        "time_to_detection_median", .real, .seconds,
        "Kaplan–Meier median from entry to first flag, those who leave being watched till then; empty "
          + "where the estimate never falls to a half."),
      Column(
        "jobs_to_detection_median", .real,
        "Kaplan–Meier median of claims before the first flag; empty as above."),
    ])
}

extension ResultTable {
  /// Appends the cells of one detector to a table of schema `.detections`; the caller ends the row.
  public mutating func appendDetection(
    _ score: DetectionScore, by detector: String, time: KaplanMeier, jobs: KaplanMeier,
    honestEver: Int
  ) {
    append(detector)
    append(score.frauds + score.honest)
    append(score.frauds)
    append(score.area.value)
    append(score.area.lower)
    append(score.area.upper)
    append(score.averagePrecision)
    append(score.fraudsFlagged + score.honestFlagged)
    append(score.precision)
    append(score.recall)
    append(score.precisionAtTop)
    append(score.top)
    append(score.recallAtOnePercent)
    append(score.honestFlagged)
    append(score.falsePositiveRate)
    append(time.detected)
    append(honestEver)
    append(time.median ?? .nan)
    append(jobs.median ?? .nan)
  }
}
