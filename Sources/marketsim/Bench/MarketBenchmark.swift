import Market
import Quantities
import Statistics

extension Benchmark {
  /// The honest market as a run does it, without files: requests, routing, blocks, contracts, gas,
  /// engines, measurements. The scale of the hand-written SimPy lifecycle beside it: 200,000 jobs
  /// an hour, 500 renters.
  static let market = Benchmark(
    name: "market",
    abstract: "jobs of a whole honest market among SIZE hosts",
    sizes: [2_000], tinySize: 50,
    measure: { size, effort in
      let duration: SimDuration = effort == .tiny ? .minutes(2) : .minutes(30)
      var jobs = 0.0
      var transactions = 0.0
      var events = 0.0
      var digest: UInt64 = 0
      var growth = 0
      var storage = 0
      let time = Stopwatch.medianNanoseconds(runs: effort.runs) {
        guard let scenario = try? MarketScenario(.benchmark(hosts: size, duration: duration))
        else { preconditionFailure("the benchmark's market is feasible") }
        return Stopwatch.nanoseconds {
          var middle: Int?
          let outcome = try? scenario.run(replication: 0, tables: .discarding) {
            false
          } report: {
            // Twice: asking the allocator is slow.
            if $0 >= 0.5, middle == nil { middle = Stopwatch.allocatedBytes }
            if $0 == 1, let middle, let last = Stopwatch.allocatedBytes { growth = last - middle }
          }
          guard let outcome else { preconditionFailure("a run without tables cannot fail") }
          jobs = outcome.values.number(named: "jobs_completed") ?? .nan
          transactions = outcome.values.number(named: "transactions") ?? .nan
          events = Double(outcome.eventCount)
          storage = outcome.storageBytes
          digest = UInt64(outcome.eventDigest, radix: 16) ?? 0
        }
      }
      // The same run, stopped where the allocator was asked first.
      let half = try? MarketScenario(
        .benchmark(hosts: size, duration: .nanoseconds(duration.nanoseconds / 2))
      ).run(replication: 0, tables: .discarding)
      guard let half else { preconditionFailure("half a run is a run") }
      storage -= half.storageBytes
      let laterJobs = jobs - (half.values.number(named: "jobs_completed") ?? .nan)
      let laterEvents = events - Double(half.eventCount)
      func figure(_ name: String, _ value: Double, _ unit: String) -> BenchmarkFigure {
        BenchmarkFigure(name: name, size: size, value: value, unit: unit)
      }
      return BenchmarkOutcome(
        figures: [
          figure("market", jobs / time * 1e9, "jobs/s"),
          figure("market_transactions", transactions / time * 1e9, "transactions/s"),
          figure("market_events", events / time * 1e9, "events/s"),
          figure("market_time", time / jobs, "ns/job"),
          // In the second half of the run. What contracts store of a job they keep for ever, in chunks
          // of 1,024 rows: 49 bytes of the job and 12 of its rating, here. The rest is lists of the
          // longest waits and queues so far, which double now and then; nothing is allocated for an
          // event or a transaction.
          figure("market_storage", Double(storage) / laterJobs, "B/job"),
          figure("market_allocated", Double(growth - storage) / laterEvents, "B/event"),
        ],
        digest: digest)
    })
}

extension MarketConfiguration {
  /// Half consumer cards that serve one request at a time, half data-centre cards that batch. More
  /// than 2,000 hosts share the jobs of 2,000, since the chain has no room for more.
  fileprivate static func benchmark(hosts: Int, duration: SimDuration) -> MarketConfiguration {
    MarketConfiguration(
      name: "benchmark", seed: 1, duration: duration,
      hosts: [
        HostCohort(
          name: "home", count: hosts - hosts / 2, gpu: "rtx4090",
          serves: [ServedModel(model: "llama3-8b", precision: "q4_k_m")], discipline: .fifo),
        HostCohort(
          name: "rack", count: hosts / 2, gpu: "h100-sxm",
          serves: [ServedModel(model: "llama3-8b", precision: "fp16")],
          discipline: .continuousBatching),
      ],
      renters: [
        RenterCohort(
          name: "chat", count: 500,
          arrivals: .poisson(rate: 200_000.0 / 3_600 * min(1, Double(hosts) / 2_000), profile: nil),
          lengths: .fitted("azure-conv-fit"))
      ],
      assignment: .reputationWeighted)
  }
}
