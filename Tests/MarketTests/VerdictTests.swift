import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Verdicts that come late or not at all") struct VerdictTests {
  @Test("a challenge that nobody decides in time is the host's, and so is the payment")
  func expired() throws {
    var forgers = Bed.homes(10, name: "forgers", spread: 0)
    forgers.behaviour = HostConduct(forging: Forging(1))
    var renters = Bed.many(rate: 0.003, proofs: 1)
    renters.lengths = .fixed(prompt: 500, output: 100)
    var configuration = Bed.documentedMarket(
      minutes: 600, hosts: [forgers], renters: [renters], verifiers: 1, assignment: .random
    ) { rules in
      rules.challengePeriod = 1_800
      rules.slash = 0
    }
    // Four minutes for each proof and each challenge, of which 86 minutes come in an hour: many challenges
    // outlive their half-hour.
    configuration.verifiers.checkTime = .minutes(4)
    configuration.challengers = ChallengerConfiguration(count: 4, checkRate: 1)
    let run = try RecordedRun(configuration)
    let statuses = run.table("transactions").texts("status")
    #expect(statuses.contains("Challenge expired"))
    let functions = run.table("transactions").texts("function")
    let expiries = zip(functions, statuses).count { $0 == "expireChallenge" && $1 == "success" }
    #expect(expiries > 3)
    #expect(
      expiries == zip(functions, statuses).count { $0 == "resolveChallenge" && $1 != "success" })
    // Ten FAB of each go to the host; what is won brings twenty.
    let bonds = run.books.reduce(0) { $0 + $1.bonds }
    #expect(bonds == 10 * Double(expiries))
    let gain = run.number("challengers_gain_fab")
    #expect((gain - (20 * Double(run.measured.challengesWon) - bonds)).magnitude < 1e-6)
    #expect(run.number("payments_usdc") > 0)
  }

  @Test("a learner lays losses to the work that they are for", arguments: [10, 3_600])
  func lateLosses(arbiterDelay: UInt64) throws {
    var pupils = Bed.homes(20, name: "pupils", spread: 0)
    pupils.behaviour = HostConduct(lazy: Lazy(1), learning: Learning(exploration: 0.1))
    pupils.reserve = 1_000_000
    pupils.review = .minutes(10)
    var renters = Bed.many(rate: 1)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: 720, hosts: [pupils], renters: [renters], verifiers: 5, assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.arbiterDelay = arbiterDelay
      rules.minStake = UInt256(10) * UInt256(1_000_000_000_000_000_000)
    }
    // One found in three costs 1 FAB and the payment: 0.18 USD are not worth that.
    configuration.verifiers.checkRate = 0.3
    let run = try RecordedRun(configuration)
    #expect(run.number("wrong_share") < 0.35, "\(run.number("wrong_share"))")
    #expect(run.measured.disputesUpheld > 50)
  }

  @Test("the council alone ends what the council began") func council() throws {
    var ghosts = Bed.homes(20)
    ghosts.behaviour = HostConduct(abandoning: Abandoning(0.5))
    var configuration = Bed.documentedMarket(
      minutes: 240, hosts: [ghosts],
      renters: [Bed.many(rate: 0.5, timeToComplete: .seconds(60))])
    configuration.emergency = EmergencyCouncil(
      failures: 20, window: .minutes(10), delay: .seconds(30), pause: .minutes(90))
    configuration.guardian = Guarding(delay: .minutes(5))
    let run = try RecordedRun(configuration)
    let breakers = run.table("breakers")
    #expect(Set(breakers.texts("by")) == ["council"])
    #expect(run.number("unpauses") == 0)
  }
}
