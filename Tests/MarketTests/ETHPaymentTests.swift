import Contracts
import EVM
import Quantities
import Testing

@testable import Market

/// Jobs whose renters pay in ETH. Every run also ends in the audit of its books, which compares each
/// balance of ETH with what was measured.
@Suite("Jobs paid in ETH") struct ETHPaymentTests {
  private static let coins = UInt256(10_000_000_000_000_000_000)

  /// 100 prompt tokens at 100 USD and 50 output tokens at 400 USD a million: 0.03 USD, at 2,500 USD
  /// 12 · 10¹² wei.
  private static func oneJob(
    _ profile: ProtocolProfile, _ requests: [Bed.TraceRow] = [(10, 100, 50)]
  ) -> MarketConfiguration {
    var renters = Bed.trace(requests)
    renters.pays = .eth
    return Bed.market(
      hosts: [Bed.homes(4, spread: 0)], renters: [renters],
      chain: ChainConfiguration(ethPrice: 2_500), rules: ProtocolConfiguration(profile: profile))
  }

  @Test("move their price less the fee, which stays in the escrow") func oneJob() throws {
    let run = try RecordedRun(Self.oneJob(.documented))
    #expect(run.measured.served == 1)
    let host = try #require(run.hosts.indices.first { run.hosts[$0].completed == 1 })
    let revenue = UInt256(11_880_000_000_000)
    #expect(run.ethRevenues[host].amount == Wei(11_880_000_000_000))
    #expect(run.hostETH[host] == Self.coins + revenue - UInt256(run.hosts[host].fees))
    #expect(run.escrowETH == UInt256(120_000_000_000) && run.marketplaceETH == .zero)
    let renter = try #require(run.renters.indices.first { run.renters[$0].paid > 0 })
    // The standard budget of 1,000 USDC buys 0.4 ETH.
    let budget = UInt256(400_000_000_000_000_000)
    #expect(
      run.renterETH[renter]
        == Self.coins + budget - UInt256(12_000_000_000_000) - UInt256(run.renters[renter].fees))
    #expect(run.table("jobs").amount(0, "payment_eth") == UInt256(12_000_000_000_000))
    #expect(run.table("jobs")[0, "payment"] == .absent)
    #expect(run.table("hosts").amount(host, "revenue_eth") == revenue)
    #expect(run.table("renters").amount(renter, "paid_eth") == UInt256(12_000_000_000_000))
    #expect(
      run.table("renters").amount(renter, "balance_eth")
        == budget - UInt256(12_000_000_000_000))
    #expect(abs(run.number("payment_per_job") - 0.03) < 1e-15)
    #expect(abs(run.number("host_revenue") - 0.0297) < 1e-15)
    #expect(abs(run.number("platform_fee_share") - 0.01) < 1e-12)
    #expect(abs(run.number("native_payments") - 12e-6) < 1e-18)
    let functions = run.table("gas").texts("function")
    #expect(functions.contains("postJob") && !functions.contains("postJobWithToken"))
  }

  @Test("pay the whole price under the reference, whose pool takes no fee of them")
  func reference() throws {
    let run = try RecordedRun(Self.oneJob(.referenceETH))
    let host = try #require(run.hosts.indices.first { run.hosts[$0].completed == 1 })
    #expect(run.ethRevenues[host].amount == Wei(12_000_000_000_000))
    #expect(run.escrowETH == .zero && run.marketplaceETH == .zero)
    #expect(run.number("platform_fee_share") == 0)
  }

  /// Both contracts keep the rate limits of `postJob`, which 3,000 renters do not come near.
  @Test(
    "are the same jobs as those paid in USDC while the price stands",
    arguments: [ProtocolProfile.documented, .referenceETH])
  func sameJobs(_ profile: ProtocolProfile) throws {
    func run(_ pays: PaymentCurrency) throws -> RecordedRun {
      var renters = Bed.many(rate: 2)
      renters.pays = pays
      var rules = ProtocolConfiguration(profile: profile)
      rules.values.failureThreshold = 1_000_000
      return try RecordedRun(
        Bed.market(
          hosts: [Bed.homes(12), Bed.racks(2)], renters: [renters],
          chain: ChainConfiguration(ethPrice: 2_500), rules: rules))
    }
    let (usdc, eth) = (try run(.usdc), try run(.eth))
    #expect(usdc.measured.completed > 1_000)
    let (left, right) = (usdc.table("jobs"), eth.table("jobs"))
    #expect(left.rows.count == right.rows.count)
    let columns = left.columns.filter { !$0.hasPrefix("payment") }
    for row in left.rows.indices {
      for column in columns { #expect(left[row, column] == right[row, column]) }
      // Whole millionths of a USD are whole units at this price.
      #expect(
        right.amount(row, "payment_eth")
          == left.amount(row, "payment") * UInt256(400_000_000))
    }
    let (a, b) = (usdc.number("payments"), eth.number("payments"))
    #expect(abs(a - b) < 1e-9 * a)
    #expect(eth.number("native_payments") > 0 && usdc.number("native_payments") == 0)
  }

  @Test(
    "go every way that payments can go, and some of them back",
    arguments: [
      MarketCase.paidInBoth, .paidInETH, .paidInETHByWallets,
    ])
  func everyWay(_ market: MarketCase) throws {
    let run = try RecordedRun(market.configuration)
    let measured = run.measured
    #expect(measured.ethPayments.amount > .zero)
    switch market {
    case .paidInBoth:
      #expect(measured.payments > 0 && measured.ethRefunds.amount > .zero)
      #expect(measured.disputesUpheld > 0 && measured.slashed > 0)
      #expect(measured.ethFees.amount > .zero)
    case .paidInETH:
      #expect(measured.stuck > 0 && measured.ethStuck > .zero && measured.payments == 0)
      #expect(
        run.number("stuck_funds") == measured.ethStuck.eth * market.configuration.chain.ethPrice)
      // The pool holds what it owes for open and stuck jobs, and not a wei less.
      let solvency = run.table("solvency")
      let pool = solvency.rows.indices.filter {
        solvency.text($0, "contract") == "JobMarketplace" && solvency.text($0, "token") == "ETH"
      }
      let last = try #require(pool.last)
      let held = try #require(solvency.real(last, "holds"))
      #expect(held >= measured.ethStuck.eth && solvency.real(last, "owes") == held)
      #expect(pool.allSatisfy { solvency.real($0, "shortfall") == 0 })
      #expect(run.number("shortfall") == 0)
    default: #expect(measured.operations > 500 && measured.ethRefunds.amount > .zero)
    }
  }

  @Test("carry the value of a wallet's call, which costs it 6,700 gas") func walletGas() throws {
    func gas(_ wallet: WalletConfiguration) throws -> UInt64 {
      var configuration = Self.oneJob(.documented)
      configuration.renters[0].wallet = wallet
      let run = try RecordedRun(configuration)
      let table = run.table("gas")
      let row = try #require(table.texts("function").firstIndex(of: "postJob"))
      return UInt64(try #require(table.integer(row, "gas")))
    }
    func usdcGas(_ wallet: WalletConfiguration) throws -> UInt64 {
      var configuration = Self.oneJob(.documented)
      (configuration.renters[0].pays, configuration.renters[0].wallet) = (.usdc, wallet)
      let run = try RecordedRun(configuration)
      let table = run.table("gas")
      let row = try #require(table.texts("function").firstIndex(of: "postJobWithToken"))
      return UInt64(try #require(table.integer(row, "gas")))
    }
    let more = try gas(.smart) - gas(.ownAccount)
    let moreOfTokens = try usdcGas(.smart) - usdcGas(.ownAccount)
    // Envelopes differ by a word of calldata, an address: 32 bytes and the price of packing it.
    #expect(more > 6_700 && abs(Int(more) - Int(moreOfTokens) - 6_700) < 600)
  }

  // MARK: The price of ETH

  @Test("are worth what ETH is worth when they are paid, not when they are quoted")
  func priceRisk() throws {
    // Two jobs quoted at 2,500 USD and paid at 1,250, one quoted and paid at 1,250.
    var configuration = Self.oneJob(.documented, [(10, 100, 50), (20, 100, 50), (400, 100, 50)])
    configuration.rules.values.payoutWithoutProof = .afterChallengeWindow
    configuration.rules.values.challengePeriod = 600
    configuration.changes = [MarketChange(at: .minutes(5), effect: .ethPrice(1_250))]
    let run = try RecordedRun(configuration)
    #expect(run.measured.served == 3)
    let paid = run.table("jobs")
    #expect(paid.amount(0, "payment_eth") == UInt256(12_000_000_000_000))
    #expect(paid.amount(2, "payment_eth") == UInt256(24_000_000_000_000))
    #expect(abs(run.number("payments") - (0.015 + 0.015 + 0.03)) < 1e-12)
    #expect(abs(run.number("host_revenue") - 0.06 * 0.99) < 1e-12)
    let profit = run.table("hosts").rows.indices.reduce(0.0) {
      $0 + (run.table("hosts").real($1, "profit") ?? .nan)
    }
    // Nothing else pays hosts; gas and power are what they cost in the same run paid in USDC.
    #expect(profit.isFinite)
    var inUSDC = configuration
    inUSDC.renters[0].pays = .usdc
    let safe = try RecordedRun(inUSDC)
    #expect(abs(safe.number("payments") - 0.09) < 1e-12)
  }

  @Test("wait for a host that still takes what was quoted") func oldQuotes() throws {
    // The post is out when ETH loses half: its payment no longer covers what anybody asks, and its
    // renter takes it back when its patience ends.
    var configuration = Self.oneJob(.documented, [(10, 100, 50)])
    configuration.renters[0].patience = .fixed(.minutes(2))
    configuration.changes = [
      MarketChange(
        at: .milliseconds(11_000), effect: .hostsDown(cohort: 0, region: nil, share: 1)),
      MarketChange(at: .seconds(20), effect: .ethPrice(1_250)),
    ]
    configuration.changes[0].duration = .seconds(30)
    let run = try RecordedRun(configuration)
    #expect(run.measured.refunded == 1 && run.measured.completed == 0)
    #expect(run.measured.ethRefunds.amount == Wei(12_000_000_000_000))
    #expect(abs(run.number("refunded_funds") - 0.015) < 1e-12)
    configuration.changes[1] = MarketChange(at: .seconds(20), effect: .ethPrice(5_000))
    #expect(try RecordedRun(configuration).measured.served == 1)
  }

  @Test("count from the end of the warm-up, with what they were worth") func warmUp() throws {
    var configuration = MarketCase.paidInETH.configuration
    // Both just after a block and a row, which come at whole minutes.
    let instant = SimDuration.nanoseconds(1)
    configuration.changes = [
      MarketChange(at: .minutes(14) + instant, effect: .ethPrice(1_000))
    ]
    configuration.outputs.sampleInterval = .minutes(1)
    let whole = try RecordedRun(configuration)
    let rest = try RecordedRun(configuration, warmUp: .minutes(10) + instant)
    let series = whole.table("timeseries")
    var (eth, usd) = (0.0, 0.0)
    for row in series.rows.indices {
      let end = (series.ticks(row, "time") ?? 0) / 60_000_000_000
      let paid = series.amount(row, "payments_eth").approximate * 1e-18
      if end > 10 {
        eth += paid
        usd += paid * (end > 14 ? 1_000 : configuration.chain.ethPrice)
      }
    }
    #expect(abs(rest.number("native_payments") - eth) < 1e-12)
    #expect(abs(rest.number("payments") - usd) < 1e-6 * usd)
    #expect(whole.number("native_payments") > 1.5 * eth)
  }
}
