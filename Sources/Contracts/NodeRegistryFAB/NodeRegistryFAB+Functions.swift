import EVM
import Quantities

extension NodeRegistryFAB {
  /// Plain computation and mapping hashes of each path, without the token's.
  /// Source: conformance vectors.
  enum Compute {
    static var registerNode: ComputeCost { ComputeCost(796, of: 2_186) }
    static var unregisterNode: ComputeCost { ComputeCost(560, of: 1_508) }
    static var swapWithLast: Int64 { 441 }
    static var stake: ComputeCost { ComputeCost(760, of: 1_154) }
    static var updateMetadata: ComputeCost { ComputeCost(1_003, of: 1_513) }
    /// Copying and storing one word of a long string.
    static var copiedWord: Int64 { 98 }
    static var clearedWord: Int64 { 46 }
    static var rewrittenWord: Int64 { 92 }
    static var longBefore: Int64 { 117 }
    static var emergencyWithdraw: Int64 { 1_464 }
    static var transferOwnership: Int64 { 719 }
    static var renounceOwnership: Int64 { 396 }
    static var nodes: Int64 { 900 }
    /// One word of long metadata.
    static var readWord: Int64 { 111 }
    static var minStake: Int64 { 150 }
  }

  /// Takes the minimum stake and lists the caller as an active node.
  func registerNode(
    metadata: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.registerNode.checks)
    try guardian.enter(&world)
    let node = node(caller)
    try world.require(
      try world.load(node.operatorAccount).isZero, else: .alreadyRegistered)
    try world.require(world.length(of: metadata) > 0, else: .emptyMetadata)
    if world.rules.registrationValidated { try validate(metadata, &world) }
    try world.require(
      try world.transferFrom(
        fabToken, from: caller, to: account, amount: world.rules.minStake, by: account),
      else: .transferFailed)
    try world.compute(Compute.registerNode.effects)
    try world.compute(Compute.copiedWord * Int64(world.dataWords(of: metadata)))

    try world.update(caller, node.operatorAccount)
    try world.store(world.rules.minStake, node.stakedAmount)
    world.owe(world.rules.minStake, debts, in: fabToken)
    try world.update(true, node.isActive)
    try world.store(metadata, node.metadata)

    let length = try world.load(listLength)
    try world.store(length + 1, listLength)
    _ = try world.load(listLength)
    try world.update(caller, listElement(Int(length)))
    _ = try world.load(listLength)
    try world.store(length, position(of: caller))

