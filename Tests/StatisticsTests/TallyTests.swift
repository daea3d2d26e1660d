import Foundation
import Testing

@testable import Statistics

@Suite("A tally") struct TallyTests {
  @Test("agrees with two passes over the data, however large the mean")
  func twoPass() {
    var stream = SampleStream(seed: 1)
    let values = (0..<10_000).map { _ in 1e9 + stream.normal() }
    let mean = values.reduce(0, +) / 10_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9_999
    let tally = Tally(values)
    #expect(tally.count == 10_000)
    #expect(abs(tally.mean / mean - 1) < 1e-14)
    #expect(abs(tally.variance / variance - 1) < 1e-6)
    #expect(tally.minimum == values.min())
    #expect(tally.maximum == values.max())
    #expect(abs(tally.total / (mean * 10_000) - 1) < 1e-12)
  }

  @Test("merges to the tally of all observations", arguments: [0, 1, 500, 999, 1000])
  func merging(split: Int) {
    var stream = SampleStream(seed: 2)
    let values = (0..<1000).map { _ in stream.exponential() }
    var merged = Tally(values[..<split])
    merged.merge(Tally(values[split...]))
    let whole = Tally(values)
    #expect(merged.count == whole.count)
    #expect(abs(merged.mean - whole.mean) < 1e-14)
    #expect(abs(merged.variance / whole.variance - 1) < 1e-12)
    #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
  }

  @Test("has no mean without an observation and no variance without two") func empty() {
    #expect(Tally().mean.isNaN && Tally().minimum.isNaN && Tally().maximum.isNaN)
    #expect(Tally().total == 0)
    #expect(Tally([3]).mean == 3 && Tally([3]).variance.isNaN)
  }

  @Test("has the exact total of whole numbers") func total() {
    var tally = Tally((1...99_999).map { Double($0 * 7 % 1_013) })
    let sum = (1...99_999).reduce(0) { $0 + $1 * 7 % 1_013 }
    #expect(tally.total == Double(sum))
    tally.merge(Tally([0.5, 3]))
    #expect(tally.total == Double(sum) + 3.5)
  }

  @Test("traps on NaN") func refusesNaN() async {
    await #expect(processExitsWith: .failure) {
      var tally = Tally()
      tally.record(.nan)
    }
  }

  @Test("gives Student's interval") func studentInterval() {
    // t(0.975; 4) = 2.776445105, sd² = 2.5; t(0.995; 4) = 4.604094871.
    let interval = Tally([1, 2, 3, 4, 5]).interval(confidence: 0.95)
    #expect(abs(interval.halfWidth - 2.776_445_105 * (0.5).squareRoot()) < 1e-8)
    #expect(interval.mean == 3 && interval.contains(3) && !interval.contains(5))
    let wide = Tally([1, 2, 3, 4, 5]).interval(confidence: 0.99)
    #expect(abs(wide.halfWidth - 4.604_094_871 * (0.5).squareRoot()) < 1e-8)
    #expect(Tally([1]).interval(confidence: 0.95).halfWidth == .infinity)
  }

  @Test("gives intervals that contain the truth as often as they say") func coverage() {
    var stream = SampleStream(seed: 3)
    let covered = (0..<4000).count { _ in
      Tally((0..<10).map { _ in stream.normal() }).interval(confidence: 0.95).contains(0)
    }
    // Binomial with p = 0.95: four standard deviations are 0.0138.
    #expect(abs(Double(covered) / 4000 - 0.95) < 0.0138)
  }
}
