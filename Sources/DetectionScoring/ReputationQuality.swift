public import Quantities
internal import Statistics

/// How well reputations tell what hosts are really like.
public struct ReputationQuality: Hashable, Sendable {
  /// Kendall's τ-b between scores and true quality; NaN when either does not vary.
  public let rankAgreement: Double
  /// Mean squared distance of true quality and what the score says of it, 0 … 1: the score itself where
  /// it is a chance, else the best nondecreasing function of it, fitted to the same hosts, which no other
  /// reading of the scores can beat.
  ///
  /// - Source: Brier, Monthly Weather Review 78(1), 1950; pool adjacent violators, Ayer et al., Annals
  ///   of Mathematical Statistics 26(4), 1955.
  public let brier: Double

  /// - Parameters:
  ///   - scores: 0 … 1. Shape `[hosts]`, at least one.
  ///   - qualities: True chance of a good experience, or its outcome, 0 … 1. Shape `[hosts]`.
  ///   - areChances: Whether a score is meant as the chance of a good experience.
  /// - Complexity: O(n log n).
  public init(scores: [Double], qualities: [Double], areChances: Bool = true) {
    precondition(scores.count == qualities.count, "a score for each quality")
    rankAgreement = RankCorrelation.kendall(scores, qualities)
    let forecasts = areChances ? scores : Self.isotonic(scores, qualities)
    let squares = zip(forecasts, qualities).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    brier = squares / Double(scores.count)
  }

  /// For each host the value at its score of the nondecreasing function that is nearest to the qualities.
  private static func isotonic(_ scores: [Double], _ qualities: [Double]) -> [Double] {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    var blocks: [(sum: Double, members: [Int])] = []
    var place = 0
    while place < order.count {
      // Equal scores say the same.
      var end = place
      while end < order.count, scores[order[end]] == scores[order[place]] { end += 1 }
      let members = Array(order[place..<end])
      blocks.append((members.reduce(0) { $0 + qualities[$1] }, members))
      place = end
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard last.sum * Double(before.members.count) <= before.sum * Double(last.members.count)
        else { break }
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.members + last.members))
      }
    }
    var fitted = [Double](repeating: 0, count: scores.count)
    for block in blocks {
      for member in block.members { fitted[member] = block.sum / Double(block.members.count) }
    }
    return fitted
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
