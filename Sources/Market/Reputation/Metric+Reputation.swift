package import Statistics

/// How one model of reputation did.
package struct ReputationMetrics: Sendable {
  let agreement: Metric
  let brier: Metric
  let separation: Metric
  let separatedAfter: Metric
  let parityAfter: Metric
  let dishonestShare: Metric

  package var all: [Metric] {
    [agreement, brier, separation, separatedAfter, parityAfter, dishonestShare]
  }

  init(_ model: String) {
    agreement = Metric(
      name: "reputation_tau_\(model)", unit: .ratio, observed: .atEnd,
      meaning:
        "Kendall's τ-b at the horizon between that model's scores and the share of its jobs that each "
        + "host really did; empty unless the model is kept and both vary. Hosts that it trusts from the "
        + "start are left out, here and below.")
    brier = Metric(
      name: "reputation_brier_\(model)", unit: .ratio, observed: .atEnd,
      meaning:
        "Mean squared distance of that share from what the score says of it: the score itself of beta and "
        + "ewma, which are chances; of the others the best nondecreasing function of it, fitted to the same "
        + "hosts.")
    separation = Metric(
      name: "reputation_auc_\(model)", unit: .ratio, observed: .atEnd,
      meaning:
        "Chance at the horizon that a host of honest conduct scores above one of dishonest conduct."
    )
    separatedAfter = Metric(
      name: "reputation_separated_\(model)", unit: .seconds, observed: .atEnd,
      meaning: "From when on that chance stays at 0.95 or above; empty if it does not.")
    dishonestShare = Metric(
      name: "reputation_dishonest_share_\(model)", unit: .ratio, observed: .atEnd,
      meaning:
        "Share of the sum of that model's scores at the horizon that hosts of dishonest conduct have, those "
        + "that it trusts from the start counted among the others.")
    parityAfter = Metric(
      name: "newcomer_parity_\(model)", unit: .seconds, observed: .atEnd,
      meaning:
        "Median time until a newcomer that first registers after the warm-up scores 95 % of the median of "
        + "those who were there at the start; empty where the Kaplan-Meier estimate never falls to a half."
    )
  }
}

extension Metric {
  /// In the order of `ReputationChoice.Name.allCases`.
  package static let reputationModels = ["contract", "beta", "ewma", "eigen_trust"].map {
    ReputationMetrics($0)
  }
  static let newcomersFirstJob = Metric(
    name: "newcomer_first_job", unit: .seconds, observed: .atEnd,
    meaning:
      "Median time from the first registration of a newcomer, if that is after the warm-up, to its first "
      + "claim; empty without detectors and models of reputation, and where the Kaplan-Meier estimate "
      + "never falls to a half.")
}

extension TableSchema {
  static let reputationModels = TableSchema(
    "reputation_models",
    "Scores of each kept model and host cohort at up to 48 times, and how true they are.",
    columns: [
      .seconds("time", "When."),
      Column("model", .text, .count, "contract, beta, ewma or eigenTrust; scores from 0 to 1."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("hosts", .integer, .count, "Hosts of the cohort that are in the market."),
      Column("score_mean", .real, .ratio, "Mean score."),
      Column("score_p10", .real, .ratio, "10th percentile of the score."),
      Column("score_p50", .real, .ratio, "Median score."),
      Column("score_p90", .real, .ratio, "90th percentile of the score."),
      Column(
        "tau", .real, .ratio,
        "Kendall's τ-b of scores and the share of its jobs that each host really did, here and in the "
          + "columns that follow without the hosts that the model trusts from the start."),
      Column(
        "brier", .real, .ratio,
        "Mean squared distance of that share from what the score says of it: itself where it is a chance "
          + "(beta, ewma), else the best nondecreasing function of it, fitted to the same hosts."),
      Column("gap", .real, .ratio, "Mean score of honest less mean of dishonest conduct."),
      Column("auc", .real, .ratio, "Chance that an honest host scores above a dishonest one."),
    ])
}
