import Kernel
import Statistics
import Testing

@Suite("Discrimination") struct DiscriminationTests {
  @Test("has DeLong's variance as all pairs give it") func variance() {
    let positive = [3.0, 5, 5, 9, 4]
    let negative = [1.0, 5, 2, 4]
    func wins(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
    let above = positive.map { p in negative.map { wins(p, $0) }.reduce(0, +) / 4 }
    let below = negative.map { n in positive.map { wins($0, n) }.reduce(0, +) / 5 }
    let found = Discrimination(positive: positive, negative: negative)
    #expect(abs(found.area - above.reduce(0, +) / 5) < 1e-12)
    #expect(abs(found.variance - Tally(above).variance / 5 - Tally(below).variance / 4) < 1e-12)
  }

  @Test("covers the true area as often as its interval says") func coverage() {
    // Exponentials of means 2 and 1: the first is the greater with chance 2/3.
    let covered = (0..<1_000).count { experiment in
      var stream = StreamSource(seed: 5, replication: 0, name: "area").stream(entity: experiment)
      let positive = (0..<60).map { _ in stream.exponential(mean: 2.0) }
      let negative = (0..<90).map { _ in stream.exponential(mean: 1.0) }
      return Discrimination(positive: positive, negative: negative)
        .interval(confidence: 0.95).contains(2.0 / 3)
    }
    #expect((925...970).contains(covered), "\(covered)")
  }

  @Test("does not call a perfect order of few certain") func perfect() {
    let interval = Discrimination(positive: [3, 4], negative: [1, 2]).interval(confidence: 0.95)
    // ½α^(1/2) = 0.158.
    #expect(abs(interval.lower - 0.158114) < 1e-6 && interval.upper == 1)
  }
}
