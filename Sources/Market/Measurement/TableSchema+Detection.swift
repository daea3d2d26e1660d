import Statistics

/// Whom each detector suspects, beside what they really are.
extension TableSchema {
  static let detectionCohorts = TableSchema(
    "detection_cohorts",
    "Whom one detector suspects: a row for each host cohort, at its latest round.",
    columns: [
      Column("detector", .text, "Which detector."),
      Column("cohort", .text, "Cohort as named in the scenario."),
      Column("conduct", .text, "honest or dishonest: the truth, which no detector sees."),
      Column(
        "hosts", .integer,
        "Identities of the cohort that were judged, without those that the detector was told are honest."
      ),
      Column("flagged", .integer, "Those of them at or above the threshold in that round."),
      Column("flagged_ever", .integer, "Those of them that were flagged in any round."),
      Column(
        "score_p10", .real, "10th percentile of their scores; the higher, the more suspicious."),
      Column("score_p50", .real, "Median of their scores."),
      Column("score_p90", .real, "90th percentile of their scores."),
      Column(
        "time_to_detection_median", .real, .seconds,
        "Kaplan–Meier median from entry to first flag, those who leave being watched till then; empty "
          + "where the estimate never falls to a half."),
    ])

  static let detectionScores = TableSchema(
    "detection_scores",
    "What one detector makes of one identity at its latest round, beside the truth (on request); those "
      + "that it was told are honest have no row.",
    columns: [
      Column("detector", .text, "Which detector."),
      Column("identity", .integer, "Number of the identity; those of the start have their host's."),
      Column("host", .integer, "Number of the host behind it, as in hosts.csv."),
      Column("cohort", .text, "Cohort as named in the scenario."),
      Column("conduct", .text, "honest or dishonest: the truth, which no detector sees."),
      .seconds("entered", "When the identity registered; 0 for those of the start."),
      Column("score", .real, "Suspicion, higher for more; scales differ between detectors."),
      Column("flagged", .flag, "Whether it is at or above the threshold."),
      .seconds("first_flagged", "First round that flagged it; empty if none did."),
    ])
}
