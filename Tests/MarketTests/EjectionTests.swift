import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that the registry puts out") struct EjectionTests {
  private static func market(
    _ change: (inout HostCohort, inout ProtocolRules) -> Void
  ) -> MarketConfiguration {
    var crooks = Bed.homes(10, name: "crooks", spread: 0)
    crooks.behaviour = HostConduct(abandoning: Abandoning(0.5))
    crooks.reserve = 200
    crooks.review = .minutes(10)
    let coin = UInt256(1_000_000_000_000_000_000)
    var configuration = Bed.documentedMarket(
      minutes: 180, hosts: [crooks, Bed.homes(20, spread: 0)],
      renters: [Bed.many(rate: 0.3, timeToComplete: .seconds(120))], assignment: .random
    ) { rules in
      // One failure costs 100 of 1,000 FAB.
      rules.slash = 1_000
      rules.ejectBelow = UInt256(950) * coin
      rules.registrationLimit = 1_000
    }
    change(&configuration.hosts[0], &configuration.rules.values)
    return configuration
  }

  private static func calls(_ function: String, _ run: RecordedRun) -> (calls: Int, reverts: Int) {
    let gas = run.table("gas")
    return gas.rows.indices.filter { gas.text($0, "function") == function }.reduce((0, 0)) {
      ($0.0 + (gas.integer($1, "calls") ?? 0), $0.1 + (gas.integer($1, "reverts") ?? 0))
    }
  }

  @Test("stay away with the rest of their stake where they never add to it")
  func forGood() throws {
    let run = try RecordedRun(Self.market { cohort, _ in cohort.topUp = .never })
    #expect(run.number("hosts_ejected") == 10)
    #expect(run.number("hosts_in_market") == 20)
    #expect(run.measured.hostExits == 10 && run.measured.hostEntries == 0)
    // More than once where several jobs were open.
    #expect(run.hosts.prefix(10).allSatisfy { $0.isAway && $0.slashed >= 100 })
    #expect(Self.calls("topUp", run) == (0, 0))
  }

  @Test("register again where they would add to it, as long as they have the means")
  func again() throws {
    let run = try RecordedRun(Self.market { cohort, _ in cohort.topUp = .atOnce })
    // 900 FAB that came back and 200 kept are enough for one more stake, and with luck for two.
    let entries = run.measured.hostEntries
    #expect((10...20).contains(entries))
    #expect(run.number("hosts_ejected") <= Double(10 + entries))
    #expect(Self.calls("registerNode", run) == (entries, 0))
    #expect(Self.calls("topUp", run) == (0, 0), "there is nothing to add to")
    let present = run.hosts.prefix(10).count { !$0.isAway }
    #expect(present == 10 + entries - Int(run.number("hosts_ejected")))
  }

  @Test("take their stake out once it is unbonded and nothing is open") func unbonding() throws {
    let run = try RecordedRun(
      Self.market { cohort, rules in
        cohort.topUp = .never
        rules.unbonding = 1_800
      })
    let withdrawn = Self.calls("withdrawStake", run)
    #expect(withdrawn.calls > 5 && withdrawn.calls <= 10 && withdrawn.reverts == 0)
    #expect(run.number("hosts_ejected") == 10)
  }

  @Test("come back as somebody else where they whitewash") func whitewashing() throws {
    let run = try RecordedRun(
      Self.market { cohort, _ in
        cohort.behaviour.whitewashing = Whitewashing(below: 1)
        cohort.topUp = .never
      })
    #expect(run.measured.identitiesChanged >= 10)
    #expect((10...20).contains(run.measured.hostEntries), "the means suffice for one or two")
    #expect(run.number("hosts_ejected") <= Double(10 + run.measured.hostEntries))
    #expect(Self.calls("registerNode", run).reverts == 0)
  }

  @Test("are nobody where the line is zero") func never() throws {
    let run = try RecordedRun(Self.market { _, rules in rules.ejectBelow = .zero })
    #expect(run.measured.slashed > 1_000)
    #expect(run.number("hosts_ejected") == 0 && run.measured.hostsAway == 0)
  }
}
