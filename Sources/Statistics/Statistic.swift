/// One number that stands for everything that a metric observed during a replication.
public enum Statistic: Hashable, Sendable {
  /// The metric is a single number already.
  case value
  case mean
  case minimum
  case maximum
  case standardDeviation
  case total
  /// How many observations there were.
  case observations
  /// The quantile at `perMille` / 1000, 0 … 1000.
  case quantile(perMille: Int)

  public static let p50 = Statistic.quantile(perMille: 500)
  public static let p90 = Statistic.quantile(perMille: 900)
  public static let p95 = Statistic.quantile(perMille: 950)
  public static let p99 = Statistic.quantile(perMille: 990)
  public static let p999 = Statistic.quantile(perMille: 999)

  /// The part of a column name that tells this statistic from its siblings; nil for `value`.
  public var qualifier: String? {
    switch self {
    case .value: nil
    case .mean: "mean"
    case .minimum: "min"
    case .maximum: "max"
    case .standardDeviation: "sd"
    case .total: "total"
    case .observations: "n"
    case .quantile(let perMille):
      perMille.isMultiple(of: 10) ? "p\(perMille / 10)" : "p\(perMille)"
    }
  }
}
