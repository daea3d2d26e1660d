import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Verifiers who weigh what a check brings") struct VigilanceTests {
  /// 5,400 jobs of 0.18 USD, from hosts whose saving is that share of what a found cheat costs them.
  private static func market(
    saving share: Double? = nil, slash: UInt64 = 500, effort: VerifierEffort?,
    checkRate: Double = 0.1, lazy: Double = 1, seed: UInt64 = 21, pays: PaymentCurrency = .usdc
  ) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "crooks", spread: 0)
    cohort.behaviour = HostConduct(
      lazy: Lazy(
        lazy,
        weighing: share.map {
          Weighing(saving: $0 * (0.18 * 0.99 + 10 * Double(slash) / 10_000))
        }))
    cohort.reserve = 1_000_000
    var renters = Bed.many(rate: 1.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    renters.pays = pays
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [cohort], renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.arbiterDelay = 10
      rules.minStake = UInt256(10) * UInt256(1_000_000_000_000_000_000)
      rules.slash = slash
    }
    configuration.seed = seed
    configuration.verifiers.checkRate = checkRate
    configuration.verifiers.checkTime = .milliseconds(200)
    configuration.verifiers.effort = effort
    return configuration
  }

  private static func check(_ effort: VerifierEffort, of wrong: Double) -> Bool {
    var vigilance = Vigilance()
    vigilance.effort = effort
    vigilance.sampled = 100
    vigilance.sampledWrong = wrong
    return vigilance.isWorthACheck
  }

  @Test("do again what they have time for while payments can be stopped, and no more")
  func capacity() throws {
    var configuration = Self.market(effort: nil, checkRate: 1)
    configuration.verifiers.count = 1
    configuration.verifiers.checkTime = .seconds(60)
    let run = try RecordedRun(configuration)
    #expect((55...60).contains(run.measured.checks))
    #expect(run.measured.disputes >= run.measured.checks - 2, "all in time")
    #expect(run.number("check_share") < 0.02)
  }

  @Test("tell nobody what they find where they are in league with hosts", arguments: [0.5, 1])
  func collusion(share: Double) throws {
    var configuration = Self.market(effort: nil, checkRate: 0.5)
    configuration.verifiers.colluding = share
    let run = try RecordedRun(configuration)
    let checks = Double(run.measured.checks)
    let told = Double(run.measured.disputes)
    #expect(checks > 2_000)
    #expect((told / checks - (1 - share)).magnitude < 0.04, "\(told) of \(checks)")
  }

  @Test("look where x (R + L) + f J is above C, and only there") func threshold() {
    let plain = VerifierEffort(cost: 0.02, reward: 0.08, damage: 0.02)
    #expect(!Self.check(plain, of: 19))
    #expect(Self.check(plain, of: 21))
    let planted = VerifierEffort(
      cost: 0.02, reward: 0.08, damage: 0.02, forcedErrors: 0.05, jackpot: 0.2)
    #expect(!Self.check(planted, of: 9))
    #expect(Self.check(planted, of: 11))
    #expect(!Vigilance().isWorthACheck)
  }

  @Test(
    "come to check g/(g + S) of jobs, and hosts to cheat in C/(R + L) of them",
    arguments: [(0.25, 0.2), (0.5, 0.2), (0.5, 0.4)])
  func mixedPoint(_ checking: Double, _ cheating: Double) throws {
    let run = try RecordedRun(
      Self.market(
        saving: checking, effort: VerifierEffort(cost: cheating, reward: 0.75, damage: 0.25)))
    #expect((run.number("check_share") - checking).magnitude < 0.12)
    #expect((run.number("wrong_share") - cheating).magnitude < 0.13)
    #expect(run.number("wrong_share") > 0.03)
  }

  @Test("check less where a slash costs more, as the formula says") func dearerSlash() throws {
    let effort = VerifierEffort(cost: 0.2, reward: 1)
    // The same saving is half of what a found cheat costs, then a quarter.
    let loss = 0.18 * 0.99 + 10 * 0.05
    let slash = (2 * loss - 0.18 * 0.99) / 10 * 10_000
    let mild = try RecordedRun(Self.market(saving: 0.5, effort: effort))
    let harsh = try RecordedRun(
      Self.market(saving: 0.25, slash: UInt64(slash.rounded()), effort: effort))
    #expect(harsh.number("check_share") < mild.number("check_share") - 0.1)
  }

  @Test("stop looking where nobody cheats, unless planted errors pay")
  func decay() throws {
    func share(_ errors: Double, _ jackpot: Double) throws -> Double {
      try RecordedRun(
        Self.market(
          effort: VerifierEffort(
            cost: 0.02, reward: 0.1, forcedErrors: errors, jackpot: jackpot), lazy: 0)
      ).number("check_share")
    }
    // What is left is the spot checks, and the few jobs before the first of them.
    #expect(try share(0, 0) < 0.13)
    #expect(try share(0.05, 0.2) < 0.13)
    // But for the last few, which nobody has done yet.
    #expect(try share(0.05, 0.41) > 0.998)
  }

  @Test("gain what they find less what they spend and overlook") func gain() throws {
    let run = try RecordedRun(
      Self.market(
        effort: VerifierEffort(cost: 0.02, reward: 0, damage: 0.01), checkRate: 0.3, lazy: 0.5))
    let found = Double(run.measured.disputes)
    let checks = Double(run.measured.checks)
    let wrong = Double(run.measured.wrong)
    // Checks under way at the horizon have cost nothing yet.
    #expect(
      (run.number("verifiers_gain_usd") + 0.02 * checks + 0.01 * (wrong - found)).magnitude < 0.3)
    let planted = try RecordedRun(
      Self.market(
        effort: VerifierEffort(cost: 0.02, reward: 0, forcedErrors: 0.25, jackpot: 1),
        checkRate: 0.3, lazy: 0))
    let all = Double(planted.measured.checks)
    #expect((planted.measured.checkable - 5...planted.measured.checkable).contains(Int(all)))
    let deviation = (0.25 * 0.75 * all).squareRoot()
    #expect((planted.number("verifiers_gain_usd") - 0.23 * all).magnitude < 4 * deviation + 1)
  }

  @Test("leave hosts to cheat whose saving is above payment and slash together")
  func shameless() throws {
    let effort = VerifierEffort(cost: 0.01, reward: 1)
    let run = try RecordedRun(Self.market(saving: 1.1, effort: effort))
    #expect(run.number("wrong_share") == 1)
    #expect(run.number("check_share") > 0.998)
    let tame = try RecordedRun(Self.market(saving: 0.05, effort: effort))
    #expect(tame.number("wrong_share") < 0.01)
  }

  @Test("leave hosts to weigh a payment at what it is worth", arguments: PaymentCurrency.allCases)
  func worth(currency: PaymentCurrency) throws {
    func wrongShare(_ saving: Double) throws -> Double {
      try RecordedRun(
        Self.market(
          saving: saving, slash: 0, effort: VerifierEffort(cost: 0.01, reward: 1), pays: currency)
      ).number("wrong_share")
    }
    #expect(try wrongShare(1.1) == 1)
    #expect(try wrongShare(0.05) < 0.01)
  }
}
