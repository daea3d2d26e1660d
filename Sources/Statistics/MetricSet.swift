/// The metrics of one model in their fixed order, and the columns that follow from them.
public struct MetricSet: Sendable {
  /// One number of each replication: a metric and one of its statistics.
  public struct Entry: Sendable {
    public let metric: Metric
    public let statistic: Statistic
    /// As in `summary.csv` and `expect:` lines: `latency_p95`.
    public var name: String { metric.name(of: statistic) }
    /// As in `replications.csv`: `latency_p95_s`.
    public var header: String { metric.header(of: statistic) }
    public var unit: MeasureUnit { metric.unit(of: statistic) }
  }

  public let metrics: [Metric]
  /// Every (metric, statistic) pair, metric by metric; the layout of `MetricValues`.
  public let entries: [Entry]
  private let firstEntries: [String: Int]

  /// - Precondition: No two entries share a header.
  public init(_ metrics: [Metric]) {
    self.metrics = metrics
    var entries: [Entry] = []
    var firstEntries: [String: Int] = [:]
    var headers: Set<String> = []
    for metric in metrics {
      firstEntries[metric.name] = entries.count
      for statistic in metric.summary {
        let entry = Entry(metric: metric, statistic: statistic)
        precondition(headers.insert(entry.header).inserted, "two metrics give \(entry.header)")
        entries.append(entry)
      }
    }
    self.entries = entries
    self.firstEntries = firstEntries
  }

  /// The entry that a user names, with or without its unit.
  public func index(named name: String) -> Int? {
    entries.firstIndex { $0.name == name } ?? entries.firstIndex { $0.header == name }
  }

  /// Where the entries of `metric` are; nil when this model lacks it.
  public func range(of metric: Metric) -> Range<Int>? {
    firstEntries[metric.name].map { $0..<($0 + entries[$0].metric.summary.count) }
  }
}
