import Foundation
import Testing

@testable import Statistics

@Suite("Observations") struct ObservationsTests {
  @Test("all count in a terminating run") func terminating() {
    var observations = Observations()
    for value in 1...100 { observations.record(Double(value)) }
    let settled = observations.settled()
    #expect(settled.deleted == 0 && settled.tally.mean == 50.5 && !settled.isUndetermined)
  }

  @Test(
    "lose a known transient, and nothing much after it",
    arguments: [1_000, 40_955, 40_960, 81_920, 300_000, 1_000_003])
  func transient(count: Int) {
    var stream = SampleStream(seed: UInt64(count))
    var observations = Observations(removesWarmUp: true)
    var values: [Double] = []
    for index in 0..<count {
      values.append((index < count / 5 ? 50 : 10) + stream.normal())
      observations.record(values[index])
    }
    let settled = observations.settled()
    let expected = Double(count / 5)
    #expect(Double(settled.deleted) >= expected)
    #expect(Double(settled.deleted) <= expected + Double(count) / 25 + 30)
    #expect(settled.tally.count == count - settled.deleted)
    let kept = values[settled.deleted...]
    #expect(abs(settled.tally.mean - kept.reduce(0, +) / Double(kept.count)) < 1e-9)
    #expect(settled.tally.maximum == kept.max())
    #expect(abs(settled.quantiles.value(at: 0.5) / 10 - 1) < 0.02)
    #expect(!settled.isUndetermined)
  }

  @Test("say so when the run is too short to settle") func tooShort() {
    var ramp = Observations(removesWarmUp: true)
    for value in 0..<1000 { ramp.record(Double(value)) }
    #expect(ramp.settled().isUndetermined && ramp.settled().deleted == 500)
    var few = Observations(removesWarmUp: true)
    for value in 0..<49 { few.record(Double(value)) }
    #expect(few.settled().isUndetermined && few.settled().deleted == 0)
  }

  @Test("fill every statistic of their metric") func metric() {
    var values = MetricValues(MetricTests.set)
    var observations = Observations()
    for value in 1...3 { observations.record(Double(value)) }
    values.set(MetricTests.latency, observations)
    #expect(values.numbers[..<4] == [2, 2.9, 2.998, 3])
  }
}
