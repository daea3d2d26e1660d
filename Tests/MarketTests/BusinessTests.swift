import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that mind their business") struct BusinessTests {
  private static func market(
    _ hosts: [HostCohort], rate: Double = 0.5, minutes: Int64 = 120,
    assignment: AssignmentPolicy = .random, _ change: (inout ProtocolRules) -> Void = { _ in }
  ) -> MarketConfiguration {
    var renters = Bed.many(rate: rate)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    return Bed.documentedMarket(
      minutes: minutes, hosts: hosts, renters: [renters], assignment: assignment
    ) { rules in
      rules.registrationLimit = 100_000
      change(&rules)
    }
  }

  @Test("come and go until nobody gains by it: as many stay as demand pays the rent of")
  func freeEntry() throws {
    // A job of 1,000 and 200 tokens pays 0.18 USD less 1 %, half a job a second arrives, and a host
    // costs 16 USD an hour: revenue of 320.8 USD an hour feeds 20 hosts.
    var cohort = Bed.homes(60, spread: 0)
    cohort.rent = 16
    cohort.review = .minutes(5)
    cohort.participation = Participation(initially: 1, exit: 0.1, entry: 0.05)
    let run = try RecordedRun(Self.market([cohort], minutes: 600))
    let present = run.number("hosts_in_market")
    #expect(present > 14 && present < 27, "\(present) hosts")
    #expect(run.measured.hostExits > 30 && run.measured.hostEntries > 5)
    #expect(run.measured.requested > 15_000)
  }

  @Test("wait outside for as long as their cohort loses money") func nobodyEnters() throws {
    var cohort = Bed.homes(40, spread: 0)
    cohort.rent = 1_000
    cohort.review = .minutes(10)
    cohort.participation = Participation(initially: 0.5, exit: 0, entry: 1)
    let run = try RecordedRun(Self.market([cohort]))
    #expect(run.measured.hostEntries == 0 && run.measured.hostExits == 0)
    #expect(run.number("hosts_in_market") == 20)
    let rent = try #require(run.table("cohorts").real(0, "rent"))
    #expect((rent - 20 * 2 * 1_000).magnitude < 1e-6)
  }

  @Test("undercut each other down to what serving costs") func undercutting() throws {
    var cohort = Bed.homes(10, spread: 0.3)
    cohort.pricing = .undercutting(step: 0.1)
    cohort.review = .minutes(5)
    var fixed = Bed.homes(10, name: "fixed", spread: 0.3)
    fixed.pricing = .fixed
    let run = try RecordedRun(Self.market([cohort, fixed], minutes: 600, assignment: .cheapest))
    for row in run.hosts where row.cohort == 0 {
      #expect(row.priceFactor < 0.05, "\(row.priceFactor)")
    }
    let prices = run.hosts.filter { $0.cohort == 1 }.map(\.priceFactor)
    #expect(prices.allSatisfy { $0 > 0.3 })
    let cheap = run.hosts.filter { $0.cohort == 0 }.reduce(0) { $0 + Int($1.completed) }
    #expect(Double(cheap) > 0.9 * Double(run.measured.completed))
  }

  @Test("with cost plus ask what the period cost and a margin") func costPlus() throws {
    // Alone in the market, and every job at its price: revenue comes to (1 + margin) × costs.
    var cohort = Bed.homes(5, spread: 0)
    cohort.rent = 2
    cohort.pricing = .costPlus(margin: 0.5)
    cohort.review = .minutes(30)
    let run = try RecordedRun(Self.market([cohort], rate: 0.2, minutes: 1_200))
    let late = run.hosts.map(\.priceFactor).reduce(0, +) / 5
    // A job costs a host 2 USD/h ÷ 144 jobs/h plus gas of some 0.7 cents; it lists 0.18 USD.
    let perJob = 2.0 / 144 + run.number("fees_per_job_usd") * 0.7
    #expect(late > 0.8 * 1.5 * perJob / 0.18 && late < 1.2 * 1.5 * perJob / 0.18, "\(late)")
  }

  @Test("try the arms of their bandit, as shares of their own list prices") func arms() throws {
    var cohort = Bed.homes(10, spread: 0)
    cohort.pricing = .bandit(arms: [0.5, 2, 3], exploration: 0.5)
    cohort.review = .minutes(10)
    let run = try RecordedRun(Self.market([cohort], rate: 0.3, minutes: 300))
    let asks = run.table("hosts")
    for row in asks.rows.indices {
      let ask = try #require(asks.real(row, "ask_output"))
      #expect([200, 800, 1_200].contains(ask), "of 400")
    }
  }

  @Test("with cost plus come down until somebody buys of them") func idle() throws {
    var dear = Bed.homes(2, name: "dear", spread: 0)
    dear.price = HostCohort.Price(promptPerMillion: 1_000, outputPerMillion: 4_000, spread: 0)
    dear.pricing = .costPlus(margin: 0.1)
    dear.review = .minutes(10)
    dear.rent = 0.1
    var configuration = Self.market([dear], rate: 0.1, minutes: 600)
    configuration.renters[0].willingnessToPay = 200
    let run = try RecordedRun(configuration)
    #expect(run.hosts.allSatisfy { $0.completed > 0 })
  }

  @Test("learn which price pays where renters have a limit") func bandit() throws {
    // Whoever asks more than the list price sells nothing, whoever asks half earns half.
    var cohort = Bed.homes(10, spread: 0)
    cohort.pricing = .bandit(arms: [0.5, 1, 2], exploration: 0.1)
    cohort.review = .minutes(10)
    var configuration = Self.market([cohort], rate: 0.3, minutes: 1_200)
    configuration.renters[0].willingnessToPay = 160
    let run = try RecordedRun(configuration)
    let atList = run.hosts.filter { ($0.priceFactor - 1).magnitude < 1e-9 }.count
    #expect(atList >= 6, "\(atList) of 10 ask the list price")
  }

  @Test("that take on too much serve it late, and nothing is lost") func overcommitted() throws {
    func run(_ factor: Double) throws -> RecordedRun {
      var cohort = Bed.homes(4, spread: 0)
      cohort.behaviour = HostConduct(overcommitted: Overcommitted(factor))
      return try RecordedRun(Self.market([cohort], rate: 0.9, minutes: 60))
    }
    let (modest, greedy) = (try run(1), try run(4))
    #expect(
      greedy.number("engine_ttft_mean_s") > 2 * modest.number("engine_ttft_mean_s"))
    #expect(greedy.measured.completed > 0 && greedy.measured.stuck == 0)
  }
}

