/// The difference of two systems observed under the same random numbers, replication by
/// replication.
public struct PairedDifference: Hashable, Sendable {
  /// Of second − first.
  public let interval: ConfidenceInterval
  /// Pairs in which both were observed.
  public let pairs: Int
  /// Variance of the difference over the sum of both variances: 1 without any correlation, small
  /// where common random numbers help; NaN when nothing varies.
  public let varianceRatio: Double

  /// - Parameters: NaN where a replication lacks the metric; such pairs do not count.
  /// - Returns: nil without a pair.
  public init?(first: [Double], second: [Double], confidence: Double = 0.95) {
    var differences = Tally()
    var (left, right) = (Tally(), Tally())
    for (a, b) in zip(first, second) where a.isFinite && b.isFinite {
      differences.record(b - a)
      left.record(a)
      right.record(b)
    }
    guard differences.count > 0 else { return nil }
    pairs = differences.count
    interval = differences.interval(confidence: confidence)
    let sum = left.variance + right.variance
    varianceRatio = sum > 0 ? differences.variance / sum : .nan
  }

  /// Mean difference in standard errors; infinite when it never varies.
  public var standardised: Double {
    if interval.mean == 0 { return 0 }
    guard interval.halfWidth.isFinite else { return .nan }
    return interval.halfWidth == 0 ? .infinity : (interval.mean / interval.halfWidth).magnitude
  }
}
