public import Quantities
internal import Statistics

/// How well reputations tell what hosts are really like.
public struct ReputationQuality: Hashable, Sendable {
  /// Kendall's τ-b between scores and true quality; NaN when either does not vary.
  public let rankAgreement: Double
  /// Mean squared distance of score and true quality, 0 … 1.
  public let brier: Double

  /// - Parameters:
  ///   - scores: 0 … 1. Shape `[hosts]`, at least one.
  ///   - qualities: True chance of a good experience, or its outcome, 0 … 1. Shape `[hosts]`.
  /// - Complexity: O(n log n).
  public init(scores: [Double], qualities: [Double]) {
    precondition(scores.count == qualities.count, "a score for each quality")
    rankAgreement = RankCorrelation.kendall(scores, qualities)
    let squares = zip(scores, qualities).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    brier = squares / Double(scores.count)
  }
}

/// How far the scores of a good and a bad cohort lie apart.
public struct CohortSeparation: Hashable, Sendable {
  /// Mean of the good less mean of the bad.
  public let gap: Double
  /// Chance that one of the good scores above one of the bad.
  public let area: Double

  public init(good: [Double], bad: [Double]) {
    gap = Tally(good).mean - Tally(bad).mean
    area = Discrimination(positive: good, negative: bad).area
  }

  /// The first instant from which on all separations are at least `area`; nil if the last is less.
  ///
  /// - Parameter history: In the order of time.
  public static func timeToSeparate(
    _ history: [(time: SimTime, separation: CohortSeparation)], area: Double
  ) -> SimTime? {
    let lastBelow = history.lastIndex { !($0.separation.area >= area) }
    let first = lastBelow.map { $0 + 1 } ?? 0
    return first < history.count ? history[first].time : nil
  }
}
