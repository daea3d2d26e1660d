import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that have left") struct MovingTests {
  @Test("do not add to a stake that they no longer have") func noTopUp() throws {
    // Rings found by their wallets and slashed once, while a fifth of them leaves at each look.
    var ring = Bed.homes(40, name: "ring", spread: 0)
    ring.behaviour = HostConduct(sybilRing: SybilRing(size: 20))
    ring.rent = 1
    ring.participation = Participation(exit: 0.2, entry: 0)
    ring.review = .minutes(10)
    var renters = Bed.many(rate: 0.2)
    renters.willingnessToPay = 1
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [ring, Bed.homes(10, spread: 0)], renters: [renters],
      assignment: .random
    ) { rules in
      rules.slash = 1_000
      rules.unbonding = 1_500
    }
    configuration.detection = DetectionConfiguration(
      detectors: [.fundingCluster], actions: [.fundingCluster: .slash], interval: .minutes(65))
    let run = try RecordedRun(configuration)
    let gas = run.table("gas")
    let row = try #require(gas.rows.indices.first { gas.text($0, "function") == "topUp" })
    let calls = try #require(gas.integer(row, "calls"))
    #expect(run.measured.slashed > 0)
    #expect(calls <= 40, "\(calls) calls")
  }

  @Test(
    "start at the score that the protocol gives newcomers, as routers see it", arguments: [50, 250])
  func initialScore(initial: UInt64) throws {
    var late = Bed.homes(5, name: "late", spread: 0)
    late.participation = Participation(initially: 0, exit: 0, entry: 1)
    late.review = .minutes(10)
    var renters = Bed.many(rate: 0.1)
    renters.minReputation = 100
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [late, Bed.homes(5, spread: 0)], renters: [renters], assignment: .random
    ) { rules in
      rules.initialReputation = initial
      rules.registrationLimit = 1_000
    }
    configuration.hosts[1].price = HostCohort.Price(promptPerMillion: 1, outputPerMillion: 4)
    let run = try RecordedRun(configuration)
    #expect(run.measured.hostEntries == 5)
    // Nobody may serve who is not trusted, and wallets know that before they post.
    #expect((run.measured.completed > 0) == (initial >= 100))
    if initial < 100 { #expect(run.hosts.allSatisfy { UInt64($0.score) == initial }) }
  }
}

@Suite("Hosts that came back as somebody else") struct NewNameTests {
  @Test("are not refused for what was said of their old name") func refusal() throws {
    // One look, at 65 minutes, whose accused are refused; scores are below the line soon after.
    var ghosts = Bed.homes(20, name: "ghosts", spread: 0)
    ghosts.behaviour = HostConduct(
      abandoning: Abandoning(0.9), sybilRing: SybilRing(size: 20),
      whitewashing: Whitewashing(below: 90))
    ghosts.reserve = 0
    ghosts.review = .minutes(70)
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [ghosts, Bed.homes(10, spread: 0)],
      renters: [Bed.many(rate: 0.3, timeToComplete: .seconds(120))], assignment: .random
    ) { rules in
      rules.slash = 0
      rules.registrationLimit = 1_000
    }
    configuration.detection = DetectionConfiguration(
      detectors: [.fundingCluster], actions: [.fundingCluster: .refuse], interval: .minutes(65))
    let run = try RecordedRun(configuration)
    #expect(run.measured.hostsRefused == 20)
    #expect(run.measured.identitiesChanged > 5)
    let refused = run.hosts.count { $0.isRefused }
    #expect(refused == 20 - run.measured.identitiesChanged)
  }
}
