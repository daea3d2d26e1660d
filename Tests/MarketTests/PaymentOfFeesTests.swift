import Contracts
import EVM
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("The fee of a transaction") struct PaymentOfFeesTests {
  @Test(
    "must be in the sender's hands at its most: gas limit, L1 and operator fee",
    arguments: MarketTransaction.Function.allCases)
  func most(function: MarketTransaction.Function) throws {
    var market = try Market.made(from: MarketCase.random.configuration)
    let l1Fee = market.chain.l1Fee(of: function, promptTokens: 500)
    let tip = Wei(1_000_000)
    let parameters = market.chain.producer.parameters
    let limit = Gas(function.gasLimit(in: .referenceFAB))
    let gas = (market.chain.producer.baseFee + tip).times(limit)
    let most = gas + l1Fee + parameters.operatorFee.fee(for: limit)
    #expect(l1Fee > .zero && most > gas)
    for (amount, isEnough) in [
      (most, true), (most + Wei(1), true), (Wei(most.rawValue - 1), false), (gas, false),
    ] {
      let account = market.chain.world.addAccount(eth: UInt256(high: 0, low: amount.rawValue))
      #expect(
        market.chain.canPay(limit, from: account, tip: tip, l1Fee: l1Fee) == isEnough)
    }
  }

  @Test("keeps hosts without ETH from claiming: their jobs get stuck, and nothing is executed")
  func poorHosts() throws {
    var market = try Market.made(from: MarketCase.random.configuration)
    for index in market.hosts.indices {
      let host = market.hosts[index]
      let balance = market.chain.world.ethBalance(of: host.account)
      let isMoved = market.chain.world.payFee(
        balance, from: host.account, to: market.chain.contracts.arbiter)
      #expect(isMoved)
    }
    let isFinished = market.run(shouldStop: { false }, report: { _ in })
    #expect(isFinished)
    market.closeBooks(at: market.horizon)
    let values = market.values(at: market.horizon)
    let posted = try #require(values.number(named: "jobs_posted"))
    #expect(posted > 1_000)
    #expect(values.number(named: "transactions") == posted)
    #expect(values.number(named: "jobs_completed") == 0)
    let unpaid = try #require(values.number(named: "transactions_unpaid"))
    #expect(unpaid == values.number(named: "jobs_stuck"))
    #expect(unpaid > 1_000)
    #expect(values.number(named: "transactions_resent") == 0)
  }
}
