import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts with renters of their own") struct PuppetTests {
  private static func market(_ conduct: HostConduct, minutes: Int64 = 120) -> MarketConfiguration {
    var cohort = Bed.homes(5, name: "crooks", spread: 0)
    cohort.behaviour = conduct
    return Bed.documentedMarket(
      minutes: minutes, hosts: [cohort, Bed.homes(20, spread: 0)], renters: [Bed.many(rate: 0.3)],
      assignment: .random)
  }

  @Test("lift their scores with jobs that nobody works on") func washing() throws {
    let honest = try RecordedRun(Self.market(HostConduct()))
    let run = try RecordedRun(
      Self.market(HostConduct(washTrading: WashTrading(Puppets(rate: 10.0 / 3_600)))))
    #expect(run.measured.washJobs > 60)
    let score = { (run: RecordedRun, cohort: UInt16) in
      let rows = run.hosts.filter { $0.cohort == cohort }
      return rows.reduce(0.0) { $0 + Double($1.score) } / Double(rows.count)
    }
    #expect(score(run, 0) > score(honest, 0) + 100)
    // Requests of the market's own renters are what they were.
    #expect(run.measured.requested - run.measured.genuineRequests >= run.measured.washJobs)
    #expect(run.measured.genuineRequests == honest.measured.genuineRequests)
  }

  @Test("tie themselves to others by what they buy of them, at others' prices")
  func outside() throws {
    func bought(_ outside: Double) throws -> (jobs: Int, paid: UInt64) {
      let run = try RecordedRun(
        Self.market(
          HostConduct(
            washTrading: WashTrading(Puppets(rate: 10.0 / 3_600), outside: outside))))
      let puppets = run.renters.filter { $0.cohort == 1 }
      #expect(puppets.count == 15)
      return (run.measured.washJobs, puppets.reduce(0) { $0 + $1.paid })
    }
    let (none, half, all) = (try bought(0), try bought(0.5), try bought(1))
    #expect(all.jobs == 0 && all.paid > 0)
    #expect(half.jobs > none.jobs / 3 && half.jobs < none.jobs * 2 / 3)
  }

  @Test("tell what they spent on edges, apart from what they paid themselves") func edges() throws {
    let washing = HostConduct(washTrading: WashTrading(Puppets(rate: 10.0 / 3_600), outside: 1))
    let configuration = Self.market(washing)
    let run = try RecordedRun(configuration)
    let puppets = run.renters.filter { $0.cohort == 1 }
    let paid = puppets.reduce(0.0) { $0 + Double($1.paid) - Double($1.refunded) } * 1e-6
    let fees = puppets.reduce(0.0) { $0 + Double($1.fees) } * 1e-18 * configuration.chain.ethPrice
    let spending = run.number("edge_spending_usd")
    // What the last few have paid is still in escrow.
    #expect(
      spending <= fees + paid && spending > fees + 0.9 * paid, "\(spending) of \(fees + paid)")
    let bought = puppets.reduce(0) { $0 + Int($1.completed) }
    #expect(run.number("edges_bought") == Double(bought))
    let inside = HostConduct(washTrading: WashTrading(Puppets(rate: 10.0 / 3_600)))
    #expect(try RecordedRun(Self.market(inside)).number("edges_bought") == 0)
  }

  @Test("buy of nobody who is of one ring with their master, whatever routers name")
  func ring() throws {
    for assignment in [
      AssignmentPolicy.cheapest, .reputation(by: .contract), .random, .race(contenders: 2),
    ] {
      var configuration = Self.market(
        HostConduct(
          sybilRing: SybilRing(size: 5),
          washTrading: WashTrading(Puppets(rate: 10.0 / 3_600), outside: 0.5)))
      configuration.assignment = assignment
      // The ring is the cheapest and soon the best, so that everybody else would go there.
      // In a race the price is the mean of all, which must be enough for the others.
      if assignment != .race(contenders: 2) {
        configuration.hosts[0].price = HostCohort.Price(promptPerMillion: 1, outputPerMillion: 4)
      }
      let run = try RecordedRun(configuration)
      let edges = run.number("edges_bought")
      #expect(edges > 10, "\(assignment)")
      let puppets = run.renters.filter { $0.cohort == 1 }
      let completed = puppets.reduce(0) { $0 + Int($1.completed) }
      #expect(completed == run.measured.washed + Int(edges), "\(assignment)")
    }
  }

  @Test("are no customers whose hosts work badly for others") func truth() throws {
    var configuration = Self.market(
      HostConduct(lazy: Lazy(), washTrading: WashTrading(Puppets(rate: 10.0 / 3_600))))
    configuration.hosts.removeLast()
    let run = try RecordedRun(configuration)
    #expect(run.measured.washed > 60 && run.measured.wrong > 500)
    #expect(run.number("wrong_share") == 1)
  }

  @Test("trip the breaker by failing their own jobs, and pay for it with stake")
  func griefing() throws {
    var configuration = Self.market(
      HostConduct(griefing: Griefing(Puppets(rate: 6.0 / 3_600))))
    configuration.rules.values.failureThreshold = 5
    let run = try RecordedRun(configuration)
    #expect(run.measured.pauses == 1, "nobody opens it again")
    #expect(run.number("genuine_turned_away_share") > 0.5)
    #expect(run.measured.failures >= 5)
    let slashed = run.table("slashing").texts("cohort")
    #expect(slashed.allSatisfy { $0 == "crooks" } && slashed.count >= 5)
    configuration.guardian = Guarding(delay: .minutes(10))
    configuration.rules.values.pauseCooldown = 1_200
    let guarded = try RecordedRun(configuration)
    #expect(guarded.measured.unpauses >= 1)
    let breakers = guarded.table("breakers")
    #expect(breakers.texts("by").prefix(2).elementsEqual(["protocol", "guardian"]))
    #expect(guarded.number("closed_share") < run.number("closed_share"))
  }
}
