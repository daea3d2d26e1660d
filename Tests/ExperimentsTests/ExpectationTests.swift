import Report
import Statistics
import Testing

import struct Market.Expectation

@testable import Experiments

@Suite("An expectation") struct ExpectationTests {
  private static let metrics = MetricSet([ToyQueue.refunds])

  private func holds(
    _ bound: Expectation.Bound, confidence: Double? = nil, values: [Double] = [1, 2, 3, 4, 5],
    metric: String = "refunds"
  ) -> Bool {
    ExpectationVerdict(
      Expectation(metric: metric, bound: bound, confidence: confidence),
      outcomes: values.enumerated().map { replication, value in
        ReplicationOutcome(
          replication: replication,
          status: .finished(
            ReplicationOutput(
              values: MetricValues(Self.metrics, numbers: [value]), eventDigest: "",
              eventCount: 0)))
      }, metrics: Self.metrics
    ).holds
  }

  @Test("compares the mean, bounds excluded") func mean() {
    #expect(holds(.below(3.1)) && !holds(.below(3)))
    #expect(holds(.above(2.9)) && !holds(.above(3)))
    #expect(holds(.within(lower: 3, upper: 3)) && !holds(.within(lower: 3.1, upper: 4)))
  }

  @Test("with a confidence needs the whole interval, 3 ± 1.963 at 95 %") func interval() {
    #expect(holds(.below(4.97), confidence: 0.95) && !holds(.below(4.96), confidence: 0.95))
    #expect(holds(.above(1.03), confidence: 0.95) && !holds(.above(1.04), confidence: 0.95))
    #expect(!holds(.below(4.97), confidence: 0.99))
    #expect(!holds(.below(1e18), confidence: 0.95, values: [1]), "one replication proves nothing")
  }

  @Test("with a half-width needs the interval to be no wider") func width() {
    func holds(_ halfWidth: Double) -> Bool {
      let expectation = Expectation(
        metric: "m", bound: .below(10), confidence: 0.95, halfWidth: halfWidth)
      return ExpectationVerdict(expectation, tally: Tally([1, 2, 3, 4, 5])).holds
    }
    #expect(holds(1.97) && !holds(1.96))
  }

  @Test("says why it fails where its mean alone would not show it") func reasons() {
    func text(_ values: [Double], _ count: Int = 1, _ halfWidth: Double? = nil) -> String {
      let expectation = Expectation(
        metric: "m", bound: .below(5), confidence: 0.95, halfWidth: halfWidth)
      let verdict = ExpectationVerdict(expectation, tally: Tally(values))
      return ExpectationVerdict.corrected(Array(repeating: verdict, count: count))[0].description
    }
    #expect(text([1]).hasSuffix("for which it takes two replications"))
    #expect(!text([1, 2, 3, 4, 5]).contains("together"))
    #expect(
      text([1, 2, 3, 4, 5], 9).hasSuffix("of 9 lines judged together p = 0.024 is too much (Holm)"))
    #expect(text([1, 2, 3, 4, 5], 1, 0.5).contains("± 0.5 at most"))
  }

  @Test("fails when no replication has the metric, or the model lacks it") func absent() {
    #expect(!holds(.below(1e18), values: [.nan]))
    #expect(!holds(.below(1e18), metric: "unknown"))
    #expect(holds(.below(4), metric: "refunds_usd"))
  }

  @Test("is tabled with what came") func table() {
    let verdict = ExpectationVerdict(
      Expectation(metric: "refunds", bound: .below(2)), outcomes: [], metrics: Self.metrics)
    let table = ExpectationTable.table(of: [verdict])
    #expect(
      String(decoding: CSVEncoder.encode(table), as: UTF8.self).split(separator: "\n")[1]
        == "refunds,below,,2,,,,,,false")
  }
}

@Suite("Several expectations with confidence") struct CorrectedExpectationTests {
  private func verdict(_ mean: Double, below limit: Double, _ confidence: Double?)
    -> ExpectationVerdict
  {
    ExpectationVerdict(
      Expectation(metric: "m", bound: .below(limit), confidence: confidence),
      tally: Tally([mean - 1, mean, mean + 1, mean - 0.5, mean + 0.5]))
  }

  @Test("are held to a stricter standard than one") func correction() {
    // t = 2.83 with 4 degrees of freedom: p = 0.0237 one-sided.
    let single = verdict(0, below: 1, 0.95)
    #expect(single.holds)
    #expect(ExpectationVerdict.corrected([single]).map(\.holds) == [true])
    #expect(ExpectationVerdict.corrected([single, single]).map(\.holds) == [false, false])
    let clear = verdict(0, below: 10, 0.95)
    // Holm: once the clear one is out of the way, the other stands alone.
    #expect(ExpectationVerdict.corrected([single, clear]).map(\.holds) == [true, true])
    #expect(
      ExpectationVerdict.corrected([single, clear, single]).map(\.holds) == [false, true, false])
  }

  @Test("hold where nothing varies and the value is at an end of what is allowed") func ends() {
    func verdict(_ bound: Expectation.Bound, _ value: Double) -> ExpectationVerdict {
      ExpectationVerdict(
        Expectation(metric: "m", bound: bound, confidence: 0.95), tally: Tally([value, value]))
    }
    let within = Expectation.Bound.within(lower: 0, upper: 0.05)
    let clear = self.verdict(0, below: 10, 0.95)
    #expect(
      ExpectationVerdict.corrected([verdict(within, 0), verdict(within, 0.05), clear])
        .map(\.holds) == [true, true, true])
    #expect(
      ExpectationVerdict.corrected([verdict(within, 0.06), verdict(.below(0), 0), clear])
        .map(\.holds) == [false, false, true])
  }

  @Test("do not count those that only the mean must meet") func means() {
    let single = verdict(0, below: 1, 0.95)
    let mean = verdict(0, below: 1, nil)
    #expect(ExpectationVerdict.corrected([single, mean, mean]).map(\.holds) == [true, true, true])
  }
}
