public import EVM
public import Quantities

/// What an off-chain observer reads of the chain's state without a transaction.
extension World {
  /// Where a token's balances are read.
  ///
  /// - Precondition: `token` is a token contract.
  public func balances(of token: AccountID) -> TokenBalances {
    precondition(code(of: token) == .testToken, "only a token contract has balances")
    return TokenBalances(table: tokens[evm.instance(of: token)].balances)
  }

  /// Where a reputation system's scores are read.
  ///
  /// - Precondition: `system` is a reputation system.
  public func scores(in system: AccountID) -> ReputationScores {
    precondition(code(of: system) == .reputationSystem, "only a reputation system has scores")
    let contract = reputationSystems[evm.instance(of: system)]
    return ReputationScores(hosts: contract.hosts, flags: contract.flags)
  }

  /// Staked by a host in a registry, base units of what the registry takes; zero for whoever never
  /// registered.
  public func stake(of host: AccountID, in registry: AccountID) -> UInt256 {
    switch code(of: registry) {
    case .nodeRegistryFAB:
      evm.peek(fabRegistries[evm.instance(of: registry)].node(host).stakedAmount)
    case .nodeRegistry: evm.peek(nodeRegistries[evm.instance(of: registry)].node(host).stake)
    default: .zero
    }
  }
}

/// Reads one token's balances: a handle of a word, for readers who ask at every event and must not
/// copy a world to do so.
public struct TokenBalances: BitwiseCopyable {
  @usableFromInline let table: Table

  /// Base units.
  @inlinable @inline(__always) public func of(_ account: AccountID) -> UInt256 {
    WideSlot(table.row(Int(account.index)), slot: 0, offset: Row.headerSize).current
  }
}

/// Reads the scores that one reputation system has stored.
public struct ReputationScores: BitwiseCopyable {
  @usableFromInline let hosts: Table
  @usableFromInline let flags: Table

  /// Nil before the host's first record.
  @inlinable @inline(__always) public func score(of host: AccountID) -> UInt256? {
    let isTracked = Slot<Bool>(flags.row(Int(host.index)), slot: 0, offset: Row.headerSize)
    guard isTracked.current else { return nil }
    return WideSlot(hosts.row(Int(host.index)), slot: 0, offset: Row.headerSize).current
  }
}
