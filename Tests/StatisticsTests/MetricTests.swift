import Testing

@testable import Statistics

@Suite("A metric") struct MetricTests {
  static let latency = Metric(
    name: "latency", unit: .seconds, observed: .tally,
    summary: [.mean, .p95, .p999, .observations],
    meaning: "Time from post to last token.")
  static let utilisation = Metric(
    name: "host_utilisation", unit: .ratio, observed: .timeWeighted, summary: [.mean],
    meaning: "Busy over available time.")
  static let jobs = Metric(
    name: "jobs_completed", unit: .count, observed: .counted, meaning: "Jobs completed.")
  static let set = MetricSet([latency, utilisation, jobs])

  @Test("names its columns, with units last") func headers() {
    #expect(
      Self.set.entries.map(\.header) == [
        "latency_mean_s", "latency_p95_s", "latency_p999_s", "latency_n", "host_utilisation",
        "jobs_completed",
      ])
    #expect(Self.set.index(named: "latency_p95") == 1)
    #expect(Self.set.index(named: "latency_p95_s") == 1)
    #expect(Self.set.index(named: "latency") == nil)
  }

  @Test("takes its statistics from what was observed") func values() {
    var values = MetricValues(Self.set)
    values.set(Self.latency, Tally([1, 2, 3]), Quantiles([1, 2, 3]))
    values.set(Self.utilisation, 0.5)
    #expect(values.numbers[..<5] == [2, 2.9, 2.998, 3, 0.5])
    #expect(values.number(named: "jobs_completed")?.isNaN == true)
    #expect(values.number(named: "unknown") == nil)
  }

  @Test("is absent, not zero, when nothing was observed") func absent() {
    var values = MetricValues(Self.set)
    values.set(Self.latency, Tally(), Quantiles())
    #expect(values.numbers[0].isNaN && values.numbers[1].isNaN)
    #expect(values.numbers[3] == 0)
  }
}
