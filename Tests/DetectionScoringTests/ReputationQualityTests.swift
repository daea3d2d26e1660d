import DetectionScoring
import Quantities
import Testing

@Suite("What scores that are no chances say of the truth") struct IsotonicTests {
  private func brier(_ scores: [Double], _ qualities: [Double]) -> Double {
    ReputationQuality(scores: scores, qualities: qualities, areChances: false).brier
  }

  @Test("is the nearest nondecreasing function of them") func pooled() {
    // 0.2, and 0.65 for both who are out of order.
    #expect((brier([1, 20, 300], [0.2, 0.8, 0.5]) - 2 * 0.15 * 0.15 / 3).magnitude < 1e-15)
    #expect(brier([3, 1, 2], [1, 0, 0.5]) == 0, "in order")
    // Worse than useless: the mean, whose error is the variance.
    #expect((brier([1, 2, 3, 4], [1, 1, 0, 0]) - 0.25).magnitude < 1e-15)
    // One score for three hosts is one value, 2/3.
    #expect((brier([7, 7, 7], [1, 1, 0]) - 2.0 / 9).magnitude < 1e-15)
    // Pools that pool again: 4, 3 and 2 tenths become one.
    #expect((brier([1, 2, 3], [0.4, 0.3, 0.2]) - 2 * 0.01 / 3).magnitude < 1e-15)
  }

  @Test("is worse where nothing but the order is changed, and no other where it is not")
  func invariance() {
    let qualities = [0.1, 0.9, 0.4, 0.6, 0.7]
    let scores = [0.2, 0.7, 0.3, 0.9, 0.8]
    #expect(brier(scores, qualities) == brier(scores.map { 100 * $0 * $0 }, qualities))
    #expect(brier(scores, qualities) < brier(scores.map { -$0 }, qualities))
  }
}

@Suite("Reputation quality") struct ReputationQualityTests {
  @Test("is the squared distance to the truth, and the agreement of orders") func measures() {
    let quality = ReputationQuality(scores: [0.9, 0.5, 0.1], qualities: [1, 0.5, 0])
    #expect(abs(quality.brier - 0.02 / 3) < 1e-12 && quality.rankAgreement == 1)
    let separation = CohortSeparation(good: [0.9, 0.5], bad: [0.1, 0.5])
    #expect(abs(separation.gap - 0.4) < 1e-12 && separation.area == 3.5 / 4)
  }

  @Test("separates cohorts for good only after the last relapse") func separating() {
    let wide = CohortSeparation(good: [1], bad: [0])
    let none = CohortSeparation(good: [0], bad: [1])
    func history(_ all: CohortSeparation...) -> [(time: SimTime, separation: CohortSeparation)] {
      all.enumerated().map { (.zero + .seconds(Int64($0)), $1) }
    }
    #expect(
      CohortSeparation.timeToSeparate(history(wide, none, wide, wide), area: 0.9)
        == .zero + .seconds(2))
    #expect(CohortSeparation.timeToSeparate(history(wide, none), area: 0.9) == nil)
  }
}
