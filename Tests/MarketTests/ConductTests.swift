import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that cheat") struct ConductTests {
  /// Jobs of one price, lazy hosts that top their stakes up at once, an arbiter that is always right.
  private static func market(
    conduct: HostConduct, checkRate: Double, slash: UInt64 = 500, seed: UInt64 = 11,
    minutes: Int64 = 60, honest: Int = 0
  ) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "crooks", spread: 0)
    cohort.behaviour = conduct
    cohort.reserve = 1_000_000
    var renters = Bed.many(rate: 1.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: minutes, hosts: honest > 0 ? [cohort, Bed.homes(honest, spread: 0)] : [cohort],
      renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.arbiterDelay = 10
      rules.minStake = UInt256(10) * UInt256(1_000_000_000_000_000_000)
      rules.slash = slash
    }
    configuration.seed = seed
    configuration.verifiers.checkRate = checkRate
    return configuration
  }

  /// Within four standard deviations of a share of so many draws.
  private static func agrees(_ share: Double, _ probability: Double, of draws: Double) -> Bool {
    let deviation = (probability * (1 - probability) / draws).squareRoot()
    return (share - probability).magnitude < 4 * deviation
  }

  @Test("return made-up results as often as their conduct says") func lazyShare() throws {
    let run = try RecordedRun(
      Self.market(conduct: HostConduct(lazy: Lazy(0.3)), checkRate: 0.2))
    let completed = Double(run.measured.completed)
    let share = Double(run.measured.wrong) / completed
    #expect(Self.agrees(share, 0.3, of: completed))
    #expect(Self.agrees(Double(run.measured.checks) / completed, 0.2, of: completed))
    #expect(run.measured.disputes > 200)
    #expect(run.measured.disputesUpheld == run.measured.cheatsDetected)
    #expect(run.table("slashing").rows.count == run.measured.disputesUpheld)
  }

  @Test("are found out after a geometric number of cheats") func detectionDelay() throws {
    // Each cheat is checked with probability q on its own: the mean run of cheats up to and including
    // the detected one is 1/q.
    let run = try RecordedRun(
      Self.market(conduct: HostConduct(lazy: Lazy(1)), checkRate: 0.25, minutes: 90))
    let cheats = Double(run.measured.wrong)
    let ratio = Double(run.measured.disputes) / cheats
    #expect(Self.agrees(ratio, 0.25, of: cheats))
  }

  @Test(
    "earn by cheating below the deterrence threshold, and lose by it above",
    arguments: [0.1, 0.2, 0.4, 0.5], [0.6, 1.6])
  func deterrence(checkRate q: Double, share: Double) throws {
    // A job of 1,000 and 200 tokens at 100 and 400 USD per million pays 0.18 USD less 1 %. A cheat
    // brings that with probability 1 − q and costs S with probability q: S* = g (1 − q) / q.
    let gain = 0.18 * 0.99
    let threshold = gain * (1 - q) / q
    let stake = 10.0
    let slash = UInt64((share * threshold / stake * 10_000).rounded())
    let run = try RecordedRun(
      Self.market(conduct: HostConduct(lazy: Lazy(1)), checkRate: q, slash: slash))
    let perJob = run.number("dishonest_earnings_per_job_usd")
    #expect(run.measured.cheatsDetected > 100)
    #expect((perJob > 0) == (share < 1), "\(perJob) USD a job")
    // What is still unpaid or undecided at the horizon is a few minutes of the hour.
    let loss = Double(slash) / 10_000 * stake
    let expected: Double = (1 - q) * gain - q * loss
    let tolerance: Double = 0.1 * (gain + expected.magnitude)
    #expect((perJob - expected).magnitude < tolerance)
  }

  @Test("that abandon jobs fail them at the deadline, and the renters get their money back")
  func abandoning() throws {
    var configuration = Self.market(conduct: HostConduct(abandoning: Abandoning(0.2)), checkRate: 0)
    configuration.renters[0].timeToComplete = .seconds(120)
    let run = try RecordedRun(configuration)
    let share = Double(run.measured.failures) / Double(run.measured.claimed)
    #expect(share > 0.16 && share < 0.24)
    #expect(run.measured.refunded == run.measured.failures)
    #expect(run.measured.stuck == 0)
  }

  @Test("are honest while their score is below what they milk from") func milking() throws {
    let conduct = HostConduct(lazy: Lazy(1), milking: Milking(from: 200))
    let run = try RecordedRun(Self.market(conduct: conduct, checkRate: 0))
    // A completion with the best rating brings 14 points, so at least eight of a host's jobs are
    // honest before its score reaches 200 from 100.
    let honest = run.measured.completed - run.measured.wrong
    #expect(honest >= 20 * 7 && run.measured.wrong > honest)
  }

  @Test("and prove their work do it") func proven() throws {
    var configuration = Self.market(conduct: HostConduct(lazy: Lazy(1)), checkRate: 0)
    configuration.renters[0].proofRequired = 1
    let run = try RecordedRun(configuration)
    #expect(run.measured.wrong == 0 && run.measured.proofsVerified > 1_000)
  }

  @Test("cost no honest host its stake while the arbiter is right") func innocence() throws {
    let run = try RecordedRun(
      Self.market(conduct: HostConduct(lazy: Lazy(0.5)), checkRate: 0.3, honest: 20))
    let rows = run.table("cohorts")
    #expect(rows.rows.count == 2)
    #expect(run.number("honest_slashes_per_1000_host_days") == 0)
    for row in run.hosts where row.cohort == 1 { #expect(row.failed == 0 && row.cheats == 0) }
  }

  @Test("in rings have one controller each, which the registry knows") func rings() throws {
    var configuration = Self.market(
      conduct: HostConduct(
        lazy: Lazy(0.1), sybilRing: SybilRing(size: 6, sharesController: true)),
      checkRate: 0, minutes: 10)
    configuration.hosts[0].count = 20
    let market = try Market.made(from: configuration)
    #expect(market.controllers.count == 4)
    for index in 0..<20 { #expect(market.hosts[index].ring == UInt32(index / 6 + 1)) }
    let run = try RecordedRun(configuration)
    #expect(run.measured.completed > 500)
  }
}
