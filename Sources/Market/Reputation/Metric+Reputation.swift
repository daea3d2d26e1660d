package import Statistics

/// How one model of reputation did.
package struct ReputationMetrics: Sendable {
  let agreement: Metric
  let brier: Metric
  let separation: Metric
  let separatedAfter: Metric
  let parityAfter: Metric

  package var all: [Metric] { [agreement, brier, separation, separatedAfter, parityAfter] }

  init(_ model: String) {
    agreement = Metric(
      name: "reputation_tau_\(model)", unit: .ratio, observed: .atEnd,
      meaning:
        "Kendall's τ-b at the horizon between that model's scores and the share of its jobs that each "
        + "host really did; empty unless the model is kept and both vary.")
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
    parityAfter = Metric(
      name: "newcomer_parity_\(model)", unit: .seconds, observed: .atEnd,
      meaning:
        "Median time until a newcomer scores 95 % of the median of those who were there at the start; "
        + "empty where fewer than half of the newcomers ever do.")
  }
}

extension Metric {
  /// In the order of `ReputationChoice.Name.allCases`.
  package static let reputationModels = ["contract", "beta", "ewma", "eigen_trust"].map {
    ReputationMetrics($0)
  }
  /// All of them, in that order.
  static let ofReputations = reputationModels.flatMap(\.all)
  static let newcomersFirstJob = Metric(
    name: "newcomer_first_job", unit: .seconds, observed: .atEnd,
    meaning:
      "Median time from a registration during the run to the first claim; empty without detectors and "
      + "models of reputation, and where fewer than half of the newcomers ever claim.")
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
        "Kendall's τ-b of all scores and the share of its jobs that each host really did."),
      Column(
        "brier", .real, .ratio,
        "Mean squared distance of that share from what the score says of it: itself where it is a chance "
          + "(beta, ewma), else the best nondecreasing function of it, fitted to the same hosts."),
      Column("gap", .real, .ratio, "Mean score of honest less mean of dishonest conduct."),
      Column("auc", .real, .ratio, "Chance that an honest host scores above a dishonest one."),
    ])
}
