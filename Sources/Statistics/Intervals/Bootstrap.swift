internal import CGSL
public import Kernel

/// Intervals from resampling what was observed, for statistics without a formula.
public struct Bootstrap: Sendable {
  public let resamples: Int
  public let confidence: Double

  /// - Precondition: 0 < `confidence` < 1, at least 100 resamples.
  public init(resamples: Int = 1000, confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1 && resamples >= 100)
    self.resamples = resamples
    self.confidence = confidence
  }

  /// Percentile intervals of several statistics of the same rows, resampled together.
  ///
  /// - Parameter statistics: From row numbers, with repetition, to the figures.
  /// - Returns: One estimate a statistic; its value is that of all rows once. Resamples in which a
  ///   statistic is NaN do not count for it.
  public func estimates(
    rows: Int, statistics: ([Int]) -> [Double], drawing stream: inout RandomStream
  ) -> [Estimate] {
    precondition(rows > 0, "nothing to resample")
    let whole = statistics(Array(0..<rows))
    var drawn = [[Double]](repeating: [], count: whole.count)
    var sample = [Int](repeating: 0, count: rows)
    for _ in 0..<resamples {
      for index in sample.indices { sample[index] = stream.below(rows) }
      for (index, value) in statistics(sample).enumerated() where !value.isNaN {
        drawn[index].append(value)
      }
    }
    return zip(whole, drawn).map { value, draws in
      let tail = (1 - confidence) / 2
      let sorted = draws.sorted()
      return Estimate(
        value: value, lower: Self.quantile(tail, of: sorted),
        upper: Self.quantile(1 - tail, of: sorted), confidence: confidence)
    }
  }

  /// The bias-corrected and accelerated interval of one statistic of independent observations.
  ///
  /// - Source: Efron, "Better bootstrap confidence intervals", JASA 82, 1987.
  /// - Complexity: O((resamples + n) × cost of `statistic`).
  public func interval(
    of values: [Double], statistic: ([Double]) -> Double, drawing stream: inout RandomStream
  ) -> Estimate {
    precondition(!values.isEmpty, "nothing to resample")
    let whole = statistic(values)
    var drawn: [Double] = []
    var sample = values
    for _ in 0..<resamples {
      for index in sample.indices { sample[index] = values[stream.below(values.count)] }
      drawn.append(statistic(sample))
    }
    drawn.sort()
    let below = drawn.count { $0 < whole }
    let equal = drawn.count { $0 == whole }
    let share = (Double(below) + Double(equal) / 2) / Double(drawn.count)
    guard share > 0, share < 1, values.count > 1 else {
      return Estimate(
        value: whole, lower: drawn[0], upper: drawn[drawn.count - 1], confidence: confidence)
    }
    let bias = gsl_cdf_ugaussian_Pinv(share)
    let acceleration = Self.acceleration(of: values, statistic)
    func end(_ tail: Double) -> Double {
      let z = bias + gsl_cdf_ugaussian_Pinv(tail)
      return Self.quantile(gsl_cdf_ugaussian_P(bias + z / (1 - acceleration * z)), of: drawn)
    }
    let tail = (1 - confidence) / 2
    return Estimate(value: whole, lower: end(tail), upper: end(1 - tail), confidence: confidence)
  }

  /// Skewness of the statistic as the jackknife sees it.
  private static func acceleration(
    of values: [Double], _ statistic: ([Double]) -> Double
  ) -> Double {
    let left = values.indices.map { index in
      var others = values
      others.remove(at: index)
      return statistic(others)
    }
    let mean = left.reduce(0, +) / Double(left.count)
    let squares = left.reduce(0) { $0 + (mean - $1) * (mean - $1) }
    let cubes = left.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// Type 7 quantile of ascending values; NaN of none.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let position = share * Double(sorted.count - 1)
    let rank = Int(position)
    let next = Swift.min(rank + 1, sorted.count - 1)
    return sorted[rank] + (position - Double(rank)) * (sorted[next] - sorted[rank])
  }
}
