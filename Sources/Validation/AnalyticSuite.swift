/// Everything that `marketsim validate analytic` runs, in its order.
public enum AnalyticSuite {
  public static let checks =
    QueueingChecks.all + MatchingChecks.all + StatisticsChecks.all + EconomyChecks.all

  /// Known results that are not checked, and why.
  public static let omitted: [(result: String, reason: String)] = [
    ("Beta, EWMA and EigenTrust reputation", "the program has no such reputation yet"),
    ("SybilRank and other detectors", "the program has no detectors yet"),
    ("exit race, whitewashing, replication", "the program has no such behaviours yet"),
    ("paymaster reputation (ERC-7562)", "the program's bundlers keep no reputation"),
  ]
}
