private import CGSL
package import Inference

/// Two lognormals fitted to lengths by expectation maximisation on their logarithms.
///
/// Ten starts: halves split at five quantiles, and a narrow component at each beside a broad one. Of
/// the maxima that they climb to, the one nearest to the lengths (Kolmogorov) is taken, which is not
/// always the likeliest: that one may spend a component on a spike. A component's deviation is at
/// least 0.05, so that a spike of equal lengths, such as of a system prompt, stays a density.
package struct MixtureFit: Equatable, Sendable {
  private static let leastDeviation = 0.05
  private static let iterations = 1_000

  package let mixture: LengthMixture
  /// Of lengths.
  package let mean: Double
  /// Largest distance between the distributions of lengths and fit (Kolmogorov).
  package let distance: Double

  /// - Precondition: At least two lengths, each at least 1.
  package init(_ lengths: [Int]) {
    precondition(lengths.count > 1)
    let sorted = lengths.sorted()
    var values: [(log: Double, count: Double)] = []
    var last = 0
    for length in sorted {
      if length == last {
        values[values.count - 1].count += 1
      } else {
        values.append((logarithm(Double(length)), 1))
      }
      last = length
    }
    let whole = Parameters(values, splitAt: Double(sorted.count))
    let starts = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap { share in
      let place = sorted[Int(share * Double(sorted.count - 1))]
      return [
        Parameters(values, splitAt: share * Double(sorted.count)),
        whole.beside(logarithm(Double(place))),
      ]
    }
    var (found, distance) = (whole, Double.infinity)
    for start in starts {
      let reached = Self.climb(values, from: start)
      let apart = Self.distance(reached, sorted)
      if apart < distance { (found, distance) = (reached, apart) }
    }
    found = found.ordered
    self.distance = distance
    mixture = LengthMixture(
      weight: found.weight, first: .init(mu: found.mu.0, sigma: found.sigma.0),
      second: .init(mu: found.mu.1, sigma: found.sigma.1),
      minimum: Int32(sorted[0]), maximum: Int32(sorted[sorted.count - 1]))
    mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
  }

  private struct Parameters {
    var weight: Double
    var mu: (Double, Double)
    var sigma: (Double, Double)

    /// Means and deviations of what lies below and above a number of lengths.
    init(_ values: [(log: Double, count: Double)], splitAt limit: Double) {
      var (low, high) = (Moments(), Moments())
      var seen = 0.0
      for value in values {
        if seen < limit {
          low.add(value.log, value.count)
        } else {
          high.add(value.log, value.count)
        }
        seen += value.count
      }
      if high.weight == 0 { high = low }
      weight = low.weight / (low.weight + high.weight)
      mu = (low.mean, high.mean)
      sigma = (low.deviation, high.deviation)
    }

    init(_ low: Moments, _ high: Moments) {
      weight = low.weight / (low.weight + high.weight)
      mu = (low.mean, high.mean)
      sigma = (low.deviation, high.deviation)
    }

    /// A broad component of nine tenths, and a narrow one.
    func beside(_ place: Double) -> Parameters {
      var other = self
      (other.weight, other.mu.1, other.sigma.1) = (0.9, place, 0.1)
      return other
    }

    /// The component with the smaller median first.
    var ordered: Parameters {
      guard mu.0 > mu.1 else { return self }
      var other = self
      (other.weight, other.mu, other.sigma) = (1 - weight, (mu.1, mu.0), (sigma.1, sigma.0))
      return other
    }

    func densities(_ value: Double) -> (Double, Double) {
      func density(_ mu: Double, _ sigma: Double) -> Double {
        let distance = (value - mu) / sigma
        return exponential(-distance * distance / 2) / sigma
      }
      return (weight * density(mu.0, sigma.0), (1 - weight) * density(mu.1, sigma.1))
    }

    func probability(below value: Double) -> Double {
      weight * gsl_cdf_gaussian_P(value - mu.0, sigma.0)
        + (1 - weight) * gsl_cdf_gaussian_P(value - mu.1, sigma.1)
    }
  }

  private struct Moments {
    var weight = 0.0
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double, _ count: Double) {
      weight += count
      sum += count * value
      squares += count * value * value
    }

    var mean: Double { weight > 0 ? sum / weight : 0 }
    var deviation: Double {
      guard weight > 0 else { return MixtureFit.leastDeviation }
      return max(squares / weight - mean * mean, 0).squareRoot()
        .clamped(from: MixtureFit.leastDeviation)
    }
  }

  private static func climb(
    _ values: [(log: Double, count: Double)], from start: Parameters
  ) -> Parameters {
    let total = values.reduce(0) { $0 + $1.count }
    var parameters = start
    var likelihood = -Double.infinity
    for _ in 0..<iterations {
      var (low, high) = (Moments(), Moments())
      var sum = 0.0
      for value in values {
        let (first, second) = parameters.densities(value.log)
        let both = max(first + second, 1e-300)
        sum += value.count * logarithm(both)
        low.add(value.log, value.count * first / both)
        high.add(value.log, value.count * second / both)
      }
      let gain = sum / total - likelihood
      likelihood = sum / total
      guard low.weight > 0, high.weight > 0, gain > 1e-10 else { break }
      parameters = Parameters(low, high)
    }
    return parameters
  }

  /// A fitted length is rounded, and cut at the shortest and longest seen.
  private static func distance(_ parameters: Parameters, _ sorted: [Int]) -> Double {
    var largest = 0.0
    var index = 0
    let count = Double(sorted.count)
    while index < sorted.count {
      var end = index
      while end < sorted.count, sorted[end] == sorted[index] { end += 1 }
      let isLast = end == sorted.count
      let fitted =
        isLast ? 1 : parameters.probability(below: logarithm(Double(sorted[index]) + 0.5))
      largest = max(largest, abs(Double(end) / count - fitted))
      index = end
    }
    return largest
  }
}

extension Double {
  fileprivate func clamped(from least: Double) -> Double { Swift.max(self, least) }
}
