/// Everything that `marketsim validate analytic` runs, in its order.
public enum AnalyticSuite {
  public static let checks =
    QueueingChecks.all + MatchingChecks.all + StatisticsChecks.all + EconomyChecks.all
    + GameChecks.all + ReputationChecks.all

  /// Known results that are not checked, and why.
  public static let omitted: [(result: String, reason: String)] = [
    ("SybilRank's bound on accepted Sybils", "it holds up to a constant that nobody states"),
    ("restaking loss bound", "nobody restakes in this market"),
  ]
}
