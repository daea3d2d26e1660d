import Contracts
import EVM
import Quantities

/// Accounts and their means before the first block, by the contracts' own transactions.
///
/// These transactions cost nobody a fee and are in no table: a run begins with a market that stands.
extension MarketChain {
  /// ETH of everybody at the start: hundreds of thousands of transactions at the presets' fees.
  private static var startingETH: UInt256 { UInt256(10) * FABContracts.fabUnit }

  /// An account that has staked and registered.
  mutating func addHost(extraStake: Int) -> AccountID {
    let account = addAccount()
    let stake = FABContracts.minStake + UInt256(extraStake) * FABContracts.fabUnit
    expect(world.mint(stake, to: account, genesis(from: contracts.deployer, to: contracts.fab)))
    expect(
      world.approve(contracts.registry, amount: stake, genesis(from: account, to: contracts.fab)))
    expect(
      world.registerNode(
        metadata: texts.metadata, genesis(from: account, to: contracts.registry)))
    if extraStake > 0 {
      expect(
        world.stake(
          UInt256(extraStake) * FABContracts.fabUnit,
          genesis(from: account, to: contracts.registry)))
    }
    return account
  }

  /// An account with `budget` USDC, all of which the marketplace may take.
  mutating func addRenter(budget: Double) -> AccountID {
    let account = addAccount()
    // Budgets are decimal numbers of at most six places; rounding to nearest restores them.
    let units = UInt256(UInt64((budget * 1e6).rounded()))
    expect(world.mint(units, to: account, genesis(from: contracts.deployer, to: contracts.usdc)))
    expect(
      world.approve(
        contracts.marketplace, amount: .max, genesis(from: account, to: contracts.usdc)))
    return account
  }

  private mutating func addAccount() -> AccountID {
    let account = world.evm.addSyntheticAccount()
    world.evm.mintETH(Self.startingETH, to: account)
    return account
  }

  private func genesis(from sender: AccountID, to target: AccountID) -> TransactionEnvelope {
    TransactionEnvelope(
      sender: sender, target: target, gasLimit: 30_000_000, block: producer.environment)
  }

  private func expect(_ receipt: Receipt) {
    precondition(
      receipt.failure == nil, "a genesis transaction failed: \(String(describing: receipt))")
  }

  // MARK: What tables read

  /// The score that routers see; nil before the host's first record.
  func storedScore(of host: AccountID) -> UInt32? {
    world.storedScore(of: host, in: contracts.reputation).map {
      UInt32(clamping: $0.narrow ?? .max)
    }
  }

  func stake(of host: AccountID) -> UInt256 { world.stake(of: host, in: contracts.registry) }

  func usdcBalance(of account: AccountID) -> UInt256 {
    world.tokenBalance(of: account, token: contracts.usdc)
  }
}
