import Contracts
import EVM

extension Benchmark {
  /// Transactions of honest jobs through the contracts with gas, journal and audit on: approve,
  /// post, claim, complete, rate.
  static let transactions = Benchmark(
    name: "transactions",
    abstract: "contract transactions of SIZE jobs among 2,000 hosts and 5,000 renters",
    sizes: [200_000], tinySize: 100,
    measure: { size, effort in
      var digest: UInt64 = 0
      var growth = 0
      var memory = 0
      let time = Stopwatch.medianNanoseconds(runs: effort.runs) {
        var mix = LifecycleMix(
          renters: effort == .tiny ? 10 : 5_000, hosts: effort == .tiny ? 4 : 2_000)
        mix.run(jobs: size / 2)
        let before = Stopwatch.allocatedBytes
        let taken = Stopwatch.nanoseconds { mix.run(jobs: size) }
        if let before, let after = Stopwatch.allocatedBytes { growth = after - before }
        memory = mix.world.evm.tableMemory
        digest = UInt64(mix.gasUsed) &+ UInt64(mix.failures) << 56
        return taken
      }
      let transactions = Double(size * LifecycleMix.transactionsPerJob)
      return BenchmarkOutcome(
        figures: [
          BenchmarkFigure(
            name: "transactions", size: size, value: transactions / time * 1e9,
            unit: "transactions/s"),
          BenchmarkFigure(
            name: "transactions_time", size: size, value: time / transactions,
            unit: "ns/transaction"),
          BenchmarkFigure(
            name: "transactions_allocated", size: size, value: Double(growth) / transactions,
            unit: "B/transaction"),
          BenchmarkFigure(
            name: "transactions_tables", size: size, value: Double(memory), unit: "B"),
        ],
        digest: digest)
    })
}
