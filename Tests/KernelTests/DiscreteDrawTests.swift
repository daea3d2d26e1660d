import Kernel
import Testing

@Suite("Discrete draws") struct DiscreteDrawTests {
  static let source = StreamSource(seed: 8, replication: 0, name: "discrete")

  @Test("below a bound are all equally likely", arguments: [1, 2, 3, 7, 10, 1_000])
  func bounded(bound: Int) {
    var stream = Self.source.stream(entity: bound)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<(100 * bound + 50_000) { counts[stream.below(bound)] += 1 }
    guard bound > 1 else { return }
    let expected = Double(100 * bound + 50_000) / Double(bound)
    let p = chiSquaredProbability(of: counts, expected: expected)
    #expect(p > 1e-4 && p < 1 - 1e-4, "p = \(p)")
  }

  @Test("reject what would favour small values of a huge bound") func unbiased() {
    // Without rejection the lower third would come up half as often again.
    let bound = Int.max / 4 * 3
    var stream = Self.source.stream(entity: 50)
    var lower = 0
    for _ in 0..<90_000 where stream.below(bound) < bound / 3 { lower += 1 }
    #expect(abs(lower - 30_000) < 4 * 142)
  }

  @Test("of a range take both ends") func closedRange() {
    var stream = Self.source.stream(entity: 51)
    let seen = Set((0..<200).map { _ in stream.integer(in: -2...2) })
    #expect(seen == [-2, -1, 0, 1, 2])
  }

  @Test("of a sure or impossible event never err") func certain() {
    var stream = Self.source.stream(entity: 52)
    for _ in 0..<10_000 {
      let (sure, impossible) = (stream.bernoulli(1), stream.bernoulli(0))
      #expect(sure && !impossible)
    }
  }

  @Test("shuffle into every order alike") func permutations() {
    var stream = Self.source.stream(entity: 53)
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      stream.shuffle(&order)
      counts[order[0] * 16 + order[1] * 4 + order[2]] += 1
    }
    let seen = counts.filter { $0 > 0 }
    #expect(seen.count == 24)
    #expect(chiSquaredProbability(of: seen, expected: 1_000) > 1e-4)
  }

  @Test("by weight follow the weights and never take weight zero") func weighted() {
    let weights: [Double] = [0, 1, 2, 0, 5, 0.5, 1.5, 0]
    let choice = DiscreteChoice(weights: weights)
    var stream = Self.source.stream(entity: 54)
    for byTable in [false, true] {
      var counts = [Int](repeating: 0, count: weights.count)
      for _ in 0..<100_000 {
        let index = byTable ? choice.draw(from: &stream) : stream.index(weightedBy: weights)
        counts[index] += 1
      }
      for (count, weight) in zip(counts, weights) {
        let expected = weight * 10_000
        #expect(abs(Double(count) - expected) <= 4 * expected.squareRoot())
      }
    }
  }
}
