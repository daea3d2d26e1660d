import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that ask whether a deed pays") struct WeighingTests {
  /// USD that a host has of a job of 1,000 and 200 tokens at 100 and 400 USD per million.
  private static let payment = 0.18 * 0.99

  private static func prospects(
    slash: Double, later: Double = 0, chance: Double
  ) -> Weighing.Prospects {
    Weighing.Prospects(payment: payment, slash: slash, later: later, chance: chance)
  }

  @Test("turn where the work costs q (p + S + V)", arguments: [0.05, 0.25, 1], [0, 0.5])
  func becker(chance: Double, slash: Double) {
    let later = 2 * slash
    let loss = chance * (Self.payment + slash + later)
    let prospects = Self.prospects(slash: slash, later: later, chance: chance)
    #expect(Weighing().pays(work: loss * 1.001, prospects))
    #expect(!Weighing().pays(work: loss * 0.999, prospects))
  }

  @Test("judge their own record by the mean of a Beta distribution") func record() {
    let weighing = Weighing(expects: 0.1, weight: 20)
    #expect(weighing.chance(HostBook.Deeds()) == 0.1)
    #expect(weighing.chance(HostBook.Deeds(paid: 20)) == 0.05)
    #expect(weighing.chance(HostBook.Deeds(paid: 52, found: 28)) == 0.3)
  }

  private static func market(
    _ conduct: HostConduct, minStake: Int = 10, slash: UInt64 = 500, proofs: Double = 0,
    checkRate: Double = 0, minutes: Int64 = 60
  ) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "crooks", spread: 0)
    cohort.behaviour = conduct
    cohort.reserve = 1_000_000
    var renters = Bed.many(rate: 1, timeToComplete: .seconds(300), proofs: proofs)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: minutes, hosts: [cohort], renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      if proofs == 0 { rules.payoutWithoutProof = .afterChallengeWindow }
      rules.challengePeriod = 120
      rules.arbiterDelay = 10
      rules.minStake = UInt256(minStake) * UInt256(1_000_000_000_000_000_000)
      rules.slash = slash
    }
    configuration.verifiers.checkRate = checkRate
    return configuration
  }

  @Test(
    "forget only jobs whose work costs no less than payment and slash", arguments: [0.95, 1.05])
  func abandoning(share: Double) throws {
    let saving = share * (Self.payment + 10 * 0.05)
    let run = try RecordedRun(
      Self.market(HostConduct(abandoning: Abandoning(weighing: Weighing(saving: saving)))))
    // Once it has failed, a host has a little less to lose; all of it is back before the next job.
    #expect((run.measured.failures > 100) == (share > 1))
    #expect(share > 1 || run.measured.failures == 0)
  }

  @Test("weigh the energy of the work where nothing else is said") func energy() throws {
    // Some 300 W for a few seconds at 0.15 USD per kWh are less than a thousandth of the payment.
    let work = HostConduct(abandoning: Abandoning(weighing: Weighing()))
    #expect(try RecordedRun(Self.market(work)).measured.failures == 0)
    // The same energy at a price at which it costs more than the job pays.
    var dear = Self.market(work, slash: 0)
    dear.hosts[0].electricity = 1_000_000
    #expect(try RecordedRun(dear).measured.failures > 100)
    dear.hosts[0].electricity = 10
    #expect(try RecordedRun(dear).measured.failures == 0)
  }

  @Test("forget what pays less than its gas, unless somebody else pays that") func gas() throws {
    // A job of 0.0002 USD, whose completion takes 0.0035 USD of gas.
    var configuration = Self.market(
      HostConduct(abandoning: Abandoning(weighing: Weighing(saving: 1e-9))), slash: 0)
    configuration.hosts[0].price = HostCohort.Price(promptPerMillion: 0.1, outputPerMillion: 0.4)
    let run = try RecordedRun(configuration)
    #expect(run.measured.completed == 0 && run.measured.failures > 1_000)
    configuration.hosts[0].price = HostCohort.Price(promptPerMillion: 10, outputPerMillion: 40)
    #expect(try RecordedRun(configuration).measured.failures == 0)
  }

  @Test("value what they would earn later, and stay honest for it") func future() throws {
    func wrong(_ future: SimDuration) throws -> Int {
      let weighing = Weighing(saving: 0.1, future: future)
      return try RecordedRun(
        Self.market(HostConduct(lazy: Lazy(weighing: weighing)), slash: 0, checkRate: 0.2)
      ).measured.wrong
    }
    // q (p + S) = 0.036 USD is below 0.1; 20 hosts earn some 32 USD an hour each.
    let (careless, careful) = (try wrong(.zero), try wrong(.hours(1)))
    #expect(careless > 1_000)
    #expect(careful * 10 < careless, "\(careful) of \(careless)")
  }

  @Test("learn from what renters dispute, and expect no more of it than the court upholds")
  func disputed() throws {
    func wrong(notices: Double, accuracy: UInt64 = 10_000) throws -> Double {
      var configuration = Self.market(
        HostConduct(lazy: Lazy(weighing: Weighing(saving: 0.2, expects: 0.01, weight: 10))))
      configuration.renters[0].disputes = Disputing(notices: notices)
      configuration.rules.values.arbiterAccuracy = accuracy
      return try RecordedRun(configuration).number("wrong_share")
    }
    // A job found out costs 0.1782 + 0.5 USD, and the work 0.2 USD: three in ten are one too many.
    #expect(try wrong(notices: 0.1) > 0.9)
    #expect(try wrong(notices: 1) < 0.2)
    #expect(try wrong(notices: 1, accuracy: 1_000) > 0.9)
  }

  @Test("know from published checks how seldom a court finds for the renter") func court() throws {
    func wrong(_ jurors: UInt64, _ accuracy: UInt64) throws -> Double {
      // Three in ten are checked, and 0.3 · 0.6782 USD are more than what the work costs.
      var configuration = Self.market(
        HostConduct(lazy: Lazy(weighing: Weighing(saving: 0.15))), checkRate: 0.3)
      configuration.rules.values.arbiterAccuracy = accuracy
      configuration.rules.values.arbiterJurors = jurors
      return try RecordedRun(configuration).number("wrong_share")
    }
    #expect(try wrong(1, 10_000) < 0.05)
    #expect(try wrong(15, 7_000) < 0.05)
    #expect(try wrong(1, 6_000) > 0.9)
  }

  @Test("forge until they have been caught too often") func forging() throws {
    func wrong(_ checkRate: Double, saving: Double) throws -> Double {
      let weighing = Weighing(saving: saving, expects: 0.01, weight: 10)
      var configuration = Self.market(
        HostConduct(forging: Forging(weighing: weighing)), slash: 500, proofs: 1)
      configuration.rules.values.challengePenalty = .zero
      configuration.verifiers.checkRate = 0
      configuration.challengers = ChallengerConfiguration(count: 4, checkRate: checkRate)
      let run = try RecordedRun(configuration)
      return Double(run.measured.wrong) / Double(run.measured.completed)
    }
    // Found forgeries cost 0.1782 + 0.5 USD: at 5 % that is 0.034 USD a forgery, at 50 % 0.34 USD.
    #expect(try wrong(0.05, saving: 0.15) > 0.8)
    #expect(try wrong(0.5, saving: 0.15) < 0.5)
    #expect(try wrong(0, saving: 0.15) == 1)
  }
}

