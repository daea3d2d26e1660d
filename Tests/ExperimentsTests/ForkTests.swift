import Market
import Quantities
import Statistics
import Testing

@testable import Experiments

@Suite("A run that forks") struct ForkTests {
  let scratch = Scratch()

  private func configuration(_ changes: [MarketChange]) -> MarketConfiguration {
    var configuration = MarketConfiguration(
      name: "fork", seed: 5, duration: .minutes(8), replications: 6,
      hosts: [
        HostCohort(
          name: "home", count: 12, gpu: "rtx4090",
          serves: [ServedModel(model: "llama3-8b", precision: "q4_k_m")], discipline: .fifo)
      ],
      renters: [
        RenterCohort(
          name: "chat", count: 30, arrivals: .poisson(rate: 2, profile: nil),
          lengths: .fixed(prompt: 300, output: 120))
      ], assignment: .reputationWeighted)
    configuration.changes = changes
    return configuration
  }

  private func run(_ name: String, _ changes: [MarketChange]) throws -> String {
    try ReplicationEngine(
      MarketModel(configuration(changes)),
      plan: Scratch.plan(root: scratch.path + "/" + name, replications: 6, tables: [], seed: 5)
    ).run().folder
  }

  @Test("differs by less noise than two runs of other draws") func paired() throws {
    let plain = try run("plain", [])
    let forked = try run(
      "forked", [MarketChange(at: .minutes(4), effect: .demand(cohort: 0, factor: 1.2))])
    let comparison = try RunComparison(plain, forked)
    #expect(comparison.isPaired)
    let table = comparison.table
    let columns = table.schema.columns.map(\.name)
    let width = columns.count
    func cell(_ row: Int, _ name: String) -> ResultTable.Cell? {
      columns.firstIndex(of: name).map { table.cells[row * width + $0] }
    }
    func name(_ row: Int) -> String {
      guard case .text(let start, let count) = cell(row, "metric") else { return "" }
      return String(decoding: table.text[Int(start)..<Int(start + count)], as: UTF8.self)
    }
    let row = try #require((0..<table.rowCount).first { name($0) == "jobs_requested" })
    guard case .real(let difference) = cell(row, "difference"),
      case .real(let halfWidth) = cell(row, "half_width"),
      case .real(let ratio) = cell(row, "variance_ratio")
    else {
      Issue.record("the table has no numbers")
      return
    }
    // 240 s at 0.4 more a second.
    #expect(abs(difference - 96) < 30)
    #expect(halfWidth < abs(difference))
    // The arrivals of four minutes of eight are common, and those after nearly so.
    #expect(ratio < 0.5)
  }
}
