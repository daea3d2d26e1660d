public import EVM
import Quantities

/// The rows that the calls of one job touch: handles for asking the cache ahead of a transaction.
public struct MarketRows: BitwiseCopyable {
  @usableFromInline let accounts: Table
  @usableFromInline let usdc: Table
  @usableFromInline let nodes: Table
  @usableFromInline let jobs: Table
  /// What the marketplace keeps of renters and hosts; nil where it keeps nothing.
  @usableFromInline let parties: Table?
  @usableFromInline let scores: Table
  @usableFromInline let flags: Table
  /// Nil where escrows are not kept by job, and where nodes have no controllers and list no models.
  @usableFromInline let escrows: Table?
  @usableFromInline let controllers: Table?
  @usableFromInline let models: Mapping<UInt64>?
  @usableFromInline let allowances: Mapping<UInt64>
  /// Whom renters allow to take their payments.
  @usableFromInline let spender: AccountID

  /// What any transaction reads of its sender.
  @inlinable @inline(__always) public func fetchSender(_ account: AccountID) {
    accounts.fetchRow(Int(account.index))
  }
  @inlinable @inline(__always) public func fetchBalance(of account: AccountID) {
    usdc.fetchRow(Int(account.index))
  }
  @inlinable @inline(__always) public func fetchJob(_ number: UInt32) {
    jobs.fetchRow(Int(number))
    escrows?.fetchRow(Int(number))
  }
  @inlinable @inline(__always) public func fetchParty(_ account: AccountID) {
    parties?.fetchRow(Int(account.index))
  }
  /// Where the index of allowances says which row `fetchAllowance` asks for.
  @inlinable @inline(__always) public func fetchAllowanceIndex(of renter: AccountID) {
    allowances.fetchIndex(of: UInt64(renter.index) << 32 | UInt64(spender.index))
  }
  @inlinable @inline(__always) public func fetchAllowance(of renter: AccountID) {
    allowances.fetchRow(of: UInt64(renter.index) << 32 | UInt64(spender.index))
  }
  /// As `fetchAllowanceIndex`, for the first model that a node lists.
  @inlinable @inline(__always) public func fetchModelIndex(of host: AccountID) {
    models?.fetchIndex(of: UInt64(host.index) << 32)
  }
  @inlinable @inline(__always) public func fetchNode(of host: AccountID) {
    nodes.fetchRow(Int(host.index))
    controllers?.fetchRow(Int(host.index))
    models?.fetchRow(of: UInt64(host.index) << 32)
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
      parties: isFAB ? nil : marketplaces[marketplace].parties,
      scores: reputation.hosts, flags: reputation.flags,
      escrows: rules.escrowPerJob
        ? escrows[evm.instance(of: deployment.escrow)].jobEscrows : nil,
      controllers: isFAB ? nil : nodeRegistries[registry].controllers,
      models: isFAB ? nil : nodeRegistries[registry].models,
      allowances: tokens[evm.instance(of: deployment.usdc)].allowances,
      spender: deployment.marketplace)
  }
}
