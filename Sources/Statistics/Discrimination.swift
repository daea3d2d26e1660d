internal import CGSL

/// How well a score tells two kinds apart, whatever the threshold.
public struct Discrimination: Hashable, Sendable {
  /// Area under the ROC curve: the chance that a positive scores above a negative, ties counting
  /// half; NaN when a kind is missing.
  public let area: Double
  public let positives: Int
  public let negatives: Int
  /// Of the area, without assuming anything of how scores are distributed; NaN with fewer than two
  /// of a kind.
  ///
  /// - Source: DeLong, DeLong, Clarke-Pearson, Biometrics 44(3), 1988, from ranks as in Sun, Xu,
  ///   IEEE Signal Processing Letters 21(11), 2014.
  public let variance: Double

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
    // What share of the other kind each one lies above: the rank in all less that in its own kind.
    let above = Tally(
      zip(ranks.prefix(positive.count), RankCorrelation.ranks(positive)).map {
        ($0 - $1) / Double(negative.count)
      })
    let below = Tally(
      zip(ranks.suffix(negative.count), RankCorrelation.ranks(negative)).map {
        ($0 - $1) / Double(positive.count)
      })
    variance = above.variance / n + below.variance / Double(negative.count)
  }

  /// DeLong's interval, cut to 0 … 1.
  ///
  /// Where no pair is in the wrong (or the right) order the variance is 0, which says nothing; then
  /// the bound is the exact binomial one for as many independent pairs as the rarer kind has members.
  public func interval(confidence: Double) -> Estimate {
    let tail = (1 - confidence) / 2
    var width = gsl_cdf_ugaussian_Qinv(tail) * variance.squareRoot()
    if area == 1 || area == 0 {
      width = 1 - gsl_cdf_beta_Pinv(tail, Double(Swift.min(positives, negatives)), 1)
    }
    return Estimate(
      value: area, lower: Swift.max(0, area - width), upper: Swift.min(1, area + width),
      confidence: confidence)
  }
}
