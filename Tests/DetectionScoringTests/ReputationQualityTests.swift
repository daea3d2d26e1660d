import DetectionScoring
import Quantities
import Testing

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
