import Foundation
import Kernel
import Statistics
import Testing

@Suite("Intervals") struct IntervalTests {
  private static func stream(_ entity: Int) -> RandomStream {
    StreamSource(seed: 11, replication: 0, name: "interval.tests").stream(entity: entity)
  }

  @Test("of a bootstrapped mean cover it nearly as often as they say") func bootstrapCoverage() {
    let covered = (0..<400).count { experiment in
      var stream = Self.stream(experiment)
      let values = (0..<40).map { _ in stream.exponential(mean: 1.0) }
      return Bootstrap(resamples: 400).interval(
        of: values, statistic: { $0.reduce(0, +) / Double($0.count) }, drawing: &stream
      ).contains(1)
    }
    // Of skewed data; 400 experiments have a standard error of 1.1 points.
    #expect((352...392).contains(covered), "\(covered)")
  }

  @Test("of a constant are the constant") func constant() {
    var stream = Self.stream(0)
    let estimate = Bootstrap(resamples: 100).interval(
      of: [2, 2, 2], statistic: { $0[0] }, drawing: &stream)
    #expect(estimate.lower == 2 && estimate.upper == 2)
  }

  @Test("of a quantile cover it at least as often as they say") func quantileCoverage() {
    let covered = (0..<1000).count { experiment in
      var stream = Self.stream(experiment)
      let values = (0..<60).map { _ in stream.exponential(mean: 1.0) }
      return Estimate.quantile(0.9, of: values, confidence: 0.95).contains(log(10))
    }
    #expect((945...995).contains(covered), "\(covered)")
  }

  @Test("of a quantile are open where so few observations cannot say") func fewObservations() {
    let estimate = Estimate.quantile(0.99, of: [1, 2, 3], confidence: 0.95)
    #expect(estimate.upper == .infinity && estimate.value <= 3)
    // Ranks 2 and 9 enclose the median of 10 with 97.9 %; 3 and 8 only with 89.1 %.
    let median = Estimate.quantile(0.5, of: (1...10).map(Double.init), confidence: 0.95)
    #expect(median.lower == 2 && median.upper == 9 && median.value == 5.5)
  }

  @Test("of paired differences are narrow where the pairs move together") func paired() throws {
    var stream = Self.stream(1)
    let first = (0..<30).map { _ in stream.standardNormal() }
    let second = first.map { $0 + 0.5 + 0.1 * stream.standardNormal() }
    let difference = try #require(PairedDifference(first: first, second: second))
    #expect(difference.interval.contains(0.5) && difference.interval.halfWidth < 0.06)
    #expect(difference.varianceRatio < 0.02)
    let holed = try #require(PairedDifference(first: [.nan, 1, 2], second: [1, 2, .nan]))
    #expect(holed.pairs == 1 && holed.interval.halfWidth == .infinity)
    #expect(PairedDifference(first: [.nan], second: [1]) == nil)
  }

  @Test("of several claims are corrected as Holm says") func holm() {
    #expect(
      HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005]).map { ($0 * 1e6).rounded() / 1e6 } == [
        0.03, 0.06, 0.06, 0.02,
      ])
    #expect(HolmCorrection.adjusted([0.9, 0.8]) == [1, 1] && HolmCorrection.adjusted([]).isEmpty)
  }

  @Test("narrow enough stop a sequence") func precision() {
    let rule = PrecisionRule(relativeHalfWidth: 0.1, limit: 10)
    #expect(!rule.isMet(by: Tally([1])) && !rule.isMet(by: Tally([1, 2])))
    #expect(rule.isMet(by: Tally([1, 1.01, 0.99, 1])) && rule.isMet(by: Tally([0, 0])))
  }
}