    try world.emit(
      .nodeRegisteredWithStake(node: caller, stake: world.rules.minStake, metadata: metadata),
      from: account)
    try guardian.leave(&world)
  }

  /// What every registration is checked for where the rules say so: the metadata and the window.
  private func validate(_ metadata: StringID, _ world: inout World) throws(CallFailure) {
    let length = world.length(of: metadata)
    try world.require(UInt64(length) <= world.rules.metadataLimit, else: .metadataTooLong)
    try world.compute(NodeRegistry.Compute.validatedByte * Int64(length))
    try world.require(world.isPrintable(metadata), else: .invalidCharacters)
    let now = UInt256(world.evm.block.timestamp)
    let windowEnd = try world.load(windowStart).adding(UInt256(world.rules.registrationWindow))
    if now > windowEnd {
      try world.store(now, windowStart)
      try world.store(UInt256.zero, registrationCount)
    }
    let count = try world.load(registrationCount).adding(1)
    try world.require(
      count <= UInt256(world.rules.registrationLimit), else: .registrationLimitReached)
    try world.store(count, registrationCount)
  }

  /// Returns the stake and takes the caller off the list, moving the last entry into its place.
  ///
  /// In the reference the operator stays set, so the node can never register again.
  func unregisterNode(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.unregisterNode.checks)
    try guardian.enter(&world)
    let node = node(caller)
    try world.require(
      !(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(try world.load(node.isActive), else: .alreadyInactive)
    try world.compute(Compute.unregisterNode.effects)

    let staked = try world.load(node.stakedAmount)
    try world.update(false, node.isActive)
    if world.rules.mayRegisterAgain { try world.update(.zero, node.operatorAccount) }
    try world.store(.zero, node.stakedAmount)
    world.settle(staked, debts, in: fabToken)

    let index = try world.load(position(of: caller))
    let length = try world.load(listLength)
    if length == 0 { throw .panic(.arithmetic) }
    let last = length - 1
    if index != last { try moveLast(from: last, to: index, &world) }
    _ = try world.load(listLength)
    _ = try world.load(listLength)
    try world.update(.zero, listElement(Int(last)))
    try world.store(last, listLength)
    try world.store(0, position(of: caller))

    try world.require(
      try world.transfer(fabToken, to: caller, amount: staked, by: account),
      else: .transferFailed)
    try world.emit(.nodeUnregistered(node: caller, returned: staked), from: account)
    try guardian.leave(&world)
  }

  private func moveLast(
    from last: UInt32, to index: UInt32, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.swapWithLast)
    _ = try world.load(listLength)
    let moved = try world.load(listElement(Int(last)))
    _ = try world.load(listLength)
    try world.update(moved, listElement(Int(index)))
    try world.store(index, position(of: moved))
  }

  /// Adds to the caller's stake.
  func stake(
    _ amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.stake.checks)
    try guardian.enter(&world)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(try world.load(node.isActive), else: .nodeNotActive)
    try world.require(!amount.isZero, else: .zeroAmount)
    try world.compute(Compute.stake.effects)
    try world.require(
      try world.transferFrom(fabToken, from: caller, to: account, amount: amount, by: account),
      else: .transferFailed)
    try world.store(try world.load(node.stakedAmount).adding(amount), node.stakedAmount)
    world.owe(amount, debts, in: fabToken)
    try world.emit(.stakeAdded(node: caller, amount: amount), from: account)
    try guardian.leave(&world)
  }

  func updateMetadata(
    _ metadata: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.updateMetadata.checks)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(try world.load(node.isActive), else: .nodeNotActive)
    try world.require(world.length(of: metadata) > 0, else: .emptyMetadata)
    try world.compute(Compute.updateMetadata.effects)
    let cleared = world.dataWords(of: world.evm.peek(node.metadata))
    let written = world.dataWords(of: metadata)
    try world.compute(
      Compute.clearedWord * Int64(max(0, cleared - written))
        + Compute.rewrittenWord * Int64(written) + (cleared > 0 ? Compute.longBefore : 0))
    try world.store(metadata, node.metadata)
    try world.emit(.metadataUpdated(node: caller, metadata: metadata), from: account)
  }

  /// Sends every stake to the owner.
  func emergencyWithdraw(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.emergencyWithdraw)
    try ownable.requireOwner(caller, &world)
    try world.require(!world.rules.lockedFunds, else: .fundsAreLocked)
    if world.rules.callbacksGuarded { try guardian.enter(&world) }
    let balance = try world.balance(fabToken, of: account)
    try world.require(!balance.isZero, else: .noBalance)
    let owner = try world.load(ownable.owner)
    world.spend(debts, in: fabToken, because: .emergencyWithdrawal)
    try world.require(
      try world.transfer(fabToken, to: owner, amount: balance, by: account),
      else: .transferFailed)
    if world.rules.callbacksGuarded { try guardian.leave(&world) }
  }

  /// The getter `nodes(address)`, which reads the whole row, metadata included.
  func readNode(
    _ account: AccountID, _ world: inout World
  ) throws(CallFailure) -> (operatorAccount: AccountID, stake: UInt256, isActive: Bool) {
    try world.compute(Compute.nodes)
    let node = node(account)
    let operatorAccount = try world.load(node.operatorAccount)
    let stake = try world.load(node.stakedAmount)
    let isActive = try world.load(node.isActive)
    _ = try world.load(node.metadata, computing: Compute.readWord)
    return (operatorAccount, stake, isActive)
  }
}

/// `NodeRegistryFAB` as other contracts call it.
extension World {
  mutating func fabNode(
    _ account: AccountID, in registry: AccountID
  ) throws(CallFailure) -> (operatorAccount: AccountID, stake: UInt256, isActive: Bool) {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistryFAB else { throw .empty }
      let node = try fabRegistries[evm.instance(of: registry)].readNode(account, &self)
      close(call)
      return node
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `MIN_STAKE()` of a registry, either kind.
  mutating func minStake(of registry: AccountID) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      let stake: UInt256
      switch code(of: registry) {
      case .nodeRegistryFAB:
        try compute(NodeRegistryFAB.Compute.minStake)
        stake = rules.minStake
      case .nodeRegistry:
        stake = try load(nodeRegistries[evm.instance(of: registry)].minStake)
      default: throw .empty
      }
      close(call)
      return stake
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
