import EVM
import Quantities

extension NodeRegistry {
  /// Plain computation and mapping hashes of each path.
  /// Source: conformance vectors and gas.json.
  enum Compute {
    static var registerSimple: ComputeCost { ComputeCost(1_018, of: 3_406) }
    /// The reference looks at every character.
    static var validatedByte: Int64 { 142 }
    static var register: ComputeCost { ComputeCost(2_436, of: 3_819) }
    static var registerFor: ComputeCost { ComputeCost(2_191, of: 3_584) }
    static var registerControlled: ComputeCost { ComputeCost(960, of: 3_526) }
    static var refundExcess: Int64 { 81 }
    static var model: Int64 { 903 }
    /// Copying and storing one word of a long string.
    static var copiedWord: Int64 { 97 }
    static var addMigrated: ComputeCost { ComputeCost(2_452, of: 3_821) }
    static var slash: ComputeCost { ComputeCost(968, of: 1_285) }
    /// Copying one word of the reason into the log.
    static var reasonWord: Int64 { 12 }
    static var restoreStake: Int64 { 339 + 42 }
    static var unregister: Int64 { 526 }
    // With what the caller computes to decode the node.
    static var readNode: Int64 { 2_845 }
    static var readModel: Int64 { 1_320 }
    /// One word of a long string.
    static var readWord: Int64 { 109 }
    static var readController: Int64 { 558 }
    static var readGovernance: Int64 { 450 }
    static var setGovernance: Int64 { 784 }
    static var setMigrationHelper: Int64 { 780 }
    static var updateStakeAmount: Int64 { 699 }
    static var transferOwnership: Int64 { 931 }
    static var renounceOwnership: Int64 { 528 }
  }

  /// What `registerNode` and its kin record.
  struct Registration {
    var peerID: StringID
    var models: [StringID] = []
    var region = StringID.empty
    /// GB; the reference does not ask.
    var gpuMemory: UInt16 = 0
    var stake: UInt256
  }

  /// Registers the caller under the limit of ten an hour; in the reference the tenth closes this
  /// door for ever.
  func registerNodeSimple(
    metadata: StringID, by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.registerSimple.checks)
    try requireGood(metadata, &world)
    let minimum = try world.load(minStake)
    try world.require(world.rules.stakesInFAB || value >= minimum, else: .insufficientStake)
    try world.require(
      try world.load(node(caller).operatorAccount).isZero, else: .alreadyRegistered)

