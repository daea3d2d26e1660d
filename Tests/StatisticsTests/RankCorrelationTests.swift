import Testing

@testable import Statistics

@Suite("Rank correlation") struct RankCorrelationTests {
  @Test("is ±1 for the same and the opposite order") func extremes() {
    #expect(abs(RankCorrelation.spearman([1, 2, 30], [4, 5, 6]) - 1) < 1e-12)
    #expect(abs(RankCorrelation.spearman([1, 2, 30], [6, 5, 4]) + 1) < 1e-12)
  }

  @Test("shares ranks among equals") func ties() {
    #expect(RankCorrelation.ranks([5, 1, 5, 3]) == [3.5, 1, 3.5, 2])
  }

  @Test("is absent when one side does not vary") func constant() {
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]).isNaN)
  }
}