@Suite("Hosts that come back as somebody else") struct WhitewashingTests {
  @Test("start again at a newcomer's score, with what is left of their stake")
  func newIdentity() throws {
    var cohort = Bed.homes(8, name: "ghosts", spread: 0)
    cohort.behaviour = HostConduct(
      abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
    cohort.reserve = 5_000
    cohort.review = .minutes(5)
    var renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
    renters.lengths = .fixed(prompt: 200, output: 50)
    var configuration = Bed.documentedMarket(
      minutes: 240, hosts: [cohort, Bed.homes(8, spread: 0)], renters: [renters],
      assignment: .random
    ) { rules in
      rules.slash = 100
      rules.registrationLimit = 1_000
    }
    configuration.detection = DetectionConfiguration(detectors: [.fundingCluster])
    let run = try RecordedRun(configuration)
    #expect(run.measured.identitiesChanged > 8)
    #expect(run.measured.hostExits >= run.measured.identitiesChanged)
    #expect(run.measured.hostEntries <= run.measured.identitiesChanged)
    // The audit at the horizon holds every account's money; nobody but ghosts moved.
    #expect(Set(run.table("slashing").texts("cohort")) == ["ghosts"])
  }

  @Test("stay who they are where they could not pay for another stake") func penniless() throws {
    var cohort = Bed.homes(8, name: "ghosts", spread: 0)
    cohort.behaviour = HostConduct(
      abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
    cohort.reserve = 0
    cohort.review = .minutes(5)
    let renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
    let run = try RecordedRun(
      Bed.documentedMarket(minutes: 120, hosts: [cohort], renters: [renters], assignment: .random) {
        $0.slash = 1_000
        $0.registrationLimit = 1_000
      })
    #expect(run.measured.failures > 8)
    #expect(run.measured.hostExits == 0 && run.measured.identitiesChanged == 0)
  }

  @Test("register when the window lets them, at no cost before") func window() throws {
    var cohort = Bed.homes(40, name: "comers", spread: 0)
    cohort.participation = Participation(initially: 0, exit: 0, entry: 1)
    cohort.review = .minutes(10)
    let run = try RecordedRun(
      Bed.documentedMarket(
        minutes: 240, hosts: [Bed.homes(5), cohort], renters: [Bed.many(rate: 0.1)]))
    // Ten an hour, whoever asks first: at 10, 80, 150 and 220 minutes.
    #expect(run.measured.hostEntries == 40)
    #expect(run.measured.registrationsRefused == 0)
  }

  @Test("wait for their stake while it is unbonding") func unbonding() throws {
    func identities(_ unbonding: UInt64) throws -> Int {
      var cohort = Bed.homes(8, name: "ghosts", spread: 0)
      cohort.behaviour = HostConduct(
        abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
      cohort.reserve = 0
      cohort.review = .minutes(5)
      let renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
      let configuration = Bed.documentedMarket(
        minutes: 180, hosts: [cohort], renters: [renters], assignment: .random
      ) { rules in
        rules.slash = 0
        rules.registrationLimit = 1_000
        rules.unbonding = unbonding
      }
      return try RecordedRun(configuration).measured.identitiesChanged
    }
    let (atOnce, later) = (try identities(0), try identities(3_600))
    #expect(later > 0 && later * 2 < atOnce, "\(atOnce) at once, \(later) after an hour")
  }
}

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

@Suite("Hosts that are paid late") struct LatePaymentTests {
  /// Work that pays the rent twice over.
  private static func market(window: UInt64) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "comers", spread: 0)
    cohort.rent = 1
    cohort.review = .minutes(20)
    cohort.participation = Participation(initially: 1, exit: 0.5, entry: 0.5)
    var renters = Bed.many(rate: 0.15)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    return Bed.documentedMarket(
      minutes: 240, hosts: [cohort], renters: [renters], assignment: .random
    ) { rules in
      rules.registrationLimit = 1_000
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = window
    }
  }

  @Test("know what they have earned before they have it", arguments: [60, 7_200])
  func accrual(window: UInt64) throws {
    let run = try RecordedRun(Self.market(window: window))
    // 0.15 a second of 0.18 USD are 4.8 USD a host-hour, so that hardly a period of twenty minutes loses.
    #expect(run.measured.hostExits <= 4, "\(run.measured.hostExits)")
    #expect(run.number("hosts_in_market") >= 18)
    let earned = run.books.reduce(0) { $0 + $1.earned }
    let expected = 0.18 * 0.99 * Double(run.measured.completed)
    #expect((earned - expected).magnitude < 0.01 * expected)
  }
}

@Suite("A guardian") struct GuardianTests {
  @Test("does not act on the alarm of a pause that is over") func staleAlarm() throws {
    // Each pause ends by itself two minutes before the guardian would end it, and the next begins.
    let rows = (0..<170).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 180, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 3
    configuration.rules.values.autoRecovery = 480
    configuration.guardian = Guarding(delay: .minutes(10))
    let run = try RecordedRun(configuration)
    #expect(run.measured.pauses > 5)
    #expect(run.measured.unpauses == 0)
    configuration.guardian = Guarding(delay: .minutes(6))
    configuration.rules.values.pauseCooldown = 60
    #expect(try RecordedRun(configuration).measured.unpauses > 5)
  }
}

@Suite("An emergency council") struct EmergencyCouncilTests {
  private let council = EmergencyCouncil(
    failures: 3, window: .seconds(10), delay: .seconds(60), pause: .minutes(10))

