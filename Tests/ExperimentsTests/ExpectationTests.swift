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
        == "refunds,below,,2,,,,,false")
  }
}
