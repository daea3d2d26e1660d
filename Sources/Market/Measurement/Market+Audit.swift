import Contracts
import EVM
import Quantities

/// Money counted twice: by the ledgers of the chain against their supplies, and by what the market
/// measured against what the ledgers hold. A difference is a broken invariant and ends the run.
extension Market {
  /// Blocks between full recounts.
  private static var recountSpacing: UInt64 { 1_000 }

  /// After every block: the incremental audit of each of its transactions, and now and then a
  /// recount.
  ///
  /// - Complexity: O(1), and O(accounts) every 1,000 blocks.
  mutating func auditBlock(at time: SimTime) {
    if let finding = chain.world.auditFinding {
      fatalError(
        "block \(chain.producer.number), \(time): the \(ledgerName(finding.ledger)) ledger "
          + "holds \(finding.sum), minted less burned is \(finding.supply); first wrong at account "
          + "\(finding.account.index), transaction \(finding.transaction)")
    }
    if chain.producer.number % Self.recountSpacing == 0 { recountLedgers(at: time) }
  }

  /// Adds up every balance of every ledger.
  func recountLedgers(at time: SimTime) {
    if let ledger = chain.world.evm.recount() {
      fatalError(
        "block \(chain.producer.number), \(time): a recount of the \(ledgerName(ledger)) "
          + "ledger differs from its running sum or from minted less burned")
    }
  }

  /// In the order in which the deployment opens them.
  private func ledgerName(_ number: UInt8) -> String {
    let isFAB = configuration.rules.profile == .referenceFAB
    return switch number {
    case 1: "ETH"
    case 2: isFAB ? "FAB" : "USDC"
    case 3: isFAB ? "USDC" : "FAB"
    default: "token \(number)"
    }
  }

  /// At the horizon: everything measured in money and in jobs is what the ledgers hold.
  ///
  /// - Complexity: O(hosts + renters + live jobs).
  func auditBooks(at time: SimTime) {
    recountLedgers(at: time)
    auditFees(at: time)
    // A script may move anybody's money where the contracts let it: that is a result.
    if !configuration.script.isEmpty { return }
    auditHosts(at: time)
    auditRenters(at: time)
    auditETHPayments(at: time)
    let usdc = chain.contracts
    let fees = measured.payments - measured.hostRevenue
    let waiting = measured.stuckFunds + escrowedPayments(inETH: false)
    let staysInEscrow = configuration.rules.values.feeOnce
    demand(
      chain.usdcBalance(of: usdc.arbiter), equals: staysInEscrow ? 0 : fees,
      "platform fees at the arbiter", usdc.arbiter, time)
    demand(
      chain.usdcBalance(of: usdc.escrow), equals: waiting + (staysInEscrow ? fees : 0),
      "payments of open and stuck jobs and fees in the escrow", usdc.escrow, time)
    demand(
      chain.usdcBalance(of: usdc.marketplace), equals: measured.misdirected,
      "nothing but misdirected refunds in the marketplace",
      usdc.marketplace, time)
  }

  private func auditFees(at time: SimTime) {
    let gasFees = measured.feesL2 + measured.feesL1 + measured.scriptFees
    demand(
      chain.world.ethBalance(of: chain.vault), equals: UInt256(high: 0, low: gasFees.rawValue),
      "fees in the vault", chain.vault, time)
  }

  private func auditHosts(at time: SimTime) {
    var revenue: UInt64 = 0
    var completed = 0
    for index in hosts.indices {
      let host = hosts[index]
      let elsewhere = business.isEmpty ? 0 : business[index].leftBehind
      demand(
        chain.usdcBalance(of: host.account), equals: host.revenue - elsewhere,
        "revenue of a host", host.account, time)
      revenue += host.revenue
      completed += Int(host.completed)
    }
    demand(revenue, equals: measured.hostRevenue, "revenue of all hosts", .zero, time)
    demand(completed, equals: measured.completed, "jobs completed by all hosts", .zero, time)
  }

