import Quantities
import Statistics
import Testing

@testable import Market

@Suite("The base fee over a day") struct BaseFeeTests {
  /// b₀·load^(1/ε), not below the minimum: b₀ is 10,000,000 wei and the minimum 5,000,000.
  @Test(
    "stays within a factor of two of its equilibrium, wherever it starts",
    arguments: [
      (load: 0.5, elasticity: 1.0, start: 5_000_000, fee: 5_000_000.0),
      (0.5, 1, 60_000_000, 5_000_000), (0.5, 2, 5_000_000, 7_071_068),
      (1.5, 1, 5_000_000, 15_000_000), (1.5, 1, 90_000_000, 15_000_000),
      (4, 2, 5_000_000, 20_000_000),
    ])
  func equilibrium(load: Double, elasticity: Double, start: Int, fee: Double) throws {
    var configuration = Bed.market(
      minutes: 24 * 60, hosts: [Bed.homes(3)], renters: [Bed.renters(rate: 0.005)],
      chain: ChainConfiguration(
        backgroundLoad: .constant(load), elasticity: elasticity,
        initialBaseFee: Wei(UInt128(start))))
    configuration.outputs = OutputSelection()
    let run = try RecordedRun(configuration)
    #expect(run.measured.blocks == 43_200)
    let mean = run.number("base_fee_mean") * 1e9
    #expect(mean > fee / 2 && mean < fee * 2)
    #expect(abs(run.number("base_fee_ratio") - mean / fee) < 1e-6)
    let series = run.table("timeseries")
    guard case .real(let bits) = series[series.rows.count - 1, "base_fee"] else {
      Issue.record("no base fee")
      return
    }
    // What is left of the start has gone by the end of the day.
    #expect(abs(Double(bitPattern: bits) * 1e9 / fee - 1) < 0.02)
  }

  @Test("the block that a fee is paid in is never fuller than its limit") func fullBlocks() throws {
    let run = try RecordedRun(MarketCase.fullBlocks.configuration)
    let transactions = run.table("transactions")
    var gas: [Int: Int] = [:]
    for row in transactions.rows.indices {
      gas[transactions.integer(row, "block") ?? 0, default: 0] +=
        transactions.integer(row, "gas") ?? 0
    }
    #expect((gas.values.max() ?? 0) <= 2_000_000)
    #expect((gas.values.max() ?? 0) > 1_500_000, "the limit binds")
  }
}
