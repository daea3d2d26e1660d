import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Observers who act") struct AccusationTests {
  private static func market(
    _ action: DetectionConfiguration.Action
  ) -> MarketConfiguration {
    var ring = Bed.homes(20, name: "ring", spread: 0)
    ring.behaviour = HostConduct(lazy: Lazy(0.5), sybilRing: SybilRing(size: 10))
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [ring, Bed.homes(40, spread: 0)], renters: [Bed.many(rate: 0.5)],
      assignment: .random)
    configuration.detection = DetectionConfiguration(
      detectors: [.fundingCluster], actions: [.fundingCluster: action])
    return configuration
  }

  @Test("keep the accused out of the market where they refuse them") func refuse() throws {
    let (watched, refused) = (
      try RecordedRun(Self.market(.watch)), try RecordedRun(Self.market(.refuse))
    )
    #expect(watched.measured.hostsRefused == 0)
    #expect(refused.measured.hostsRefused == 20 && refused.measured.honestRefused == 0)
    #expect(refused.measured.wrong * 4 < watched.measured.wrong)
  }

  @Test("take stake from the accused where they slash them") func slash() throws {
    let run = try RecordedRun(Self.market(.slash))
    let table = run.table("slashing")
    let rows = table.rows.indices.filter { table.text($0, "cause") == "detector" }
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { table.text($0, "cohort") == "ring" })
    // A tenth of what each has left.
    #expect(
      rows.allSatisfy { row in
        let amount = table.real(row, "amount") ?? 0
        let left = table.real(row, "stake_left") ?? 0
        return (left - 9 * amount).magnitude < 1e-6
      })
  }
}