  private func auditRenters(at time: SimTime) {
    var requests = 0
    var (paid, paidInETH): (UInt64, UInt64) = (0, 0)
    for index in renters.indices {
      let renter = renters[index]
      let terms = renterTerms[Int(renter.cohort)]
      let left = terms.budget + renter.refunded - renter.paid
      requests += Int(renter.requests)
      if terms.paysInETH {
        paidInETH += renter.paid
        demand(
          chain.world.ethBalance(of: renter.account) + UInt256(renter.fees),
          equals: MarketChain.startingETH + ETHFlow.amount(ofUnits: left), "means of a renter",
          renter.account, time)
      } else {
        paid += renter.paid
        demand(
          chain.usdcBalance(of: renter.account), equals: left, "means of a renter",
          renter.account, time)
      }
    }
    demand(requests, equals: measured.requested, "requests of all renters", .zero, time)
    demand(
      paid,
      equals: measured.payments + measured.stuckFunds + measured.refundedFunds
        + measured.misdirected + escrowedPayments(inETH: false),
      "payments of all renters", .zero, time)
    demand(
      ETHFlow.wei(ofUnits: paidInETH),
      equals: measured.ethPayments.amount + measured.ethStuck + measured.ethRefunds.amount
        + measured.ethMisdirected + ETHFlow.wei(ofUnits: escrowedPayments(inETH: true)),
      "payments of all renters in ETH", .zero, time)
  }

  /// ETH of jobs: in the escrow where each job has its own record, else in the marketplace, and at
  /// the hosts.
  private func auditETHPayments(at time: SimTime) {
    if ethRevenues.isEmpty { return }
    let rules = configuration.rules.values
    let waiting = measured.ethStuck + ETHFlow.wei(ofUnits: escrowedPayments(inETH: true))
    let fees = measured.ethFees.amount
    let held = waiting + (rules.escrowPerJob && rules.feeOnce ? fees : .zero)
    let (escrow, marketplace) = (chain.contracts.escrow, chain.contracts.marketplace)
    demand(
      chain.world.ethBalance(of: escrow),
      equals: UInt256(high: 0, low: rules.escrowPerJob ? held.rawValue : 0),
      "ETH in the escrow", escrow, time)
    demand(
      chain.world.ethBalance(of: marketplace),
      equals: UInt256(
        high: 0, low: rules.escrowPerJob ? measured.ethMisdirected.rawValue : held.rawValue),
      "ETH in the marketplace", marketplace, time)
    var revenue = Wei.zero
    for index in hosts.indices {
      let host = hosts[index]
      let received = ethRevenues[index].amount
      revenue += received
      // Whoever changes its identity takes its ETH along.
      if !business.isEmpty { continue }
      demand(
        chain.world.ethBalance(of: host.account) + UInt256(host.fees),
        equals: MarketChain.startingETH + UInt256(high: 0, low: received.rawValue),
        "ETH of a host", host.account, time)
    }
    demand(
      revenue, equals: measured.ethPayments.amount - fees, "revenue of all hosts in ETH", .zero,
      time)
  }

  /// What live jobs have in escrow, units of 10⁻⁶ USDC or of 10⁶ wei.
  func escrowedPayments(inETH: Bool) -> UInt64 {
    var sum: UInt64 = 0
    for slot in jobs.rows.indices {
      let job = jobs.rows[slot]
      if job.phase == .ended || job.phase == .abandoned { continue }
      if job.hasLeftEscrow || job.contractJob == 0 || job.isPaidInETH != inETH { continue }
      sum += job.payment
    }
    return sum
  }

  private func demand(
    _ held: UInt256, equals measured: UInt64, _ what: String, _ account: AccountID, _ time: SimTime
  ) {
    demand(held, equals: UInt256(measured), what, account, time)
  }

  private func demand<Count: Equatable>(
    _ held: Count, equals measured: Count, _ what: String, _ account: AccountID, _ time: SimTime
  ) {
    if held == measured { return }
    fatalError(
      "block \(chain.producer.number), \(time), account \(account.index): \(what): "
        + "\(held) is there, \(measured) was measured")
  }
}
