import Contracts
import EVM
import Quantities

/// Accounts and their means before the first block, by the contracts' own transactions.
///
/// These transactions cost nobody a fee and are in no table: a run begins with a market that stands.
extension MarketChain {
  /// ETH of everybody at the start: hundreds of thousands of transactions at the presets' fees.
  static var startingETH: UInt256 { UInt256(10) * coinUnit }
  /// Rounded to the nearest gwei, so that decimal amounts are exact.
  static func wei(ofETH amount: Double) -> UInt256 {
    UInt256(UInt64((amount * 1e9).rounded())) * UInt256(1_000_000_000)
  }
  /// Base units of an ETH or FAB.
  static var coinUnit: UInt256 { UInt256(1_000_000_000_000_000_000) }

  /// Second of a genesis that is over for every limit of registrations when the run begins.
  private var genesis: BlockEnvironment {
    var block = environment
    block.timestamp -= world.rules.registrationWindow + 60
    return block
  }

  /// An account that has staked and registered.
  ///
  /// - Parameters:
  ///   - extraStake: Beyond the minimum, in whole coins of what hosts stake.
  ///   - reserve: FAB that it keeps, whole.
  ///   - memory: GiB of its GPUs.
  mutating func addHost(
    extraStake: Int, reserve: Int, models: [StringID], memory: UInt16
  ) -> AccountID {
    let minStake = world.rules.minStake
    let extra = UInt256(extraStake) * Self.coinUnit
    if contracts.profile == .referenceFAB {
      return addFABHost(stake: minStake, extra: extra)
    }
    let stake = minStake + extra
    let isFAB = world.rules.stakesInFAB
    let account =
      isFAB
      ? addOutsider(extraStake: extraStake, reserve: reserve)
      : world.addAccount(eth: Self.startingETH + stake)
    let list = world.makeModelList(models)
    let terms = NodeTerms(peerID: texts.metadata, models: list, region: texts.region)
    let receipt = world.registerAtGenesis(
      isFAB
        ? .registry(.registerNodeInFAB(terms, gpuMemory: memory, stake: stake))
        : .registry(.registerNode(terms)),
      from: account, to: contracts.hostRegistry, value: isFAB ? .zero : stake, block: genesis)
    world.discard(list)
    precondition(receipt.failure == nil, "a host cannot register: \(receipt)")
    return account
  }

  /// Somebody who could register: with its stake in FAB at hand.
  mutating func addOutsider(extraStake: Int, reserve: Int) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    world.mintAtGenesis(
      world.rules.minStake + UInt256(extraStake + reserve) * Self.coinUnit, of: contracts.fab,
      to: account)
    for spender in [contracts.hostRegistry, contracts.marketplace] {
      sendAtGenesis(.approve(spender: spender, amount: .max), from: account, to: contracts.fab)
    }
    return account
  }

  /// Somebody who registers and pays for nodes of other accounts.
  mutating func addController(nodes: Int) -> AccountID {
    let stakes = world.rules.minStake * UInt256(nodes)
    let isFAB = world.rules.stakesInFAB
    let account = world.addAccount(eth: Self.startingETH + (isFAB ? .zero : stakes))
    if isFAB {
      world.mintAtGenesis(stakes, of: contracts.fab, to: account)
      sendAtGenesis(
        .approve(spender: contracts.hostRegistry, amount: .max), from: account, to: contracts.fab)
    }
    return account
  }

  /// A host that a controller registers at the minimum stake, for everybody to see.
  mutating func addHost(
    controlledBy controller: AccountID, extraStake: Int, reserve: Int
  ) -> AccountID {
    let isFAB = world.rules.stakesInFAB
    let account = world.addAccount(eth: Self.startingETH)
    if isFAB {
      world.mintAtGenesis(
        UInt256(extraStake + reserve) * Self.coinUnit, of: contracts.fab, to: account)
      for spender in [contracts.hostRegistry, contracts.marketplace] {
        sendAtGenesis(.approve(spender: spender, amount: .max), from: account, to: contracts.fab)
      }
    }
    let receipt = world.registerAtGenesis(
      .registry(.registerControlledNode(metadata: texts.metadata, operator: account)),
      from: controller, to: contracts.hostRegistry,
      value: isFAB ? .zero : world.rules.minStake, block: genesis)
    precondition(receipt.failure == nil, "a controlled host cannot register: \(receipt)")
    if isFAB, extraStake > 0 {
      sendAtGenesis(
        .registry(.topUp(amount: UInt256(extraStake) * Self.coinUnit)), from: account,
        to: contracts.hostRegistry)
    }
    return account
  }

  private mutating func addFABHost(stake minStake: UInt256, extra: UInt256) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    world.mintAtGenesis(minStake + extra, of: contracts.fab, to: account)
    sendAtGenesis(
      .approve(spender: contracts.hostRegistry, amount: minStake + extra), from: account,
      to: contracts.fab)
    let receipt = world.registerAtGenesis(
      .registerNode(metadata: texts.metadata), from: account, to: contracts.hostRegistry,
      value: .zero, block: genesis)
    precondition(receipt.failure == nil, "a host cannot register: \(receipt)")
    if !extra.isZero {
      sendAtGenesis(.stake(amount: extra), from: account, to: contracts.hostRegistry)
    }
    return account
  }

  /// An account with means for fees and for jobs: ETH, or USDC that the marketplace may take.
  ///
  /// - Parameters:
  ///   - budget: In units of 10⁻⁶ USDC, or of 10⁶ wei.
  ///   - bonds: FAB for the bonds of its disputes, whole.
  mutating func addRenter(budget: UInt64, inETH: Bool, bonds: Int) -> AccountID {
    let account: AccountID
    if inETH {
      account = world.addAccount(eth: Self.startingETH + ETHFlow.amount(ofUnits: budget))
    } else {
      account = world.addAccount(eth: Self.startingETH)
      world.mintAtGenesis(UInt256(budget), of: contracts.usdc, to: account)
      sendAtGenesis(
        .approve(spender: contracts.marketplace, amount: .max), from: account, to: contracts.usdc)
    }
    if bonds > 0 {
      world.mintAtGenesis(UInt256(bonds) * Self.coinUnit, of: contracts.fab, to: account)
      sendAtGenesis(
        .approve(spender: contracts.marketplace, amount: .max), from: account, to: contracts.fab)
    }
    return account
  }

  mutating func sendAtGenesis(
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

  /// What the contract will say of a host's score in the next block.
  func reputation(of host: AccountID) -> UInt64 {
    let score = scores.decayedScore(of: host, at: nextTimestamp, under: world.rules)
    return score.map { $0.narrow ?? .max } ?? UInt64(scoreOfNewcomers)
  }

  func isSuspicious(_ host: AccountID) -> Bool { world.isSuspicious(host, in: contracts) }

  /// Registrations that the running window still takes in the next block; nil where that is no window
  /// that ends.
  var registrationsLeft: Int? { world.registrationsLeft(of: contracts, at: nextTimestamp) }

  /// What routers assume of a host that has no stored score yet.
  var scoreOfNewcomers: UInt32 { UInt32(clamping: world.rules.initialReputation) }

  func stake(of host: AccountID) -> UInt256 { world.stake(of: host, in: contracts.hostRegistry) }

  /// FAB that an account can spend; zero where nobody stakes FAB.
  func fabBalance(of account: AccountID) -> UInt256 {
    contracts.fab.isZero ? .zero : world.balances(of: contracts.fab).of(account)
  }

  @inline(__always) func usdcBalance(of account: AccountID) -> UInt256 {
    usdcBalances.of(account)
  }
}
