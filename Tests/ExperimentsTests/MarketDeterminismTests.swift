import Market
import Quantities
import Testing

@testable import Experiments

@Suite("A whole market under the replication engine") struct MarketDeterminismTests {
  private static func configuration(seed: UInt64) -> MarketConfiguration {
    var outputs = OutputSelection()
    outputs.jobs = true
    outputs.transactions = true
    outputs.events = true
    return MarketConfiguration(
      name: "toy", seed: seed, duration: .minutes(10), replications: 6,
      hosts: [
        HostCohort(
          name: "home", count: 15, gpu: "rtx4090",
          serves: [ServedModel(model: "llama3-8b", precision: "q4_k_m")], discipline: .fifo,
          availability: HostCohort.Availability(up: .minutes(5), down: .minutes(1))),
        HostCohort(
          name: "rack", count: 2, gpu: "h100-sxm",
          serves: [ServedModel(model: "llama3-8b", precision: "fp16")],
          discipline: .continuousBatching),
      ],
      renters: [
        RenterCohort(
          name: "chat", count: 30, arrivals: .gamma(rate: 2, shape: 0.8, profile: nil),
          lengths: .fixed(prompt: 300, output: 120))
      ], assignment: .reputationWeighted, outputs: outputs)
  }

  private func files(seed: UInt64, workers: Int) throws -> [String: String] {
    let scratch = Scratch()
    let result = try ReplicationEngine(
      MarketModel(Self.configuration(seed: seed)),
      plan: scratch.plan(workers: workers, tables: Self.tables, seed: seed)
    ).run()
    #expect(result.status == .finished)
    return Scratch.files(in: result.folder)
  }

  private static let tables = [
    "timeseries", "hosts", "renters", "gas", "reputation", "jobs", "transactions", "events",
  ]

  @Test("gives the same bytes with one worker, with two, and again") func workers() throws {
    let one = try files(seed: 1, workers: 1)
    let two = try files(seed: 1, workers: 2)
    #expect(one.count >= 11)
    for (name, text) in one { #expect(two[name] == text, "\(name)") }
    #expect(two.keys.sorted() == one.keys.sorted())
    #expect(one["jobs.csv"]?.split(separator: "\n").count ?? 0 > 6_000)
  }

  @Test("gives different bytes in every table for a different seed") func seeds() throws {
    let first = try files(seed: 1, workers: 2)
    let second = try files(seed: 2, workers: 2)
    for name in Self.tables {
      let rows = try #require(first["\(name).csv"])
      #expect(rows != second["\(name).csv"], "\(name)")
    }
  }
}
