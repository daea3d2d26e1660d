/// Everything that `marketsim validate analytic` runs, in its order.
public enum AnalyticSuite {
  public static let checks =
    QueueingChecks.all + HostQueueChecks.all + MatchingChecks.all + StatisticsChecks.all
    + EconomyChecks.all + GameChecks.all + ReputationChecks.all + [SybilRegion.check]

  /// Known results that are not checked, and why.
  public static let omitted: [(result: String, reason: String)] = [
    ("Erlang C at 50 and 100 servers", "intervals of 1 % at a load of 0.95 take hours"),
    ("Burke's and Jackson's theorems", "no queue of this market feeds another"),
    ("M/G/∞", "nobody waits in it; Erlang's formulas hold its tails"),
    ("metamorphic tie orders, digests over workers", "tests and marketsim verify hold them"),
    ("variance under common random numbers", "tests hold it, and marketsim compare prints it"),
    ("token buckets", "the contracts count in windows; Scenarios/rate-limiting.yaml holds theirs"),
    ("lottery tickets", "nobody is paid by chance in this market"),
    ("blob base fees", "they are a figure of the scenario here, not a market"),
    ("replay of a public event log", "marketsim conformance replays recorded transactions"),
    ("restaking loss bound", "nobody restakes in this market"),
  ]
}
