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

  @Test("has DeLong's variance where each cluster is of one subject") func ownClusters() {
    let positive = [3.0, 5, 5, 9, 4]
    let negative = [1.0, 5, 2, 4]
    let plain = Discrimination(positive: positive, negative: negative)
    let clustered = Discrimination(
      positive: positive, negative: negative, clusters: ([8, 1, 2, 3, 4], [5, 6, 7, 0]))
    #expect(clustered.area == plain.area)
    #expect(abs(clustered.variance - plain.variance) < 1e-15)
    // Everyone twice, in one cluster with himself, is no news.
    let doubled = Discrimination(
      positive: positive + positive, negative: negative + negative,
      clusters: (Array(0..<5) + Array(0..<5), Array(5..<9) + Array(5..<9)))
    #expect(doubled.area == plain.area)
    #expect(abs(doubled.variance - plain.variance) < 1e-15)
  }

  @Test("has Obuchowski's variance as all pairs give it") func clusters() {
    let positive = [3.0, 5, 5, 9, 4, 6]
    let negative = [1.0, 5, 2, 4, 7]
    // Cluster 0 has three positives, 1 two and a negative, 2 a positive and two negatives, 3 and 4 a
    // negative each.
    let (own, other) = ([0, 0, 0, 1, 1, 2], [1, 2, 2, 3, 4])
    func wins(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
    let area = positive.flatMap { p in negative.map { wins(p, $0) } }.reduce(0, +) / 30
    func deviations(_ cluster: Int) -> (Double, Double) {
      var (above, below) = (0.0, 0.0)
      for (p, number) in zip(positive, own) where number == cluster {
        above += negative.map { wins(p, $0) }.reduce(0, +) / 5 - area
      }
      for (n, number) in zip(negative, other) where number == cluster {
        below += positive.map { wins($0, n) }.reduce(0, +) / 6 - area
      }
      return (above, below)
    }
    let all = (0..<5).map(deviations)
    let s10 = 3.0 / (2 * 6) * all.reduce(0) { $0 + $1.0 * $1.0 }
    let s01 = 4.0 / (3 * 5) * all.reduce(0) { $0 + $1.1 * $1.1 }
    let s11 = 5.0 / 4 * all.reduce(0) { $0 + $1.0 * $1.1 }
    let found = Discrimination(positive: positive, negative: negative, clusters: (own, other))
    #expect(abs(found.area - area) < 1e-12)
    #expect(abs(found.variance - (s10 / 6 + s01 / 5 + 2 * s11 / 30)) < 1e-12)
  }

  @Test("says nothing of others from a single cluster") func oneCluster() {
    let found = Discrimination(
      positive: [2, 3, 4], negative: [1, 2.5, 3], clusters: ([0, 0, 0], [1, 2, 3]))
    #expect(found.variance.isNaN)
    let interval = found.interval(confidence: 0.95)
    #expect(interval.lower == 0 && interval.upper == 1)
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
    // Two rings of three are as few.
    let rings = Discrimination(
      positive: [3, 3, 3, 4, 4, 4], negative: [1, 2], clusters: ([0, 0, 0, 1, 1, 1], [2, 3]))
    #expect(rings.interval(confidence: 0.95) == interval)
  }

  @Test("does not call it certain that all are tied") func tied() {
    let interval = Discrimination(positive: [2, 2], negative: [2, 2, 2]).interval(confidence: 0.95)
    // A pair that is no tie, of which two had none, has a chance of 1 − ½α^(1/2) at most.
    #expect(abs(interval.lower - 0.079057) < 1e-6 && abs(interval.upper - 0.920943) < 1e-6)
    #expect(interval.value == 0.5)
  }
}
