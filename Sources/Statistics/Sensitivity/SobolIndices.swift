internal import Kernel

/// Shares of a result's variance that factors explain, from a Saltelli design.
public struct SobolIndices: Sendable {
  public struct Factor: Sendable {
    /// Share explained by the factor alone; estimates may fall a little below 0.
    public let first: Estimate
    /// Share that the factor takes part in, interactions included.
    public let total: Estimate
  }

  public let factors: [Factor]
  /// Of the results over the factors' ranges, simulation noise included.
  public let variance: Double
  /// Whole base rows among those planned.
  public let complete: Int

  /// - Parameters:
  ///   - results: One for each point of a `.saltelli` design; NaN where a point failed, which drops
  ///     its base row.
  ///   - confidence: Of the percentile bootstrap intervals over base rows.
  /// - Returns: nil when fewer than eight rows, or fewer than half, are whole or nothing varies.
  /// - Source: first: Saltelli et al. 2010 (b), on centred results; total: Jansen 1999 (f).
  public init?(
    factors k: Int, results: [Double], confidence: Double = 0.95, resamples: Int = 1000,
    seed: UInt64
  ) {
    let width = k + 2
    precondition(k > 0 && results.count.isMultiple(of: width))
    let planned = results.count / width
    let rows = (0..<planned).filter { row in
      results[(row * width)..<((row + 1) * width)].allSatisfy(\.isFinite)
    }
    guard rows.count >= 8, 2 * rows.count >= planned else { return nil }
    var pair = Tally()
    for row in rows {
      pair.record(results[row * width])
      pair.record(results[row * width + 1])
    }
    // Rounding of the mean leaves a variance of this size where nothing varies.
    let rounding = pair.mean.magnitude * 1e-12
    guard pair.variance > rounding * rounding else { return nil }
    let centre = pair.mean
    // Everything that a resample sums, a row of 2 + 2k numbers for each base row.
    let stride = 2 + 2 * k
    var terms: [Double] = []
    terms.reserveCapacity(rows.count * stride)
    for row in rows {
      let a = results[row * width] - centre
      let b = results[row * width + 1] - centre
      terms.append(a + b)
      terms.append(a * a + b * b)
      for factor in 0..<k {
        let mixed = results[row * width + 2 + factor] - centre
        terms.append(b * (mixed - a))
        terms.append((a - mixed) * (a - mixed) / 2)
      }
    }
    var stream = StreamSource(seed: seed, replication: 0, name: "bootstrap.sobol").stream()
    let estimates = Bootstrap(resamples: resamples, confidence: confidence).estimates(
      rows: rows.count,
      statistics: { sample in
        var sums = [Double](repeating: 0, count: stride)
        for row in sample {
          for index in 0..<stride { sums[index] += terms[row * stride + index] }
        }
        let n = Double(sample.count)
        let mean = sums[0] / (2 * n)
        let variance = sums[1] / (2 * n) - mean * mean
        return [variance] + sums[2...].map { variance > 0 ? $0 / n / variance : .nan }
      }, drawing: &stream)
    variance = estimates[0].value
    complete = rows.count
    factors = (0..<k).map { factor in
      Factor(first: estimates[1 + 2 * factor], total: estimates[2 + 2 * factor])
    }
  }
}
