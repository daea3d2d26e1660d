import EVM
import Quantities

/// Stakes that are FAB, grow, are taken and paid back: what the reference lacks.
extension NodeRegistry {
  /// Plain computation of functions that the reference lacks. Estimated: each is that of the
  /// measured function nearest to it.
  enum EstimatedCompute {
    static var topUp: Int64 { 760 }
    static var takeStake: Int64 { 1_285 }
    static var leave: Int64 { 1_508 }
    static var withdrawStake: Int64 { 1_154 }
    static var setAddress: Int64 { 784 }
    static var setPaused: Int64 { 600 }
    static var read: Int64 { 300 }
  }

  /// Writes a stake, which is what the registry owes its host.
  func storeStake(
    _ stake: UInt256, of node: StoredNode, _ world: inout World
  ) throws(CallFailure) {
    let change = stake.subtractingReportingOverflow(world.evm.peek(node.stake)).partialValue
    try world.store(stake, node.stake)
    let token = world.rules.stakesInFAB ? world.evm.peek(stakeToken) : .zero
    world.changeDebt(of: debts, in: token, by: change, because: .unbackedRecord)
  }

  /// Pulls FAB from whoever pays the stake.
  func receiveStake(
    _ amount: UInt256, from payer: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if amount.isZero { return }
    let token = try world.load(stakeToken)
    try world.require(!token.isZero, else: .stakeTokenNotSet)
    try world.require(
      try world.transferFrom(token, from: payer, to: account, amount: amount, by: account),
      else: .transferFailed)
  }

  /// Pays stake out, in what it was paid in.
  func payStake(
    _ amount: UInt256, to receiver: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if amount.isZero { return }
    if world.rules.stakesInFAB {
      let token = try world.load(stakeToken)
      try world.require(
        try world.transfer(token, to: receiver, amount: amount, by: account),
        else: .transferFailed)
    } else {
      let failure = try world.sendETH(amount, from: account, to: receiver, gas: .all)
      try world.require(failure == nil, else: .ethTransferFailed)
    }
  }

  /// Adds FAB to the caller's stake.
  func topUp(
    _ amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.topUp)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(try world.load(node.isActive), else: .nodeNotActive)
    try world.require(!amount.isZero, else: .noStakeToRestore)
    try storeStake(try world.load(node.stake).adding(amount), of: node, &world)
    try receiveStake(amount, from: caller, &world)
    try world.emit(.stakeRestored(node: caller, amount: amount), from: account)
  }

  /// The marketplace takes stake from a host that failed, as far as it reaches.
  ///
  /// - Parameter beneficiary: Who gets it; zero: where slashed stake goes by rule.
  /// - Returns: What was taken.
  func takeStake(
    of host: AccountID, amount: UInt256, for beneficiary: AccountID, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(EstimatedCompute.takeStake)
    try world.require(
      try world.load(jobMarketplace) == caller && !caller.isZero, else: .onlyJobMarketplace)
    let node = node(host)
    let stake = try world.load(node.stake)
    let taken = min(amount, stake)
    if taken.isZero { return .zero }
    try storeStake(stake - taken, of: node, &world)
    try world.emit(.nodeSlashed(node: host, amount: taken, reason: .empty), from: account)
    try payOut(taken, for: beneficiary, &world)
    try ejectIfPoor(host, stake: stake - taken, &world)
    return taken
  }

  /// Sends slashed stake on, where the rules let it move at all.
  func payOut(
    _ amount: UInt256, for beneficiary: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.slashMovesStake else { return }
    var receiver = beneficiary
    if receiver.isZero, world.rules.slashTo == .burn {
      receiver = world.evm.account(at: Self.burnAddress)
    }
    if receiver.isZero {
      receiver = try world.load(treasury)
      try world.require(!receiver.isZero, else: .treasuryNotSet)
    }
    try payStake(amount, to: receiver, &world)
  }

  /// Tokens sent there are gone: nobody has the key. OpenZeppelin's tokens refuse the zero address.
  private static var burnAddress: [UInt8] {
    [UInt8](repeating: 0, count: 18) + [0xDE, 0xAD]
  }

  func setStakeToken(
    _ token: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try setOnce(token, stakeToken, by: caller, &world)
  }

  func setJobMarketplace(
    _ marketplace: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try setOnce(marketplace, jobMarketplace, by: caller, &world)
  }

  func setTreasury(
    _ receiver: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try setOnce(receiver, treasury, by: caller, &world)
  }

  private func setOnce(
    _ other: AccountID, _ slot: Slot<AccountID>, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.setAddress)
    try ownable.requireOwner(caller, &world)
    try world.require(!other.isZero, else: .invalidAddress)
    try world.require(try world.load(slot).isZero, else: .alreadySet)
    try world.store(other, slot)
  }

  /// Governance closes and opens registration.
  func setRegistrationPaused(
    _ isClosed: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.setPaused)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    try world.update(isClosed, isPaused)
  }
}

extension StoredNode {
  /// The packed slot of a host that has just registered.
  static func standing(isListed: Bool, gpuMemory: UInt16) -> UInt64 {
    1 | (isListed ? 1 << 8 : 0) | UInt64(gpuMemory) << 16
  }
}
