internal import Kernel

/// How much each factor moves a result, from the elementary effects of Morris trajectories.
public struct MorrisEffects: Sendable {
  public struct Factor: Sendable {
    /// Mean effect of moving the factor over its whole range; signs may cancel.
    public let mu: Estimate
    /// Mean magnitude of the effect.
    public let muStar: Estimate
    /// Standard deviation of the effect: interaction or curvature.
    public let sigma: Estimate
  }

  public let factors: [Factor]
  /// Whole trajectories among those planned.
  public let complete: Int

  /// - Parameters:
  ///   - points: Of a `.morris` design.
  ///   - places: Where each point's coordinates really lie, 0 … 1 of the factor's range, if not at
  ///     `points`; effects are per that. A trajectory with a step that leads nowhere is dropped.
  ///   - results: One for each point; NaN where a point failed, which drops its trajectory.
  ///   - confidence: Of the percentile bootstrap intervals over trajectories.
  /// - Returns: nil with fewer than two whole trajectories.
  public init?(
    _ points: UnitPoints, at places: [[Double]]? = nil, results: [Double],
    confidence: Double = 0.95, resamples: Int = 1000,
    seed: UInt64
  ) {
    let k = points.dimensions
    precondition(results.count == points.count && points.count.isMultiple(of: k + 1))
    let places = places ?? (0..<points.count).map { Array(points[$0]) }
    var effects: [[Double]] = []
    for first in stride(from: 0, to: points.count, by: k + 1) {
      let values = results[first...(first + k)]
      guard values.allSatisfy(\.isFinite) else { continue }
      var row = [Double](repeating: .nan, count: k)
      for step in 0..<k {
        let (before, after) = (Array(points[first + step]), Array(points[first + step + 1]))
        // Exactly one coordinate differs.
        guard let factor = (0..<k).first(where: { before[$0] != after[$0] }) else {
          preconditionFailure("a Morris step moves a factor")
        }
        let way = places[first + step + 1][factor] - places[first + step][factor]
        if way != 0 { row[factor] = (results[first + step + 1] - results[first + step]) / way }
      }
      guard row.allSatisfy(\.isFinite) else { continue }
      effects.append(row)
    }
    guard effects.count > 1 else { return nil }
    complete = effects.count
    var stream = StreamSource(seed: seed, replication: 0, name: "bootstrap.morris").stream()
    let statistics: ([Int]) -> [Double] = { rows in
      var numbers: [Double] = []
      for factor in 0..<k {
        let tally = Tally(rows.map { effects[$0][factor] })
        numbers.append(tally.mean)
        numbers.append(Tally(rows.map { effects[$0][factor].magnitude }).mean)
        numbers.append(tally.standardDeviation)
      }
      return numbers
    }
    let estimates = Bootstrap(resamples: resamples, confidence: confidence).estimates(
      rows: effects.count, statistics: statistics, drawing: &stream)
    factors = (0..<k).map { factor in
      Factor(
        mu: estimates[3 * factor], muStar: estimates[3 * factor + 1],
        sigma: estimates[3 * factor + 2])
    }
  }
}
