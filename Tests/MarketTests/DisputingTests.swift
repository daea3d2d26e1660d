import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Renters who ask whether a dispute pays") struct DisputingTests {
  /// Jobs of 1,000 and 200 tokens at `price` and four times that, USD per million tokens.
  private static func disputes(price: Double, weighs: Bool, accuracy: UInt64 = 10_000) throws
    -> RecordedRun
  {
    var liars = Bed.homes(20, name: "liars", spread: 0)
    liars.behaviour = HostConduct(lazy: Lazy())
    liars.price = HostCohort.Price(promptPerMillion: price, outputPerMillion: 4 * price)
    var renters = Bed.many(rate: 0.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    renters.willingnessToPay = nil
    renters.disputes = Disputing(notices: 1, weighs: weighs)
    let configuration = Bed.documentedMarket(
      minutes: 60, hosts: [liars], renters: [renters], assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.slash = 0
      rules.arbiterDelay = 10
      rules.arbiterAccuracy = accuracy
    }
    return try RecordedRun(configuration)
  }

  @Test("dispute what pays more than the gas, and nothing that pays less") func gas() throws {
    // Some 0.0007 USD of gas stand against payments of 0.00018 and 0.18 USD.
    let (cheap, dear) = (
      try Self.disputes(price: 0.1, weighs: true), try Self.disputes(price: 100, weighs: true)
    )
    #expect(cheap.measured.wrong > 1_000 && cheap.measured.disputes == 0)
    #expect(dear.measured.disputes == dear.measured.wrong && dear.measured.wrong > 1_000)
    // 0.0018 USD at even odds are still more, and 0.0009 USD are less, though they would win.
    #expect(try Self.disputes(price: 1, weighs: true).measured.disputes > 1_000)
    #expect(try Self.disputes(price: 0.5, weighs: true).measured.disputes == 0)
    #expect(try Self.disputes(price: 0.1, weighs: false).measured.disputes > 1_000)
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
