import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Claims that come to nothing") struct ClaimTests {
  /// Hosts that never come back to what they claim beside as many that do, and two minutes for a claim.
  private static func forgetful(
    share: Double = 1, timeout: UInt64 = 120, honest: Int = 10, minutes: Int64 = 120
  ) -> MarketConfiguration {
    var ghosts = Bed.homes(10, name: "ghosts", queue: 5, spread: 0)
    ghosts.behaviour = HostConduct(abandoning: Abandoning(share))
    ghosts.reserve = 1_000_000
    var renters = Bed.many(rate: 0.1, patience: .endless)
    renters.lengths = .fixed(prompt: 200, output: 50)
    return Bed.documentedMarket(
      minutes: minutes,
      hosts: honest > 0 ? [ghosts, Bed.homes(honest, queue: 5, spread: 0)] : [ghosts],
      renters: [renters], assignment: .random
    ) { rules in
      rules.claimTimeout = timeout
      rules.slash = 100
    }
  }

  @Test("give a job that its host lets lie to the next, as often as it takes")
  func returned() throws {
    let run = try RecordedRun(Self.forgetful())
    // Half of the hosts forget: a job comes back once on average, the last few not yet.
    let back = run.number("jobs_returned") / Double(run.measured.completed)
    #expect((back - 1).magnitude < 4 * (2 / Double(run.measured.completed)).squareRoot() + 0.05)
    #expect(run.measured.completed > 500 && run.measured.refunded == 0)
    #expect(run.number("jobs_returned") == Double(run.measured.failures))
    #expect(run.number("unserved_fraction") == 0)
    for row in run.table("jobs").rows.indices {
      guard run.table("jobs").text(row, "outcome") == "served" else { continue }
      #expect(try #require(run.table("jobs").integer(row, "host")) >= 10, "who did it")
    }
    #expect(run.hosts.allSatisfy { $0.load <= 6 })
  }

  @Test("send it back to its renter when no time is left") func late() throws {
    // Ten minutes, of which each claim takes two: at most five hosts forget it.
    var configuration = Self.forgetful(honest: 0)
    configuration.renters[0].timeToComplete = .minutes(10)
    let run = try RecordedRun(configuration)
    #expect(run.measured.completed == 0 && run.measured.refunded > 500)
    let tries = 1 + run.number("jobs_returned") / Double(run.measured.refunded)
    #expect(tries > 4 && tries < 5.5, "\(tries)")
  }

  @Test("change nothing where a claim lasts as long as the job") func deadline() throws {
    let plain = try RecordedRun(Self.forgetful(timeout: 0))
    #expect(plain.number("jobs_returned") == 0 && plain.measured.failures > 0)
  }

  @Test("leave the next host its own mind about a job") func independence() throws {
    // Everybody forgets half of the jobs: half come back, half of those again, …
    let run = try RecordedRun(Self.forgetful(share: 0.5, honest: 0))
    let back = run.number("jobs_returned") / Double(run.measured.completed)
    #expect((back - 1).magnitude < 0.2, "\(back)")
  }

  @Test("are not sent by nodes of suspicious controllers, nor are renters kept waiting")
  func suspicious() throws {
    var ring = Bed.homes(10, name: "ring")
    ring.behaviour = HostConduct(sybilRing: SybilRing(size: 5, sharesController: true))
    let configuration = Bed.documentedMarket(
      minutes: 60, hosts: [ring, Bed.homes(10)], renters: [Bed.many(rate: 0.3)],
      assignment: .random
    ) { $0.suspiciousMayClaim = false }
    let run = try RecordedRun(configuration)
    #expect(run.measured.reverts == 0)
    #expect(run.hosts.filter { $0.cohort == 0 }.allSatisfy { $0.claims == 0 })
    #expect(run.number("unserved_fraction") < 0.02)
  }

  @Test("are not sent by hosts whose score has faded below what a job asks for")
  func faded() throws {
    var renters = Bed.many(rate: 0.02)
    renters.minReputation = 95
    let configuration = Bed.documentedMarket(
      minutes: 180, hosts: [Bed.homes(20)], renters: [renters], assignment: .random
    ) { rules in
      rules.decayPeriod = 600
      rules.decayRate = 1_000
    }
    let run = try RecordedRun(configuration)
    #expect(run.measured.claimed > 20)
    #expect(run.table("transactions").texts("status").allSatisfy { $0 == "success" })
  }

  @Test("that the contract refuses leave the job to the next host, at once") func refused() throws {
    // Nodes of one controller may fail a job once between them: the contract refuses it to the others,
    // who cannot see that. A third of the jobs go to one of the four first, and come back once each; if
    // the others were let have them too, half as many again would.
    var configuration = Self.forgetful(honest: 8)
    configuration.hosts[0].count = 4
    configuration.hosts[0].behaviour.sybilRing = SybilRing(size: 4, sharesController: true)
    let run = try RecordedRun(configuration)
    let transactions = run.table("transactions")
    let refusals = transactions.rows.indices.count {
      transactions.text($0, "function") == "claimJob"
        && transactions.text($0, "status") != "success"
    }
    #expect(refusals > 20)
    let completed = Double(run.measured.completed)
    let back = run.number("jobs_returned") / completed
    #expect((back - 1.0 / 3).magnitude < 4 * (2.0 / 9 / completed).squareRoot() + 0.01, "\(back)")
    #expect(completed > 500 && run.number("unserved_fraction") == 0)
  }
}

@Suite("What keeps hosts in the market") struct StakeUpkeepTests {
  @Test("a least stake that rises makes them add to theirs, slashed or not", arguments: [0, 100])
  func raised(slash: UInt64) throws {
    var homes = Bed.homes(10, spread: 0)
    homes.reserve = 10_000
    var configuration = Bed.documentedMarket(
      minutes: 90, hosts: [homes], renters: [Bed.many(rate: 0.2)], assignment: .random
    ) { rules in
      rules.slash = slash
      rules.challengePenalty = .zero
    }
    let raised = UInt256(1_500) * UInt256(1_000_000_000_000_000_000)
    configuration.changes = [
      MarketChange(at: .minutes(30), effect: .rule(key: "minStake", value: raised))
    ]
    let run = try RecordedRun(configuration)
    #expect((run.number("stake_added_fab") - 5_000).magnitude < 1e-6)
    #expect(run.number("unserved_fraction") < 0.02)
  }

  @Test("those of a controller stake as much as others", arguments: [true, false])
  func extraStake(sharesController: Bool) throws {
    var ring = Bed.homes(6, extraStake: 500)
    ring.behaviour = HostConduct(
      sybilRing: SybilRing(size: 3, sharesController: sharesController))
    let run = try RecordedRun(
      Bed.documentedMarket(minutes: 2, hosts: [ring], renters: [Bed.many(rate: 0.01)]))
    let stake = UInt256(1_500) * UInt256(1_000_000_000_000_000_000)
    #expect(run.stakes.allSatisfy { $0 == stake })
  }
}