  @Test("is alarmed by so many failures within the window, and by no fewer") func alarm() {
    var state = CouncilState()
    func sees(_ seconds: Int64) -> Bool {
      state.sees(failureAt: SimTime.zero + .seconds(seconds), council)
    }
    #expect(!sees(0) && !sees(5) && !sees(11), "the first is too old")
    #expect(!sees(20) && !sees(25))
    #expect(sees(30), "20, 25 and 30")
    #expect(state.stage == .alarmed)
    #expect(!sees(31) && !sees(32) && !sees(33), "it is alarmed already")
  }

  @Test("leaves alone what a breaker has closed already") func closed() throws {
    let rows = (0..<40).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 60, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 3
    configuration.emergency = EmergencyCouncil(
      failures: 3, window: .minutes(5), delay: .seconds(60), pause: .minutes(10))
    let run = try RecordedRun(configuration)
    #expect(run.measured.pauses == 1 && run.measured.emergencyPauses == 0)
    #expect(run.table("breakers").texts("by") == ["protocol"])
  }

  @Test("pauses the marketplace after its delay and opens it again after the pause")
  func pauses() throws {
    // Forty jobs for hosts that never answer, whose deadlines pass a minute later.
    let rows = (0..<40).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 60, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 1_000
    configuration.emergency = EmergencyCouncil(
      failures: 3, window: .minutes(5), delay: .seconds(60), pause: .minutes(10))
    let run = try RecordedRun(configuration)
    let breakers = run.table("breakers")
    let times = try breakers.rows.indices.map {
      Double(try #require(breakers.ticks($0, "time"))) * 1e-9
    }
    #expect(run.measured.emergencyPauses >= 2)
    #expect(breakers.texts("event").prefix(4).elementsEqual(["closed", "open", "closed", "open"]))
    // The third job is posted at 121 s and fails 60 s after its block; a minute later, and blocks.
    #expect(breakers.texts("by").prefix(4).allSatisfy { $0 == "council" })
    #expect((230...262).contains(times[0]), "\(times)")
    #expect((598...606).contains(times[1] - times[0]), "\(times)")
    #expect(run.number("closed_share") > 0.3)
  }
}

@Suite("Renters who bear ill will") struct SpitefulRenterTests {
  @Test("dispute whatever they can, and give one star where they cannot") func spite() throws {
    func run(_ payout: Payout, accuracy: UInt64 = 10_000) throws -> RecordedRun {
      var spite = Bed.many(rate: 0.3)
      spite.isSpiteful = true
      let configuration = Bed.documentedMarket(
        minutes: 60, hosts: [Bed.homes(20, spread: 0)], renters: [spite], assignment: .random
      ) { rules in
        rules.payoutWithoutProof = payout
        rules.challengePeriod = 300
        rules.arbiterDelay = 10
        rules.arbiterAccuracy = accuracy
      }
      return try RecordedRun(configuration)
    }
    let (paid, escrowed, blind) = (
      try run(.onCompletion), try run(.afterChallengeWindow),
      try run(.afterChallengeWindow, accuracy: 7_000)
    )
    #expect(paid.measured.disputes == 0 && (paid.number("rating") - 1.05).magnitude < 0.03)
    #expect(escrowed.measured.disputes >= escrowed.measured.completed - 3)
    #expect(escrowed.measured.disputesUpheld == 0 && escrowed.measured.honestSlashed == 0)
    // Three in ten find against the honest, who lose stake for it.
    let share = blind.number("dispute_upheld_share")
    #expect((share - 0.3).magnitude < 0.06, "\(share)")
    #expect(blind.measured.honestSlashed == blind.measured.disputesUpheld)
    #expect(paid.measured.genuineRequests == 0)
  }
}

@Suite("Renters who are turned away, spam or dispute") struct RenterConductTests {
  @Test("pay for what they spam, as the books of their accounts say") func spending() throws {
    var spam = Bed.many(rate: 0.5)
    spam.isSpamming = true
    let configuration = Bed.documentedMarket(
      minutes: 30, hosts: [Bed.homes(10)], renters: [Bed.many(rate: 0.1), spam])
    let run = try RecordedRun(configuration)
    let fees = run.renters.filter { $0.cohort == 1 }.reduce(0.0) { $0 + Double($1.fees) }
    let expected: Double = fees * 1e-18 * configuration.chain.ethPrice
    #expect(expected > 0)
    #expect((run.number("spam_spending_usd") - expected).magnitude < 1e-9 * expected)
  }

