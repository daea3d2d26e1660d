public import EVM
public import Quantities

/// What an off-chain observer reads of the chain's state without a transaction.
extension World {
  /// The score that a reputation system has stored, nil before the host's first record.
  ///
  /// Mutating though it only reads: a borrowing call of a value as large as the world copies it.
  public mutating func storedScore(of host: AccountID, in system: AccountID) -> UInt256? {
    guard code(of: system) == .reputationSystem else { return nil }
    let contract = reputationSystems[evm.instance(of: system)]
    guard evm.peek(contract.isTracked(host)) else { return nil }
    return evm.peek(contract.reputation(of: host).score)
  }

  /// FAB staked by a host in a registry, base units; zero for whoever never registered.
  public func stake(of host: AccountID, in registry: AccountID) -> UInt256 {
    guard code(of: registry) == .nodeRegistryFAB else { return .zero }
    return evm.peek(fabRegistries[evm.instance(of: registry)].node(host).stakedAmount)
  }
}
