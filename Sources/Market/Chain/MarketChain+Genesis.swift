import Contracts
import EVM
import Quantities

/// Accounts and their means before the first block, by the contracts' own transactions.
///
/// These transactions cost nobody a fee and are in no table: a run begins with a market that stands.
extension MarketChain {
  /// ETH of everybody at the start: hundreds of thousands of transactions at the presets' fees.
  private static var startingETH: UInt256 { UInt256(10) * fabUnit }
  /// Rounded to the nearest gwei, so that decimal amounts are exact.
  static func wei(ofETH amount: Double) -> UInt256 {
    UInt256(UInt64((amount * 1e9).rounded())) * UInt256(1_000_000_000)
  }
  /// 10¹⁸ base units.
  private static var fabUnit: UInt256 { UInt256(1_000_000_000_000_000_000) }

  /// An account that has staked and registered.
  mutating func addHost(extraStake: Int) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    let minStake = world.rules.minStake
    let extra = UInt256(extraStake) * Self.fabUnit
    world.mintAtGenesis(minStake + extra, of: contracts.fab, to: account)
    sendAtGenesis(
      .approve(spender: contracts.hostRegistry, amount: minStake + extra), from: account,
      to: contracts.fab)
    sendAtGenesis(
      .registerNode(metadata: texts.metadata), from: account, to: contracts.hostRegistry)
    if extraStake > 0 {
      sendAtGenesis(.stake(amount: extra), from: account, to: contracts.hostRegistry)
    }
    return account
  }

  /// An account with `budget` USDC, all of which the marketplace may take.
  mutating func addRenter(budget: Double) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    // Budgets are decimal numbers of at most six places; rounding to nearest restores them.
    let units = UInt256(UInt64((budget * 1e6).rounded()))
    world.mintAtGenesis(units, of: contracts.usdc, to: account)
    sendAtGenesis(
      .approve(spender: contracts.marketplace, amount: .max), from: account, to: contracts.usdc)
    return account
  }

  private mutating func sendAtGenesis(
    _ call: ContractCall, from sender: AccountID, to target: AccountID
  ) {
    let receipt = world.send(call, from: sender, to: target, block: environment)
    precondition(receipt.failure == nil, "a genesis transaction failed: \(receipt)")
  }

  // MARK: What tables read

  /// The score that routers see; nil before the host's first record.
  @inline(__always) func storedScore(of host: AccountID) -> UInt32? {
    scores.score(of: host).map { UInt32(clamping: $0.narrow ?? .max) }
  }

  func stake(of host: AccountID) -> UInt256 { world.stake(of: host, in: contracts.hostRegistry) }

  @inline(__always) func usdcBalance(of account: AccountID) -> UInt256 {
    usdcBalances.of(account)
  }
}
