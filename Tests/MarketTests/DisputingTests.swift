import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Renters who ask whether a dispute pays") struct DisputingTests {
  /// Jobs of 1,000 and 200 tokens at `price` and four times that, USD per million tokens.
  private static func disputes(
    price: Double, weighs: Bool, accuracy: UInt64 = 10_000, notices: Double = 1, bond: Int = 0,
    capital: Int = 100, people: Int = 3_000
  ) throws -> RecordedRun {
    var liars = Bed.homes(20, name: "liars", spread: 0)
    liars.behaviour = HostConduct(lazy: Lazy())
    liars.price = HostCohort.Price(promptPerMillion: price, outputPerMillion: 4 * price)
    var renters = Bed.many(rate: 0.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    renters.willingnessToPay = nil
    renters.count = people
    renters.disputes = Disputing(notices: notices, weighs: weighs, capital: capital)
    let configuration = Bed.documentedMarket(
      minutes: 60, hosts: [liars], renters: [renters], assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.slash = 0
      rules.arbiterDelay = 10
      rules.arbiterAccuracy = accuracy
      rules.disputeBond = UInt256(bond) * UInt256(1_000_000_000_000_000_000)
    }
    return try RecordedRun(configuration)
  }

  @Test("dispute what pays more than the gas, and nothing that pays less") func gas() throws {
    // Some 0.0007 USD of gas stand against payments of 0.00018 and 0.18 USD.
    let (cheap, dear) = (
      try Self.disputes(price: 0.1, weighs: true), try Self.disputes(price: 100, weighs: true)
    )
    #expect(cheap.measured.wrong > 1_000 && cheap.measured.disputes == 0)
    // The last one's dispute may still be under way.
    #expect((dear.measured.wrong - 2...dear.measured.wrong).contains(dear.measured.disputes))
    #expect(dear.measured.wrong > 1_000)
    // 0.0018 USD at even odds are still more, and 0.0009 USD are less, though they would win.
    #expect(try Self.disputes(price: 1, weighs: true).measured.disputes > 1_000)
    #expect(try Self.disputes(price: 0.5, weighs: true).measured.disputes == 0)
    #expect(try Self.disputes(price: 0.1, weighs: false).measured.disputes > 1_000)
  }

  @Test("rate what they let pass as badly as they can, and do not rate what they dispute")
  func ratings() throws {
    let (passed, disputed, blind) = (
      try Self.disputes(price: 0.1, weighs: true), try Self.disputes(price: 100, weighs: false),
      try Self.disputes(price: 100, weighs: false, notices: 0)
    )
    // One time in twenty a star more than one.
    #expect((passed.number("rating") - 1.05).magnitude < 0.02)
    #expect(disputed.number("rating").isNaN)
    #expect(blind.number("rating") > 4.5)
    for run in [passed, disputed, blind] {
      let gas = run.table("gas")
      let rows = gas.rows.indices.filter { gas.text($0, "function") == "rateHost" }
      #expect(rows.allSatisfy { gas.integer($0, "reverts") == 0 })
    }
  }

  @Test("stake a bond where there is one, which whoever is in the wrong loses") func bonds() throws
  {
    let (right, wrong) = (
      try Self.disputes(price: 100, weighs: false, bond: 3),
      try Self.disputes(price: 100, weighs: false, accuracy: 0, bond: 3)
    )
    #expect(right.measured.disputesUpheld > 1_000 && right.measured.bondsLost == 0)
    #expect(wrong.measured.disputesDecided > 1_000 && wrong.measured.disputesUpheld == 0)
    let lost = 3 * Double(wrong.measured.disputesDecided)
    #expect((wrong.number("dispute_bonds_lost_fab") - lost).magnitude < 1e-6 * lost)
    let won = wrong.books.reduce(0) { $0 + $1.bonds }
    #expect((won - lost).magnitude < 1e-6 * lost)
    // At a USD a coin the hosts earn that beside what they are paid.
    let settled = wrong.books.reduce(0) { $0 + Int($1.settled) }
    let earned = wrong.number("dishonest_earnings_per_job_usd") * Double(settled)
    let revenue = wrong.number("host_revenue_usdc")
    #expect((earned - revenue - lost).magnitude < 1e-3 * lost)
  }

  @Test("dispute no more than they have bonds for") func means() throws {
    // Ten people with two bonds each, which they lose one after the other.
    let run = try Self.disputes(
      price: 100, weighs: false, accuracy: 0, bond: 3, capital: 7, people: 10)
    #expect(run.measured.completed > 50)
    #expect(run.measured.disputesDecided == 20)
    let gas = run.table("gas")
    let row = try #require(
      gas.rows.indices.first { gas.text($0, "function") == "disputeResult" })
    #expect(gas.integer(row, "reverts") == 0)
  }

  @Test("lose heart where the arbiter is against them") func lost() throws {
    // 0.009 USD are twelve times the gas: worth it while more than one in twelve is won.
    let (fair, lost) = (
      try Self.disputes(price: 5, weighs: true),
      try Self.disputes(price: 5, weighs: true, accuracy: 0)
    )
    #expect(fair.measured.disputes > 1_000)
    #expect(lost.measured.disputes < fair.measured.disputes / 10)
  }
}
