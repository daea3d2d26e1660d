import Contracts
import Quantities
import Testing

@testable import Market

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
