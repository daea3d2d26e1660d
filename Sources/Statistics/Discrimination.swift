internal import CGSL

/// How well a score tells two kinds apart, whatever the threshold.
public struct Discrimination: Hashable, Sendable {
  /// Area under the ROC curve: the chance that a positive scores above a negative, ties counting
  /// half; NaN when a kind is missing.
  public let area: Double
  public let positives: Int
  public let negatives: Int

  /// - Complexity: O(n log n).
  /// - Source: Mann, Whitney, 1947: area = U / (n₁n₀), from ranks.
  public init(positive: [Double], negative: [Double]) {
    positives = positive.count
    negatives = negative.count
    let ranks = RankCorrelation.ranks(positive + negative)
    let sum = ranks.prefix(positive.count).reduce(0, +)
    let n = Double(positive.count)
    let pairs = n * Double(negative.count)
    area = pairs > 0 ? (sum - n * (n + 1) / 2) / pairs : .nan
  }

  /// - Source: Hanley, McNeil, Radiology 143(1), 1982.
  public func interval(confidence: Double) -> Estimate {
    let q1 = area / (2 - area)
    let q2 = 2 * area * area / (1 + area)
    let variance =
      (area * (1 - area) + Double(positives - 1) * (q1 - area * area)
        + Double(negatives - 1) * (q2 - area * area)) / (Double(positives) * Double(negatives))
    let width = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2) * variance.squareRoot()
    return Estimate(
      value: area, lower: Swift.max(0, area - width), upper: Swift.min(1, area + width),
      confidence: confidence)
  }
}
