public import EVM
import Quantities

/// The rows that the calls of one job touch: handles for asking the cache ahead of a transaction.
public struct MarketRows: BitwiseCopyable {
  @usableFromInline let accounts: Table
  @usableFromInline let usdc: Table
  @usableFromInline let nodes: Table
  @usableFromInline let jobs: Table
  @usableFromInline let scores: Table
  @usableFromInline let flags: Table

  /// What any transaction reads of its sender.
  @inlinable @inline(__always) public func fetchSender(_ account: AccountID) {
    accounts.fetchRow(Int(account.index))
  }
  @inlinable @inline(__always) public func fetchBalance(of account: AccountID) {
    usdc.fetchRow(Int(account.index))
  }
  @inlinable @inline(__always) public func fetchJob(_ number: UInt32) {
    jobs.fetchRow(Int(number))
  }
  @inlinable @inline(__always) public func fetchNode(of host: AccountID) {
    nodes.fetchRow(Int(host.index))
  }
  @inlinable @inline(__always) public func fetchScore(of host: AccountID) {
    scores.fetchRow(Int(host.index))
    flags.fetchRow(Int(host.index))
  }
}

extension World {
  public func rows(of deployment: MarketDeployment) -> MarketRows {
    let reputation = reputationSystems[evm.instance(of: deployment.reputation)]
    let registry = evm.instance(of: deployment.hostRegistry)
    let marketplace = evm.instance(of: deployment.marketplace)
    let isFAB = deployment.profile == .referenceFAB
    return MarketRows(
      accounts: evm.accountRows, usdc: tokens[evm.instance(of: deployment.usdc)].balances,
      nodes: isFAB ? fabRegistries[registry].nodes : nodeRegistries[registry].nodes,
      jobs: isFAB ? fabMarketplaces[marketplace].jobs : marketplaces[marketplace].jobs,
      scores: reputation.hosts, flags: reputation.flags)
  }
}
