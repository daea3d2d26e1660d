internal import CGSL

extension Estimate {
  /// A quantile of independent observations with the order statistics that enclose it at least with
  /// the stated probability, whatever their distribution.
  ///
  /// - Parameter share: 0 < `share` < 1.
  /// - Returns: An end is infinite where so few observations cannot say.
  /// - Source: Conover, Practical Nonparametric Statistics, 3.2.
  public static func quantile(
    _ share: Double, of values: [Double], confidence: Double
  ) -> Estimate {
    precondition(share > 0 && share < 1 && confidence > 0 && confidence < 1)
    precondition(!values.isEmpty, "a quantile needs an observation")
    let sorted = values.sorted()
    let n = UInt32(sorted.count)
    let tail = (1 - confidence) / 2
    // X(l) ≤ q fails when fewer than l observations lie below: P(Bin ≤ l − 1) must be ≤ tail.
    let lower = (1...sorted.count).last { gsl_cdf_binomial_P(UInt32($0 - 1), share, n) <= tail }
    let upper = (1...sorted.count).first { gsl_cdf_binomial_Q(UInt32($0 - 1), share, n) <= tail }
    let position = share * Double(sorted.count - 1)
    let rank = Int(position)
    let next = Swift.min(rank + 1, sorted.count - 1)
    return Estimate(
      value: sorted[rank] + (position - Double(rank)) * (sorted[next] - sorted[rank]),
      lower: lower.map { sorted[$0 - 1] } ?? -.infinity,
      upper: upper.map { sorted[$0 - 1] } ?? .infinity, confidence: confidence)
  }
}
