import Foundation
import Statistics
import Testing

@testable import Experiments

@Suite("A comparison of runs") struct ComparisonTests {
  let scratch = Scratch()

  private func run(rate: Double, seed: UInt64 = 1, failing: Set<Int> = []) throws -> String {
    let other = scratch.path + "/\(rate)-\(seed)"
    return try ReplicationEngine(
      ToyQueue(seed: seed, arrivalRate: rate, failing: failing),
      plan: Scratch.plan(root: other, replications: 10, seed: seed)
    ).run().folder
  }

  private func rows(_ comparison: RunComparison) -> [[String]] {
    var rows: [[String]] = []
    for row in 0..<comparison.table.rowCount {
      rows.append(
        (0..<9).map { column in
          switch comparison.table.cells[row * 9 + column] {
          case .text(let start, let count):
            String(
              decoding: comparison.table.text[Int(start)..<Int(start + count)], as: UTF8.self)
          case .real(let value): value.isNaN ? "" : String(value)
          case .integer(let value): String(value)
          default: ""
          }
        })
    }
    return rows
  }

  @Test("pairs replications of one seed and puts the clearest difference first") func paired()
    throws
  {
    let comparison = try RunComparison(try run(rate: 0.7), try run(rate: 0.8))
    #expect(comparison.isPaired)
    let rows = rows(comparison)
    #expect(rows.map { $0[0] }.prefix(3).contains("wait_mean_s"))
    let wait = try #require(rows.first { $0[0] == "wait_mean_s" })
    // ρ/(1 − ρ): 2.33 and 4.
    #expect(try abs(#require(Double(wait[3])) - 1.67) < 0.7)
    #expect(try #require(Double(wait[8])) < 0.5, "common random numbers help")
    #expect(try #require(Double(wait[6])) < 0.01 && wait[7] == "10")
  }

  @Test("takes runs of different seeds as independent") func independent() throws {
    let comparison = try RunComparison(try run(rate: 0.7), try run(rate: 0.8, seed: 2))
    #expect(!comparison.isPaired)
    #expect(rows(comparison).allSatisfy { $0[8] == "1" || $0[8] == "1.0" })
  }

  @Test("leaves out pairs of which one failed") func failed() throws {
    let comparison = try RunComparison(
      try run(rate: 0.7, failing: [3]), try run(rate: 0.8))
    #expect(rows(comparison).first { $0[0] == "wait_mean_s" }?[7] == "9")
  }

  @Test("takes points of a sweep") func points() throws {
    let result = try SweepFixture.engine().run(SweepFixture.options(scratch.path))
    let comparison = try RunComparison(result.folder + "@0", result.folder + "@3")
    #expect(comparison.isPaired && rows(comparison).first?[7] == "3")
    #expect(throws: ComparisonError.noResults(folder: result.folder + "@99")) {
      try RunComparison(result.folder + "@0", result.folder + "@99")
    }
  }

  @Test("pairs points of whatever sweep by the seed of each point") func seeds() throws {
    func folder(_ seeds: @escaping (Int) -> String) throws -> String {
      try SweepFixture.engine(SweepFixture.plan(seeds: seeds))
        .run(SweepFixture.options(scratch.path)).folder
    }
    let (shared, other) = (try folder { _ in "1" }, try folder { $0 < 4 ? "1" : "2" })
    #expect(shared != other)
    #expect(try RunComparison(shared + "@0", other + "@0").isPaired)
    #expect(!(try RunComparison(shared + "@0", other + "@5").isPaired))
    #expect(!(try RunComparison(other + "@0", other + "@5").isPaired))
    // Common noise is no part of the variance between points.
    let files = (Scratch.files(in: shared), Scratch.files(in: other))
    #expect(
      files.0["sensitivity.csv"]?.contains(
        "\nwait_mean,,noise_share,,,,8,points share their random numbers") == true)
    #expect(files.1["sensitivity.csv"]?.contains("points share") == false)
  }

  @Test("says what it cannot read") func unreadable() throws {
    #expect(throws: ComparisonError.noResults(folder: "/nowhere")) {
      try RunComparison("/nowhere", "/nowhere")
    }
  }
}
