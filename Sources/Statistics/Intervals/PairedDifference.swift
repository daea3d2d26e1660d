internal import CGSL

/// The difference of two systems, replication by replication.
public struct PairedDifference: Hashable, Sendable {
  /// Of second − first.
  public let interval: ConfidenceInterval
  public let firstMean: Double
  public let secondMean: Double
  /// Pairs in which both were observed; of unpaired samples the smaller.
  public let pairs: Int
  /// Variance of the difference over the sum of both variances: 1 without any correlation, small
  /// where common random numbers help; NaN when nothing varies.
  public let varianceRatio: Double
  /// Two-sided, of no difference; NaN when the samples cannot say.
  public let pValue: Double

  /// The difference under the same random numbers.
  ///
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
    (firstMean, secondMean) = (left.mean, right.mean)
    interval = differences.interval(confidence: confidence)
    let sum = left.variance + right.variance
    varianceRatio = sum > 0 ? differences.variance / sum : .nan
    let error = (differences.variance / Double(pairs)).squareRoot()
    pValue = Self.pValue(differences.mean, error, Double(pairs - 1))
  }

  /// The difference of independent samples of unequal variance.
  ///
  /// - Returns: nil when either is empty.
  /// - Source: Welch, Biometrika 34, 1947.
  public init?(independent first: [Double], _ second: [Double], confidence: Double = 0.95) {
    let left = Tally(first.filter(\.isFinite))
    let right = Tally(second.filter(\.isFinite))
    guard left.count > 0, right.count > 0 else { return nil }
    pairs = Swift.min(left.count, right.count)
    (firstMean, secondMean) = (left.mean, right.mean)
    varianceRatio = 1
    let mean = right.mean - left.mean
    guard pairs > 1 else {
      interval = ConfidenceInterval(mean: mean, halfWidth: .infinity, confidence: confidence)
      pValue = .nan
      return
    }
    let (a, b) = (left.variance / Double(left.count), right.variance / Double(right.count))
    let error = (a + b).squareRoot()
    let freedom =
      a + b > 0
      ? (a + b) * (a + b) / (a * a / Double(left.count - 1) + b * b / Double(right.count - 1)) : 1
    interval = ConfidenceInterval(
      mean: mean,
      halfWidth: error > 0 ? gsl_cdf_tdist_Qinv((1 - confidence) / 2, freedom) * error : 0,
      confidence: confidence)
    pValue = Self.pValue(mean, error, freedom)
  }

  private static func pValue(_ mean: Double, _ error: Double, _ freedom: Double) -> Double {
    if error.isNaN { return .nan }
    if error == 0 { return mean == 0 ? 1 : 0 }
    return 2 * gsl_cdf_tdist_Q((mean / error).magnitude, freedom)
  }
}
