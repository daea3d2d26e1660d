internal import CGSL

/// An interval that contains the true mean with the stated probability, if replications are
/// independent and their means near normal.
public struct ConfidenceInterval: Hashable, Sendable {
  public let mean: Double
  /// Infinite when one replication cannot say.
  public let halfWidth: Double
  /// 0 … 1, such as 0.95.
  public let confidence: Double

  public init(mean: Double, halfWidth: Double, confidence: Double) {
    self.mean = mean
    self.halfWidth = halfWidth
    self.confidence = confidence
  }

  public var lower: Double { mean - halfWidth }
  public var upper: Double { mean + halfWidth }
  /// Half-width over the magnitude of the mean.
  public var relativeHalfWidth: Double { halfWidth / mean.magnitude }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

extension Tally {
  /// One-sided p-value of a true mean of at least `limit`; 1 when one observation cannot say.
  ///
  /// - Parameter excluded: The mean is beyond `limit`, not at it; it matters where nothing varies.
  public func chance(ofMeanAtLeast limit: Double, excluded: Bool = false) -> Double {
    guard count > 1 else { return 1 }
    let error = (variance / Double(count)).squareRoot()
    if error == 0 { return mean < limit || (excluded && mean == limit) ? 0 : 1 }
    return gsl_cdf_tdist_P((mean - limit) / error, Double(count - 1))
  }

  /// One-sided p-value of a true mean of at most `limit`.
  public func chance(ofMeanAtMost limit: Double, excluded: Bool = false) -> Double {
    guard count > 1 else { return 1 }
    let error = (variance / Double(count)).squareRoot()
    if error == 0 { return mean > limit || (excluded && mean == limit) ? 0 : 1 }
    return gsl_cdf_tdist_Q((mean - limit) / error, Double(count - 1))
  }

  /// Student's t interval for the mean of independent observations, here replication means.
  ///
  /// - Precondition: 0 < `confidence` < 1 and at least one observation.
  public func interval(confidence: Double) -> ConfidenceInterval {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(count > 0, "an interval needs an observation")
    guard count > 1 else {
      return ConfidenceInterval(mean: mean, halfWidth: .infinity, confidence: confidence)
    }
    let quantile = gsl_cdf_tdist_Qinv((1 - confidence) / 2, Double(count - 1))
    return ConfidenceInterval(
      mean: mean, halfWidth: quantile * (variance / Double(count)).squareRoot(),
      confidence: confidence)
  }
}