  @Test("try again until the limit lets them, where they retry") func retry() throws {
    // One renter, twelve requests within a minute: three are taken a minute.
    let rows = (0..<12).map { Bed.TraceRow(seconds: Double($0) * 4 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.count = 1
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [Bed.homes(20)], renters: [renter])
    let impatient = try RecordedRun(configuration)
    #expect(impatient.measured.limited > 5)
    configuration.renters[0].retry = Retrying(after: .seconds(30), factor: 1.5, attempts: 10)
    let patient = try RecordedRun(configuration)
    #expect(patient.measured.retries > 5)
    // Ten an hour are taken, whoever waits.
    #expect(patient.measured.served > impatient.measured.served)
    #expect(patient.measured.served == 10)
  }

  @Test("post and take back, at no cost but gas, where they spam") func spam() throws {
    var spam = Bed.renters(rate: 0.1, count: 40)
    spam.name = "spam"
    spam.isSpamming = true
    let configuration = Bed.documentedMarket(
      minutes: 60, hosts: [Bed.homes(20)], renters: [Bed.many(rate: 0.2), spam])
    let run = try RecordedRun(configuration)
    #expect(run.measured.refunded > 200)
    #expect(run.measured.refundedFunds == UInt64(run.measured.refunded))
    #expect(run.number("genuine_turned_away_share") == 0)
    #expect(run.measured.claimed == run.measured.completed)
  }

  @Test(
    "dispute what they notice, and lose what they dispute without reason", arguments: [true, false])
  func disputes(isWrong: Bool) throws {
    var cohort = Bed.homes(10, spread: 0)
    cohort.behaviour = HostConduct(lazy: Lazy(isWrong ? 1 : 0))
    cohort.reserve = 100_000
    var renters = Bed.many(rate: 0.5)
    renters.disputes =
      isWrong ? Disputing(notices: 0.4) : Disputing(notices: 0, frivolous: 0.2)
    let configuration = Bed.documentedMarket(
      minutes: 90, hosts: [cohort], renters: [renters], assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 300
      rules.arbiterDelay = 10
    }
    let run = try RecordedRun(configuration)
    let share = Double(run.measured.disputes) / Double(run.measured.completed)
    let expected = isWrong ? 0.4 : 0.2
    let deviation = (expected * (1 - expected) / Double(run.measured.completed)).squareRoot()
    #expect((share - expected).magnitude < 4 * deviation)
    if isWrong {
      #expect(run.measured.disputesUpheld > run.measured.disputes * 9 / 10)
    } else {
      #expect(run.measured.disputesUpheld == 0 && run.measured.disputes > 100)
    }
  }
}

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

@Suite("Hosts that top up when it pays") struct ProfitableTopUpTests {
  private static func market() -> MarketConfiguration {
    var cohort = Bed.homes(10, name: "crooks", spread: 0)
    cohort.behaviour = HostConduct(abandoning: Abandoning(0.1))
    cohort.topUp = .whenProfitable
    var renters = Bed.many(rate: 0.5, timeToComplete: .seconds(60))
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [cohort], renters: [renters], assignment: .random
    ) { rules in rules.slash = 100 }
    configuration.chain.fabPrice = 1e6
    return configuration
  }

