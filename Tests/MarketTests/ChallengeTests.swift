import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Challenges of proofs") struct ChallengeTests {
  private static func market(
    forging: Double, checkRate: Double, mistakes: Double = 0, colluding: Double = 0,
    minutes: Int64 = 90
  ) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "forgers", spread: 0)
    cohort.behaviour = HostConduct(forging: Forging(forging))
    cohort.reserve = 1_000_000
    var renters = Bed.many(rate: 0.5, proofs: 1)
    renters.lengths = .fixed(prompt: 500, output: 100)
    var configuration = Bed.documentedMarket(
      minutes: minutes, hosts: [cohort], renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      rules.challengePeriod = 300
      rules.slash = 0
    }
    configuration.verifiers.colluding = colluding
    configuration.challengers = ChallengerConfiguration(
      count: 4, checkRate: checkRate, mistakes: mistakes)
    return configuration
  }

  @Test("find forged proofs as often as they look, and are paid the penalty for each")
  func forged() throws {
    let run = try RecordedRun(Self.market(forging: 0.5, checkRate: 0.3))
    let forged = Double(run.measured.wrong)
    let share = Double(run.measured.challenges) / forged
    #expect((share - 0.3).magnitude < 4 * (0.21 / forged).squareRoot() + 0.01)
    #expect(run.measured.challengesWon > 100)
    #expect(run.measured.challengesWon <= run.measured.challenges)
    #expect(run.measured.challenges - run.measured.challengesWon < 5, "but for the last few")
    // 20 FAB each; what is still staked at the horizon is theirs.
    let expected: Double = 20 * Double(run.measured.challengesWon)
    #expect((run.number("challengers_gain_fab") - expected).magnitude < 1e-6)
    #expect(run.measured.refunded == 0, "the request was served, its payment came back later")
    let causes = Set(run.table("slashing").texts("cause"))
    #expect(causes == ["challenge"])
    #expect(run.table("slashing").rows.count == run.measured.challengesWon)
    // Hosts know what became of each forgery that is decided.
    let deeds = run.books.map(\.proven)
    #expect(deeds.reduce(0) { $0 + Int($1.found) } == run.measured.challengesWon)
    let paid = deeds.reduce(0) { $0 + Int($1.paid) }
    #expect(paid > 0 && paid + run.measured.challengesWon <= run.measured.wrong)
  }

  @Test("cost their stakes where the proof was good") func mistaken() throws {
    let run = try RecordedRun(Self.market(forging: 0, checkRate: 0.5, mistakes: 0.2))
    #expect(run.measured.challenges > 100 && run.measured.challengesWon == 0)
    let lost = -run.number("challengers_gain_fab")
    // Hosts have what those lost who were in the wrong; the last few are not decided.
    #expect(lost > 9.5 * Double(run.measured.challenges))
    let won = run.books.reduce(0) { $0 + $1.bonds }
    #expect((lost - won).magnitude < 1e-6)
    #expect(run.table("slashing").rows.isEmpty)
    // Hosts are paid all the same once the window is over.
    #expect(run.number("payments_usdc") > 0.8 * run.number("host_revenue_usdc"))
    #expect(run.number("honest_slashes_per_1000_host_days") == 0)
  }

  @Test("are no more than challengers have time for") func capacity() throws {
    var configuration = Self.market(forging: 1, checkRate: 1)
    configuration.challengers.count = 1
    configuration.challengers.checkTime = .seconds(60)
    let run = try RecordedRun(configuration)
    // A minute each in ninety minutes, while half a job a second is done.
    #expect((80...90).contains(run.measured.challengersChecks))
    #expect(run.measured.challenges <= run.measured.challengersChecks)
    #expect(run.measured.challenges >= run.measured.challengersChecks - 3, "all in time")
  }

  @Test("lead nowhere where verifiers are in league with hosts") func collusion() throws {
    let run = try RecordedRun(Self.market(forging: 1, checkRate: 0.5, colluding: 1))
    #expect(run.measured.challenges > 100 && run.measured.challengesWon == 0)
    #expect(run.number("challengers_gain_fab") < 0)
    let half = try RecordedRun(Self.market(forging: 1, checkRate: 0.5, colluding: 0.5))
    let share = Double(half.measured.challengesWon) / Double(half.measured.challenges)
    #expect(share > 0.4 && share < 0.6)
  }

  @Test("are sought while what was found forged pays for looking", arguments: [8.0, 12])
  func effort(cost: Double) throws {
    // Half of the proofs are forged, and one found brings 20 FAB of 1 USD: 10 USD a look.
    var configuration = Self.market(forging: 0.5, checkRate: 0.2)
    configuration.challengers.cost = cost
    configuration.challengers.checkTime = .seconds(2)
    let run = try RecordedRun(configuration)
    let share = Double(run.measured.challengersChecks) / Double(run.measured.completed)
    #expect(cost < 10 ? share > 0.9 : share < 0.4, "\(share)")
  }

  @Test("are worth what they win as often as they do, less stakes and gas") func gain() {
    var suspicion = Suspicion()
    #expect(suspicion.gain(reward: 20, stake: 10, gas: 1) == 4, "even odds")
    for _ in 0..<3 { suspicion.learn(isWon: true) }
    #expect(suspicion.gain(reward: 20, stake: 10, gas: 1) == 20 * 0.875 - 1.25 - 1)
    for _ in 0..<4 { suspicion.learn(isWon: false) }
    #expect(suspicion.gain(reward: 20, stake: 10, gas: 0) == 20 * 0.4375 - 5.625)
  }

  @Test("are given up where verifiers are in league with hosts, by who counts what they bring")
  func futile() throws {
    var configuration = Self.market(forging: 1, checkRate: 0.1, colluding: 1)
    configuration.challengers.cost = 0.1
    configuration.challengers.checkTime = .seconds(1)
    let run = try RecordedRun(configuration)
    // One in two is expected at first; two lost in a row leave a sixth, which does not pay for the stake.
    #expect(run.measured.challengesWon == 0)
    #expect((1...60).contains(run.measured.challenges), "\(run.measured.challenges)")
    let checked = Double(run.measured.challengersChecks) / Double(run.measured.completed)
    #expect(checked < 0.2, "\(checked)")
    let staked = 10 * Double(run.measured.challenges)
    #expect(run.number("challengers_gain_fab") >= -staked)
  }

  @Test("keep those from forging who count what it costs them") func inspection() throws {
    func forged(_ cost: Double?) throws -> Double {
      var configuration = Self.market(forging: 1, checkRate: 0.1, minutes: 180)
      // A look at three in ten makes up for what a forgery saves; of drawn proofs alone it is one.
      let saving = 0.3 * (0.09 * 0.99 + 20)
      configuration.hosts[0].behaviour = HostConduct(
        forging: Forging(weighing: Weighing(saving: saving, expects: 0.3, weight: 10)))
      configuration.challengers.cost = cost
      return try RecordedRun(configuration).number("wrong_share")
    }
    // Challengers who expect half of the proofs to be forged look at all of the first ones. Whoever is
    // caught there expects more than three in ten from then on, and has no reason to try again.
    let (drawn, sought) = (try forged(nil), try forged(4))
    #expect(drawn > 0.5, "\(drawn)")
    #expect(sought < 0.05 && sought > 0, "\(sought)")
  }

  @Test("are never made where nobody challenges, and forgers earn as if they had worked")
  func unwatched() throws {
    var configuration = Self.market(forging: 1, checkRate: 0)
    configuration.challengers.count = 0
    let run = try RecordedRun(configuration)
    #expect(run.measured.wrong == run.measured.completed && run.measured.completed > 500)
    #expect(run.number("host_utilisation") == 0)
    #expect(run.number("dishonest_revenue_share") == 1)
  }
}
