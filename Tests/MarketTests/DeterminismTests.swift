import Quantities
import Statistics
import Testing

@testable import Market

@Suite("A replication") struct DeterminismTests {
  private static let cases: [MarketCase] = [
    .outagesOfRacks, .raceOfThree, .regions, .reputationWeighted, .powerOfTwo,
  ]

  @Test("gives the same rows, numbers and digest each time", arguments: cases)
  func repeats(_ market: MarketCase) throws {
    let first = try RecordedRun(market.configuration, replication: 3)
    let second = try RecordedRun(market.configuration, replication: 3)
    #expect(first.tables == second.tables)
    #expect(first.digest == second.digest && first.eventCount == second.eventCount)
    #expect(first.values.numbers.map(\.bitPattern) == second.values.numbers.map(\.bitPattern))
  }

  @Test("differs with the seed and with its number", arguments: cases)
  func differs(_ market: MarketCase) throws {
    let first = try RecordedRun(market.configuration)
    var configuration = market.configuration
    configuration.seed += 1
    for other in [
      try RecordedRun(configuration), try RecordedRun(market.configuration, replication: 1),
    ] {
      #expect(first.digest != other.digest)
      for name in ["jobs", "transactions", "hosts", "renters", "gas", "timeseries"] {
        #expect(first.table(name) != other.table(name), "\(name)")
      }
    }
  }

  @Test("is not moved by being watched more closely", arguments: cases)
  func sampling(_ market: MarketCase) throws {
    let first = try RecordedRun(market.configuration)
    var configuration = market.configuration
    configuration.outputs.sampleInterval = .milliseconds(700)
    let second = try RecordedRun(configuration)
    #expect(second.table("timeseries").rows.count == 1_715)
    #expect(first.digest == second.digest && first.eventCount == second.eventCount)
    #expect(first.values.numbers.map(\.bitPattern) == second.values.numbers.map(\.bitPattern))
    for name in ["jobs", "transactions", "hosts", "renters", "gas"] {
      #expect(first.table(name) == second.table(name), "\(name)")
    }
  }

  @Test("is not moved by what is recorded") func recording() throws {
    var configuration = MarketCase.reputationWeighted.configuration
    let first = try RecordedRun(configuration)
    configuration.outputs = OutputSelection()
    let second = try RecordedRun(configuration)
    #expect(second.tables["jobs"] == nil)
    #expect(first.digest == second.digest)
    #expect(first.table("hosts") == second.table("hosts"))
  }

  @Test(
    "makes the same requests whatever the policy, the hosts and the chain do",
    arguments: [
      AssignmentPolicy.race(contenders: 2), .cheapest, .powerOfTwo, .reputationWeighted,
    ])
  func commonRandomNumbers(policy: AssignmentPolicy) throws {
    let first = try requests(MarketCase.regions.configuration)
    var configuration = MarketCase.regions.configuration
    configuration.assignment = policy
    #expect(try requests(configuration) == first)
    configuration.hosts[0].availability = HostCohort.Availability(
      up: .minutes(1), down: .minutes(1))
    configuration.chain.backgroundLoad = .constant(2)
    #expect(try requests(configuration) == first)
    #expect(first.count > 3_000)
  }

  /// Arrival, renter and lengths of every request in order of its number.
  private func requests(_ configuration: MarketConfiguration) throws -> [[Int64]] {
    let jobs = try RecordedRun(configuration).table("jobs")
    let rows = jobs.rows.indices.map { row in
      [
        Int64(jobs.integer(row, "job") ?? -1), jobs.ticks(row, "arrived") ?? -1,
        Int64(jobs.integer(row, "renter") ?? -1), Int64(jobs.integer(row, "prompt") ?? -1),
        Int64(jobs.integer(row, "output") ?? -1),
      ]
    }
    return rows.sorted { $0[0] < $1[0] }
  }
}