    try countRegistration(&world)
    let excess = world.rules.stakesInFAB ? .zero : value - minimum
    if !world.rules.registrationGuarded { try refundExcess(excess, to: caller, &world) }
    try world.compute(Compute.registerSimple.effects)
    let stake = try world.load(minStake)
    try record(Registration(peerID: metadata, stake: stake), of: caller, &world)
    if world.rules.registrationGuarded { try refundExcess(excess, to: caller, &world) }
    if world.rules.stakesInFAB { try receiveStake(stake, from: caller, &world) }
  }

  /// That registration is open and the metadata may be recorded.
  private func requireGood(
    _ metadata: StringID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(!(try world.load(isPaused)), else: .registrationIsPaused)
    let length = world.length(of: metadata)
    try world.require(length > 0, else: .emptyMetadata)
    try world.require(UInt64(length) <= world.rules.metadataLimit, else: .metadataTooLong)
    try world.compute(Compute.validatedByte * Int64(length))
    try world.require(world.isPrintable(metadata), else: .invalidCharacters)
  }

  /// Counts a registration in the running window, or in a new one when that has ended.
  private func countRegistration(_ world: inout World) throws(CallFailure) {
    let now = UInt256(world.evm.block.timestamp)
    let window = UInt256(world.rules.registrationWindow)
    let limit = UInt256(world.rules.registrationLimit)
    let windowEnd = try world.load(windowStart).adding(window)
    if now > windowEnd {
      try world.store(now, windowStart)
      try world.store(UInt256.zero, registrationCount)
    }
    let count = try world.load(registrationCount).adding(1)
    if world.rules.registrationRecovers {
      try world.require(count <= limit, else: .registrationLimitReached)
    }
    try world.store(count, registrationCount)
    if count >= limit, !world.rules.registrationRecovers { try world.store(true, isPaused) }
  }

  private func refundExcess(
    _ excess: UInt256, to caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if excess.isZero { return }
    try world.compute(Compute.refundExcess)
    let failure = try world.sendETH(excess, from: account, to: caller, gas: .all)
    try world.require(failure == nil, else: .refundFailed)
  }

  /// Writes the node and lists it, unless it is listed from an earlier stay.
  private func record(
    _ registration: Registration, of account: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let words = world.dataWords(of: registration.peerID) + world.dataWords(of: registration.region)
    try world.compute(Compute.copiedWord * Int64(words))
    let node = node(account)
    try world.update(account, node.operatorAccount)
    try world.store(registration.peerID, node.peerID)
    try storeStake(registration.stake, of: node, &world)
    let isListed = world.evm.peek(node.isListed)
    try world.update(
      StoredNode.standing(
        isListed: world.rules.mayRegisterAgain, gpuMemory: registration.gpuMemory),
      node.isActive.whole)
    try storeModels(registration.models, of: account, &world)
    try world.store(registration.region, node.region)

    if !isListed {
      let count = try world.load(nodeCount)
      try world.store(count + 1, nodeCount)
      _ = try world.load(nodeCount)
      try world.update(account, listedNode(Int(count)))
    }
    try world.emit(
      .nodeRegistered(node: account, metadata: registration.peerID), from: self.account)
  }

  private func storeModels(
    _ models: [StringID], of account: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let slot = node(account).modelCount
    let before = Int(try world.load(slot))
    try world.store(UInt32(models.count), slot)
    for (index, name) in models.enumerated() {
      try world.compute(Compute.model + Compute.copiedWord * Int64(world.dataWords(of: name)))
      try world.store(name, model(index, of: account))
    }
    // A re-entrant or earlier registration may have stored more models than this one has.
    if models.count < before {
      for index in models.count..<before { try world.store(.empty, model(index, of: account)) }
    }
  }

  func registerNode(
    _ registration: Registration, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try registerWithStake(
      registration, of: caller, payer: caller, computing: Compute.register, &world)
  }

  /// Anybody pays the stake of any operator; in the reference the zero address may register again
  /// and again.
  func registerNodeFor(
    _ operatorAccount: AccountID, _ registration: Registration, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try registerWithStake(
      registration, of: operatorAccount, payer: caller, computing: Compute.registerFor, &world)
  }

  /// The whole value, or amount of FAB, becomes the stake.
  private func registerWithStake(
    _ registration: Registration, of account: AccountID, payer: AccountID,
    computing cost: ComputeCost, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(cost.checks)
    let isValidated = world.rules.registrationValidated
    if isValidated { try requireGood(registration.peerID, &world) }
    try world.require(
      registration.stake >= (try world.load(minStake)), else: .insufficientStake)
    if world.rules.registrationGuarded {
      try world.require(!account.isZero, else: .invalidAddress)
    }
    try world.require(
      try world.load(node(account).operatorAccount).isZero, else: .alreadyRegistered)
    if isValidated { try countRegistration(&world) }
    try world.compute(cost.effects)
    try record(registration, of: account, &world)
    if world.rules.stakesInFAB { try receiveStake(registration.stake, from: payer, &world) }
  }

  /// Registers another address and ties it to the caller.
  func registerControlledNode(
    _ operatorAccount: AccountID, metadata: StringID, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.registerControlled.checks)
    let isValidated = world.rules.registrationValidated
    if isValidated { try requireGood(metadata, &world) }
    let minimum = try world.load(minStake)
    try world.require(world.rules.stakesInFAB || value >= minimum, else: .insufficientStake)
    if world.rules.registrationGuarded {
      try world.require(!operatorAccount.isZero, else: .invalidAddress)
    }
    try world.require(
      try world.load(node(operatorAccount).operatorAccount).isZero, else: .alreadyRegistered)
    if isValidated { try countRegistration(&world) }
    let excess = world.rules.stakesInFAB ? .zero : value - minimum
    if !world.rules.registrationGuarded { try refundExcess(excess, to: caller, &world) }
    try world.compute(Compute.registerControlled.effects)
    let stake = try world.load(minStake)
    try record(Registration(peerID: metadata, stake: stake), of: operatorAccount, &world)

    let countSlot = controlledCount(of: caller)
    let count = try world.load(countSlot)
    try world.store(count + 1, countSlot)
    _ = try world.load(countSlot)
    try world.update(operatorAccount, controlledNode(Int(count), of: caller))
    try world.update(caller, controller(of: operatorAccount))
    if world.rules.registrationGuarded { try refundExcess(excess, to: caller, &world) }
    if world.rules.stakesInFAB { try receiveStake(stake, from: caller, &world) }
  }

  func addMigratedNode(
    _ operatorAccount: AccountID, _ registration: Registration, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.addMigrated.checks)
    try world.require(
      try world.load(migrationHelper) == caller, else: .onlyMigrationHelper)
    try world.require(
      try world.load(node(operatorAccount).operatorAccount).isZero, else: .nodeExists)
    try world.require(!registration.stake.isZero, else: .noStakeProvided)
    try world.compute(Compute.addMigrated.effects)
    try record(registration, of: operatorAccount, &world)
    if world.rules.stakesInFAB { try receiveStake(registration.stake, from: caller, &world) }
  }
}

extension World {
  /// Whether no byte is a control character; bytes of other alphabets pass.
  func isPrintable(_ string: StringID) -> Bool {
    evm.strings.bytes(of: string).allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
