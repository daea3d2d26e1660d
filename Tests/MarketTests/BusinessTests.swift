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
