import Contracts
import Kernel
import Quantities
import Statistics
import Testing

@testable import EVM
@testable import Market

/// What comes out of a market is what went in, whatever happened in between.
@Suite("The books of a market") struct AccountingTests {
  private static let eth = UInt256(10_000_000_000_000_000_000)
  private static let fab = UInt256(1_000_000_000_000_000_000)

  @Test("count every request once, as jobs.csv has it", arguments: MarketCase.allCases)
  func requests(_ market: MarketCase) throws {
    let run = try RecordedRun(market.configuration)
    let jobs = run.table("jobs")
    func count(_ outcome: String) -> Int {
      jobs.rows.indices.count { jobs.text($0, "outcome") == outcome }
    }
    func with(_ column: String) -> Int { jobs.rows.indices.count { jobs.ticks($0, column) != nil } }
    let measured = run.measured
    #expect(jobs.integers("job").sorted() == Array(0..<measured.requested))
    #expect(
      count("served") + count("late") + count("left") + count("balked") + count("refused")
        + count("stuck") + count("open") + count("limited") + count("halted")
        + count("refunded") == measured.requested)
    #expect(count("served") == measured.served)
    #expect(count("late") == measured.late)
    #expect(count("left") == measured.left)
    #expect(count("balked") == measured.balked)
    #expect(count("refused") == measured.refused)
    #expect(count("stuck") == measured.stuck)
    #expect(count("limited") == measured.limited)
    #expect(count("halted") == measured.halted)
    #expect(count("refunded") == measured.refunded)
    #expect(count("open") == run.open.count)
    #expect(run.number("jobs_open") == Double(run.open.count))
    #expect(with("posted") == measured.posted)
    #expect(with("claimed") == measured.claimed)
    #expect(with("settled") == measured.completed)
    let ways = [
      "jobs_served", "jobs_late", "jobs_stuck", "renters_left", "renters_balked",
      "requests_refused", "jobs_open", "requests_limited", "requests_halted", "jobs_refunded",
    ]
    #expect(ways.reduce(0) { $0 + run.number($1) } == run.number("jobs_requested"))
    #expect(run.table("renters").total("jobs_late") == measured.late)
    #expect(run.table("renters").total("jobs_left") == measured.left)
    #expect(run.table("renters").total("jobs_stuck") == measured.stuck)
    #expect(run.table("renters").total("jobs_completed") == measured.completed)
    let series = run.table("timeseries")
    #expect(series.total("jobs_requested") == measured.requested)
    #expect(series.total("jobs_completed") == measured.completed)
  }

  @Test("hold the transactions that transactions.csv lists", arguments: MarketCase.allCases)
  func transactions(_ market: MarketCase) throws {
    let run = try RecordedRun(market.configuration)
    let rows = run.table("transactions")
    let gas = run.table("gas")
    var calls = 0
    for line in gas.rows.indices {
      let own = rows.rows.indices.filter {
        rows.text($0, "function") == gas.text(line, "function")
          && rows.text($0, "payer") == gas.text(line, "payer")
      }
      calls += own.count
      #expect(gas.integer(line, "calls") == own.count)
      #expect(
        gas.integer(line, "reverts") == own.count { rows.text($0, "status") != "success" })
      #expect(
        gas.integer(line, "gas") == own.reduce(0) { $0 + (rows.integer($1, "gas") ?? 0) })
      #expect(
        gas.amount(line, "fee_l2") == own.reduce(.zero) { $0 + rows.amount($1, "fee_l2") })
      #expect(
        gas.amount(line, "fee_l1") == own.reduce(.zero) { $0 + rows.amount($1, "fee_l1") })
    }
    #expect(calls == rows.rows.count)
    for verifier in run.verifiers {
      #expect(
        UInt256(verifier.fees)
          == rows.rows.indices.filter { rows.integer($0, "sender") == Int(verifier.account.index) }
          .reduce(.zero) { $0 + rows.amount($1, "fee_l2") + rows.amount($1, "fee_l1") })
    }
    #expect(run.table("timeseries").total("transactions") == calls)
    #expect(run.table("timeseries").total("gas_used") == rows.total("gas"))
    var spent: [Int: UInt256] = [:]
    for row in rows.rows.indices where rows.text(row, "payer") == "sender" {
      spent[rows.integer(row, "sender") ?? -1, default: .zero] =
        spent[rows.integer(row, "sender") ?? -1, default: .zero]
        + rows.amount(row, "fee_l2") + rows.amount(row, "fee_l1")
    }
    for host in run.hosts {
      #expect(UInt256(host.fees) == spent[Int(host.account.index), default: .zero])
    }
    for renter in run.renters {
      #expect(UInt256(renter.fees) == spent[Int(renter.account.index), default: .zero])
    }
  }

  /// Not where disputes move payments after a request's row was written.
  @Test(
    "put every amount where the contracts have it",
    arguments: MarketCase.allCases.filter { $0 != .crooks && !$0.paysInETH })
  func money(_ market: MarketCase) throws {
    let configuration = market.configuration
    let run = try RecordedRun(configuration)
    let jobs = run.table("jobs")
    var escrowed = UInt256.zero
    var revenue = [UInt256](repeating: .zero, count: run.hosts.count)
    var fees = UInt256.zero
    var paid = [UInt256](repeating: .zero, count: run.renters.count)
    for row in jobs.rows.indices where jobs.ticks(row, "posted") != nil {
      let payment = jobs.amount(row, "payment")
      let renter = try #require(jobs.integer(row, "renter"))
      paid[renter] = paid[renter] + payment
      let number = try #require(jobs.integer(row, "job"))
      if jobs.text(row, "outcome") == "refunded" {
        paid[renter] = paid[renter] - payment
      } else if jobs.ticks(row, "settled") == nil || run.isPending(job: number) {
        escrowed = escrowed + payment
      } else {
        let host = try #require(jobs.integer(row, "host"))
        let fee =
          try #require(payment.narrow) * configuration.rules.values.fee / 10_000
        fees = fees + UInt256(fee)
        revenue[host] = revenue[host] + payment - UInt256(fee)
      }
    }
    let staysInEscrow = configuration.rules.values.feeOnce
    #expect(run.escrowUSDC == escrowed + (staysInEscrow ? fees : .zero))
    #expect(run.hostUSDC == revenue)
    #expect(run.arbiterUSDC == (staysInEscrow ? .zero : fees))
    for (index, renter) in run.renters.enumerated() {
      let budget = configuration.renters[Int(renter.cohort)].budget
      #expect(run.renterUSDC[index] + paid[index] == UInt256(UInt64((budget * 1e6).rounded())))
    }
    let people = UInt256(UInt64(run.hosts.count + run.renters.count + run.verifiers.count))
    #expect(run.ethTotal == people * Self.eth)
    let transactions = run.table("transactions")
    #expect(
      run.vaultETH == transactions.amountTotal("fee_l2") + transactions.amountTotal("fee_l1"))
    let minStake = configuration.rules.values.minStake
    for (index, host) in run.hosts.enumerated() where host.failed == 0 {
      let extra = configuration.hosts[Int(host.cohort)].extraStake
      #expect(run.stakes[index] == minStake + UInt256(UInt64(extra)) * Self.fab)
    }
  }

  @Test("obey Little's law in exact ticks where nothing is left at the end")
  func littlesLaw() throws {
    var requests: [Bed.TraceRow] = []
    for index in 0..<300 {
      let prompt = Int32(50 + index % 90)
      requests.append((Double(index) * 1.3 + 0.1234567, prompt, Int32(20 + index % 70)))
    }
    let patience = SimDuration.seconds(20)
    let renters = Bed.trace(requests, patience: .fixed(patience))
    let run = try RecordedRun(Bed.market(hosts: [Bed.homes(2)], renters: [renters]))
    let jobs = run.table("jobs")
    var sojourns: Int128 = 0
    var left = 0
    for row in jobs.rows.indices {
      let arrived = try #require(jobs.ticks(row, "arrived"))
      if let settled = jobs.ticks(row, "settled") {
        sojourns += Int128(settled - arrived)
      } else {
        #expect(jobs.text(row, "outcome") == "left")
        sojourns += Int128(patience.nanoseconds)
        left += 1
      }
    }
    #expect(run.live.isEmpty && jobs.rows.count == 300)
    #expect(left > 10 && left < 290, "both ways out are taken")
    #expect(run.liveArea == sojourns)
  }

  @Test("end a run in which measured revenue differs from the ledger, and say where")
  func revenueIsAudited() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var market = try Market.made(from: MarketCase.random.configuration)
      _ = market.run(shouldStop: { false }, report: { _ in })
      market.measured.hostRevenue += 1
      market.closeBooks(at: market.horizon)
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("block 600, 1200.0 s, account 0: revenue of all hosts"))
  }

  @Test("end a run at the first transaction after money appeared, and say where")
  func mintingIsAudited() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var market = try Market.made(from: MarketCase.random.configuration)
      let ledger = 2
      market.chain.world.evm.ledgers[ledger].supply = .zero
      _ = market.run(shouldStop: { false }, report: { _ in })
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("block 1, 2.0 s: the USDC ledger holds"))
    #expect(message.contains("minted less burned is 0; first wrong at account"))
  }

  @Test("end a run whose running sums drift, at the next full recount") func recount() async throws
  {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var configuration = MarketCase.quiet.configuration
      configuration.duration = .minutes(40)
      var market = try Market.made(from: configuration)
      let account = market.hosts[0].account
      market.chain.world.evm.mintETH(UInt256(1), to: account)
      let ledger = 0
      market.chain.world.evm.ledgers[ledger].sum = .zero
      market.chain.world.evm.ledgers[ledger].supply = .zero
      _ = market.run(shouldStop: { false }, report: { _ in })
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("block 1000, 2000.0"))
    #expect(message.contains("s: a recount of the ETH ledger differs"))
  }
}
