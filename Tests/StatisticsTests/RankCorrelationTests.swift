import Kernel
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

  @Test("of whole numbers is that of the same numbers as reals", arguments: 0..<8)
  func whole(trial: Int) {
    var stream = StreamSource(seed: 5, replication: 0, name: "spearman").stream(entity: trial)
    let count = 2 + trial * 40
    let left = (0..<count).map { _ in UInt64(stream.below(9)) }
    let right = (0..<count).map { UInt64(stream.below(1 << 40)) >> 36 + left[$0] }
    let whole = RankCorrelation.spearman(ofWhole: left, right)
    let real = RankCorrelation.spearman(left.map(Double.init), right.map(Double.init))
    #expect(abs(whole - real) < 1e-12 || whole.isNaN && real.isNaN)
    #expect(RankCorrelation.spearman(ofWhole: left, left.map { _ in 3 }).isNaN)
    #expect(RankCorrelation.spearman(ofWhole: [], []).isNaN)
  }

  @Test("by Kendall's τ-b equals a count of all pairs, ties included", arguments: 0..<8)
  func kendall(trial: Int) {
    var stream = StreamSource(seed: 3, replication: 0, name: "kendall").stream(entity: trial)
    let count = 2 + trial * 9
    let left = (0..<count).map { _ in Double(stream.below(7)) }
    let right = (0..<count).map { Double(stream.below(5)) + left[$0] }
    var (difference, untiedLeft, untiedRight) = (0.0, 0.0, 0.0)
    for a in 0..<count {
      for b in 0..<a {
        let (x, y) = (left[a] - left[b], right[a] - right[b])
        difference += x * y > 0 ? 1 : x * y < 0 ? -1 : 0
        untiedLeft += x != 0 ? 1 : 0
        untiedRight += y != 0 ? 1 : 0
      }
    }
    let tau = RankCorrelation.kendall(left, right)
    #expect(abs(tau - difference / (untiedLeft * untiedRight).squareRoot()) < 1e-12)
    #expect(RankCorrelation.kendall([1, 2, 3], [3, 2, 1]) == -1)
    #expect(RankCorrelation.kendall([1, 1], [3, 2]).isNaN)
  }
}
