import Quantities
import Testing

@testable import Market

@Suite("Routers that prefer a near host") struct NearestTests {
  private static func market(_ assignment: AssignmentPolicy, hosts: Int = 90) -> MarketConfiguration
  {
    Bed.market(
      minutes: 60, hosts: [Bed.homes(hosts, spread: 0, regions: [1, 1, 1])],
      renters: [Bed.renters(rate: 1, count: 300, regions: [1, 1, 1])], assignment: assignment,
      regions: Bed.threeRegions)
  }

  /// Regions of renter and host of each job that was claimed.
  private static func trips(_ run: RecordedRun) -> [(from: UInt16, to: UInt16)] {
    let jobs = run.table("jobs")
    return jobs.rows.indices.compactMap { row in
      guard let host = jobs.integer(row, "host"), let renter = jobs.integer(row, "renter") else {
        return nil
      }
      return (run.renters[renter].region, run.hosts[host].region)
    }
  }

  @Test("send nobody abroad while there is room at home") func home() throws {
    let near = try RecordedRun(Self.market(.nearest))
    let trips = Self.trips(near)
    #expect(trips.count > 3_000 && trips.allSatisfy { $0.from == $0.to })
    let anywhere = Self.trips(try RecordedRun(Self.market(.random)))
    #expect(anywhere.count { $0.from == $0.to } < anywhere.count / 2)
  }

  @Test("go to the next region by its round trip where there is none") func abroad() throws {
    // Asia's hosts are down for all of the hour: 150 ms to the us, 180 ms to the eu.
    var configuration = Self.market(.nearest)
    configuration.changes = [
      MarketChange(at: .seconds(1), effect: .hostsDown(cohort: nil, region: 2, share: 1))
    ]
    let trips = Self.trips(try RecordedRun(configuration))
    let asian = trips.filter { $0.from == 2 }
    #expect(asian.count > 900 && asian.allSatisfy { $0.to == 1 })
    #expect(trips.filter { $0.from != 2 }.allSatisfy { $0.from == $0.to })
  }

  @Test("share the work of a region evenly") func even() throws {
    let run = try RecordedRun(Self.market(.nearest, hosts: 30))
    let jobs = run.hosts.map { Int($0.completed) }
    // 3,600 jobs of 30 hosts, a third of them in each region, however many hosts live there.
    for region in 0..<3 {
      let own = jobs.indices.filter { Int(run.hosts[$0].region) == region }.map { jobs[$0] }
      let mean = Double(own.reduce(0, +)) / Double(own.count)
      #expect(own.allSatisfy { (Double($0) - mean).magnitude < 5 * mean.squareRoot() })
    }
  }
}
