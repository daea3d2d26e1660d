/// What one replication reports: one number for each entry of its metric set, NaN where absent.
public struct MetricValues: Sendable {
  public let metrics: MetricSet
  /// In the order of `metrics.entries`.
  public private(set) var numbers: [Double]

  /// All absent.
  public init(_ metrics: MetricSet) {
    self.metrics = metrics
    numbers = Array(repeating: .nan, count: metrics.entries.count)
  }

  /// Numbers read back from a finished replication.
  public init(_ metrics: MetricSet, numbers: [Double]) {
    precondition(numbers.count == metrics.entries.count, "as many numbers as entries")
    self.metrics = metrics
    self.numbers = numbers
  }

  /// Reports a metric that is one number.
  ///
  /// - Precondition: `metric` belongs to the set and keeps one statistic.
  public mutating func set(_ metric: Metric, _ value: Double) {
    let range = place(of: metric)
    precondition(range.count == 1, "\(metric.name) keeps more than one statistic")
    numbers[range.lowerBound] = value
  }

  /// Reports every statistic that `metric` keeps, from its tally and, for quantiles, `quantiles`.
  ///
  /// All are absent when nothing was observed, except `total` and `observations`, which are 0.
  ///
  /// - Precondition: `quantiles` is given when the metric keeps a quantile.
  public mutating func set(_ metric: Metric, _ tally: Tally, _ quantiles: Quantiles? = nil) {
    for index in place(of: metric) {
      numbers[index] = Self.number(
        of: metrics.entries[index].statistic, metric, tally, quantiles)
    }
  }

  /// The number that a user names; nil when unknown, NaN when absent.
  public func number(named name: String) -> Double? {
    metrics.index(named: name).map { numbers[$0] }
  }

  private func place(of metric: Metric) -> Range<Int> {
    guard let range = metrics.range(of: metric) else {
      preconditionFailure("metric \(metric.name) is not declared by this model")
    }
    return range
  }

  private static func number(
    of statistic: Statistic, _ metric: Metric, _ tally: Tally, _ quantiles: Quantiles?
  ) -> Double {
    switch statistic {
    case .observations: return Double(tally.count)
    case .total: return tally.total
    case .value, .mean: return tally.mean
    case .minimum: return tally.minimum
    case .maximum: return tally.maximum
    case .standardDeviation: return tally.standardDeviation
    case .quantile(let perMille):
      guard let quantiles else { preconditionFailure("\(metric.name) keeps a quantile") }
      return quantiles.value(at: Double(perMille) / 1000)
    }
  }
}
