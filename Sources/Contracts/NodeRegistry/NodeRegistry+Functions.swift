import EVM
import Quantities

extension NodeRegistry {
  /// Governance takes part of a node's stake, which in the reference stays in the registry.
  func slashNode(
    _ account: AccountID, amount: UInt256, reason: StringID, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.slash.checks)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    let node = node(account)
    try world.require(
      !(try world.load(node.operatorAccount).isZero), else: .nodeNotRegistered)
    let stake = try world.load(node.stake)
    try world.require(stake >= amount, else: .insufficientStakeToSlash)
    try world.compute(Compute.slash.effects)
    try world.compute(Compute.reasonWord * Int64(world.paddedLength(of: reason) / 32))
    _ = try world.load(node.stake)
    try storeStake(stake - amount, of: node, &world)
    try world.emit(
      .nodeSlashed(node: account, amount: amount, reason: reason), from: self.account)
    if world.rules.slashMovesStake {
      try payOut(amount, for: .zero, &world)
      try ejectIfPoor(account, stake: stake - amount, &world)
    }
  }

  func restoreStake(
    by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.restoreStake)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(!value.isZero, else: .noStakeToRestore)
    try storeStake(try world.load(node.stake).adding(value), of: node, &world)
    try world.emit(.stakeRestored(node: caller, amount: value), from: account)
  }

  func setGovernance(
    _ governor: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setGovernance)
    try ownable.requireOwner(caller, &world)
    try world.require(!governor.isZero, else: .invalidAddress)
    try world.require(try world.load(governance).isZero, else: .governanceAlreadySet)
    try world.store(governor, governance)
  }

  func setMigrationHelper(
    _ helper: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setMigrationHelper)
    try ownable.requireOwner(caller, &world)
    try world.require(!helper.isZero, else: .invalidAddress)
    try world.update(helper, migrationHelper)
  }

  func updateStakeAmount(
    _ amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.updateStakeAmount)
    try ownable.requireOwner(caller, &world)
    try world.require(!amount.isZero, else: .stakeMustBePositive)
    let limit = UInt256(10_000_000_000_000_000_000_000 as UInt128)
    try world.require(amount < limit, else: .stakeTooHigh)
    try world.store(amount, minStake)
  }

  /// `getNode`, which copies the whole node to memory, models included.
  func readNode(
    _ account: AccountID, _ world: inout World
  ) throws(CallFailure) -> NodeSummary {
    try world.compute(Compute.readNode)
    let node = node(account)
    let operatorAccount = try world.load(node.operatorAccount)
    _ = try world.load(node.peerID, computing: Compute.readWord)
    let stake = try world.load(node.stake)
    let isActive = try world.load(node.isActive)
    let count = try world.load(node.modelCount)
    try world.compute(Compute.readModel * Int64(count))
    for index in 0..<Int(count) {
      _ = try world.load(model(index, of: account), computing: Compute.readWord)
    }
    _ = try world.load(node.region, computing: Compute.readWord)
    return NodeSummary(
      operatorAccount: operatorAccount, stake: stake, isActive: isActive, modelCount: count)
  }
}

/// What callers of `getNode` look at.
struct NodeSummary {
  var operatorAccount: AccountID
  var stake: UInt256
  var isActive: Bool
  var modelCount: UInt32
}
