import CGSL
import Testing

@testable import Kernel

@Suite("Random streams") struct RandomStreamTests {
  static let source = StreamSource(seed: 42, replication: 0, name: "tests")

  @Test("give the words of their counter, under their source's key") func layout() {
    var stream = Self.source.stream(entity: 7, event: 9)
    for block in 0..<5 {
      let expected = Philox.block(
        counter: (UInt64(block), 9, 7, 0), key: (Self.source.key0, Self.source.key1))
      let words = (stream.nextWord(), stream.nextWord(), stream.nextWord(), stream.nextWord())
      #expect(words == expected)
    }
  }

  @Test("keep their first words from build to build") func golden() {
    // Also computed apart from this code, in Python from the definitions (FNV-1a with 128 bits and
    // Philox); a change here changes every result of every scenario.
    var stream = StreamSource(seed: 1, replication: 2, name: "renter.arrivals")
      .stream(entity: 3, event: 4)
    let words = (0..<3).map { _ in stream.nextWord() }
    #expect(words == RandomStreamGolden.words, "\(words)")
  }

  @Test("do not move when another stream draws more") func independence() {
    var alone = Self.source.stream(entity: 1)
    let expected = (0..<100).map { _ in alone.nextWord() }
    var beside = Self.source.stream(entity: 1)
    var other = Self.source.stream(entity: 2)
    var got: [UInt64] = []
    for step in 0..<100 {
      for _ in 0..<step { _ = other.gamma(shape: 0.3, scale: 1) }
      got.append(beside.nextWord())
    }
    #expect(got == expected)
  }

  @Test("differ by seed, replication, name, entity and event") func naming() {
    var first: [UInt64] = []
    for (seed, replication, name) in [
      (1, 0, "a"), (2, 0, "a"), (1, 1, "a"), (1, 0, "b"), (1, 0, ""), (1, 0, "aa"),
    ] as [(UInt64, Int, String)] {
      let source = StreamSource(seed: seed, replication: replication, name: name)
      for (entity, event) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        var stream = source.stream(entity: entity, event: event)
        first += (0..<8).map { _ in stream.nextWord() }
      }
    }
    #expect(Set(first).count == first.count)
  }

  @Test("fill every pair of byte values alike", arguments: [0, 1, 2, 3, 4, 5, 6, 7])
  func serial(byte: Int) {
    // Serial test: successive words' bytes at one position as a point in a 256 × 256 grid.
    var stream = Self.source.stream(entity: 100 + byte)
    var counts = [Int](repeating: 0, count: 65_536)
    let draws = 200_000
    for _ in 0..<draws {
      let one = Int(stream.nextWord() >> UInt64(8 * byte) & 255)
      let other = Int(stream.nextWord() >> UInt64(8 * byte) & 255)
      counts[one << 8 | other] += 1
    }
    let p = chiSquaredProbability(of: counts, expected: Double(draws) / 65_536)
    #expect(p > 1e-4 && p < 1 - 1e-4, "p = \(p)")
  }

  @Test("are uncorrelated between neighbouring entities and events") func neighbours() {
    // The first words of 65,536 neighbours, as substreams per event are used.
    for byEvent in [false, true] {
      var counts = [Int](repeating: 0, count: 256)
      for number in 0..<65_536 {
        var stream = Self.source.stream(
          entity: byEvent ? 5 : number, event: byEvent ? number : 5)
        counts[Int(stream.nextWord() >> 56)] += 1
      }
      let p = chiSquaredProbability(of: counts, expected: 256)
      #expect(p > 1e-4 && p < 1 - 1e-4, "p = \(p)")
    }
  }
}

/// Probability of a larger deviation from `expected` in every cell.
func chiSquaredProbability(of counts: [Int], expected: Double) -> Double {
  let statistic = counts.reduce(0.0) { sum, count in
    let deviation = Double(count) - expected
    return sum + deviation * deviation / expected
  }
  return gsl_cdf_chisq_Q(statistic, Double(counts.count - 1))
}

enum RandomStreamGolden {
  static let words: [UInt64] = [
    14_534_216_973_036_267_714, 10_039_233_112_414_304_306, 12_312_917_659_233_333_182,
  ]
}