  @Test("ask again when FAB is cheaper") func cheaper() throws {
    var configuration = Self.market()
    let dear = try RecordedRun(configuration)
    #expect(dear.measured.toppedUp == 0 && dear.hosts.allSatisfy(\.isBarred))
    // 10 FAB at 0.0001 USD are less than what any of them has earned.
    configuration.changes.append(MarketChange(at: .minutes(60), effect: .fabPrice(1e-4)))
    let run = try RecordedRun(configuration)
    #expect(run.measured.toppedUp >= 10 * 10)
    #expect(run.hosts.count(where: \.isBarred) < 5)
  }

  @Test("ask again when they are paid, where they had earned nothing yet") func paid() throws {
    var configuration = Self.market()
    configuration.chain.fabPrice = 1e-4
    configuration.rules.values.payoutWithoutProof = .afterChallengeWindow
    configuration.rules.values.challengePeriod = 1_800
    let run = try RecordedRun(configuration)
    // Nobody is paid in the first half of an hour, in which most of them fail a job.
    #expect(run.measured.toppedUp >= 10 * 10 && run.measured.failures > 20)
  }

  @Test("reckon with what their work costs") func costs() throws {
    // The same revenue, and energy that costs more than it.
    var configuration = Self.market()
    configuration.chain.fabPrice = 1e-4
    #expect(try RecordedRun(configuration).measured.toppedUp >= 10 * 10)
    configuration.hosts[0].electricity = 100_000
    let run = try RecordedRun(configuration)
    // But for who has worked for nobody yet, and fails its first job.
    #expect(run.number("dishonest_profit_per_host_day_usd") < -1)
    #expect(run.measured.toppedUp < 10 * 5, "\(run.measured.toppedUp)")
  }
}