@Suite("Hosts that learn whether their conduct pays") struct LearningTests {
  private static func run(
    checkRate: Double, learning: Learning?, slash: UInt64 = 1_000
  ) throws -> RecordedRun {
    var cohort = Bed.homes(20, name: "crooks", spread: 0)
    // A dear hour of GPU makes the work cost something, so that honesty has a price.
    cohort.electricity = 300
    cohort.behaviour = HostConduct(lazy: Lazy(), learning: learning)
    cohort.reserve = 1_000_000
    cohort.review = .minutes(10)
    var renters = Bed.many(rate: 1)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: 300, hosts: [cohort], renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.arbiterDelay = 10
      rules.minStake = UInt256(10) * UInt256(1_000_000_000_000_000_000)
      rules.slash = slash
    }
    configuration.verifiers.checkRate = checkRate
    return try RecordedRun(configuration)
  }

  private static func wrongShare(_ run: RecordedRun) -> Double {
    Double(run.measured.wrong) / Double(run.measured.completed)
  }

  @Test("give up what loses, and keep what pays") func learns() throws {
    let always = try Self.run(checkRate: 0.3, learning: nil)
    let learned = try Self.run(checkRate: 0.3, learning: Learning())
    let safe = try Self.run(checkRate: 0, learning: Learning())
    #expect(Self.wrongShare(always) == 1)
    // 29 periods, of which the first is crooked, and then a twentieth.
    #expect(Self.wrongShare(learned) < 0.3)
    #expect(Self.wrongShare(safe) > 0.7)
    #expect(
      learned.number("dishonest_earnings_per_job_usd")
        > always.number("dishonest_earnings_per_job_usd"))
  }

  @Test("are honest when they wash no more") func puppets() throws {
    var cohort = Bed.homes(5, name: "crooks", spread: 0)
    cohort.review = .minutes(10)
    // Fees and gas of their own jobs bring nothing where hosts are chosen at random.
    func jobs(_ conduct: HostConduct) throws -> Int {
      var crooks = cohort
      crooks.behaviour = conduct
      let run = try RecordedRun(
        Bed.documentedMarket(
          minutes: 600, hosts: [crooks, Bed.homes(20, spread: 0)], renters: [Bed.many(rate: 0.3)],
          assignment: .random))
      // Who does not wash does not ask either.
      #expect(run.measured.balked == 0)
      return run.measured.washJobs
    }
    let washing = WashTrading(Puppets(rate: 10.0 / 3_600, budget: 1_000))
    let always = try jobs(HostConduct(washTrading: washing))
    let learned = try jobs(HostConduct(washTrading: washing, learning: Learning(exploration: 0)))
    #expect(learned > 0 && learned * 3 < always * 2, "\(learned) of \(always)")
  }
}

@Suite("Hosts that ask whether a new identity pays") struct PaybackTests {
  private static let day = Whitewashing(below: 90, payback: .days(1))

  @Test("compare what newcomers earn with what they do, less the time away")
  func threshold() {
    func isWorthIt(own: Double, newcomer: Double?, away: SimDuration) -> Bool {
      Self.day.isWorthIt(own: own, newcomer: newcomer, period: .hours(1), away: away)
    }
    #expect(isWorthIt(own: 1, newcomer: 1.01, away: .zero))
    #expect(!isWorthIt(own: 1, newcomer: 0.99, away: .zero))
    // Half a day away halves what newcomers earn.
    #expect(isWorthIt(own: 1, newcomer: 2.01, away: .hours(12)))
    #expect(!isWorthIt(own: 1, newcomer: 1.99, away: .hours(12)))
    #expect(!isWorthIt(own: -1, newcomer: 5, away: .days(2)), "it is never back in time")
    #expect(!isWorthIt(own: 0, newcomer: nil, away: .zero), "nobody to compare with")
    #expect(Whitewashing().isWorthIt(own: 9, newcomer: nil, period: .hours(1), away: .days(9)))
  }
}
