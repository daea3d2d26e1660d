private import CGSL
private import Inference

/// How requests come in: rate, burstiness of gaps, and how unevenly they fall into windows.
package struct ArrivalStatistics: Equatable, Sendable {
  /// Requests per second.
  package let rate: Double
  /// Coefficient of variation of the gaps; 1 for Poisson arrivals.
  package let gapVariation: Double
  /// (CV − 1)/(CV + 1): 0 for Poisson arrivals, towards 1 for bursts.
  package let burstiness: Double
  /// Maximum-likelihood shape of gamma gaps; 1 for Poisson arrivals. Nil where more than a fifth of
  /// the gaps are zero, whose logarithms nobody knows.
  package let gammaShape: Double?
  /// Share of gaps of length zero; where it is large, the times are quantised and gaps say little.
  package let simultaneousShare: Double
  /// Variance over mean of the counts in windows of a second, ten and sixty; 1 for Poisson arrivals,
  /// nil where the trace has fewer than 10 windows.
  package let dispersion: [(window: Double, index: Double?)]

  package static func == (one: ArrivalStatistics, other: ArrivalStatistics) -> Bool {
    one.rate == other.rate && one.gapVariation == other.gapVariation
      && one.gammaShape == other.gammaShape && one.simultaneousShare == other.simultaneousShare
      && one.dispersion.map(\.index) == other.dispersion.map(\.index)
  }

  /// - Precondition: At least 3 arrivals in order, not all at once.
  package init(_ arrivals: [Double]) {
    let gaps = zip(arrivals.dropFirst(), arrivals).map { $0 - $1 }
    let span = arrivals[arrivals.count - 1] - arrivals[0]
    precondition(gaps.count > 1 && span > 0)
    let count = Double(gaps.count)
    let mean = span / count
    rate = 1 / mean
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    gapVariation = variance.squareRoot() / mean
    burstiness = (gapVariation - 1) / (gapVariation + 1)
    simultaneousShare = Double(gaps.count { $0 == 0 }) / count
    gammaShape = simultaneousShare > 0.2 ? nil : Self.gammaShape(gaps, mean)
    dispersion = [1, 10, 60].map { ($0, Self.dispersion(arrivals, span: span, window: $0)) }
  }

  /// Newton on ln k − ψ(k) = ln mean − mean ln, from Minka's start. A gap below the clock's
  /// resolution counts as half the shortest that it shows.
  private static func gammaShape(_ gaps: [Double], _ mean: Double) -> Double {
    let shortest = gaps.filter { $0 > 0 }.min() ?? mean
    let logs = gaps.reduce(0) { $0 + logarithm($1 > 0 ? $1 : shortest / 2) }
    let excess = logarithm(mean) - logs / Double(gaps.count)
    // Equal gaps have no finite shape.
    guard excess > 1e-6 else { return 1e6 }
    var shape =
      (3 - excess + ((excess - 3) * (excess - 3) + 24 * excess).squareRoot()) / (12 * excess)
    for _ in 0..<20 {
      let value = logarithm(shape) - gsl_sf_psi(shape) - excess
      let slope = 1 / shape - gsl_sf_psi_1(shape)
      let next = shape - value / slope
      shape = next > 0 ? next : shape / 2
    }
    return shape
  }

  private static func dispersion(
    _ arrivals: [Double], span: Double, window: Double
  ) -> Double? {
    let windows = Int(span / window)
    guard windows >= 10 else { return nil }
    var counts = [Double](repeating: 0, count: windows)
    for arrival in arrivals {
      let index = Int((arrival - arrivals[0]) / window)
      if index < windows { counts[index] += 1 }
    }
    let mean = counts.reduce(0, +) / Double(windows)
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(windows - 1)
    return mean > 0 ? variance / mean : nil
  }
}
