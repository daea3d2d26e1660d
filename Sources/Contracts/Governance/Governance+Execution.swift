import EVM
import Quantities

extension Governance {
  /// Anybody executes what is queued once its time has come.
  func execute(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.execute.checks)
    let proposal = proposal(number)
    try world.require(
      try state(of: proposal, &world) == .queued, else: .proposalNotQueued)
    let now = UInt256(world.evm.block.timestamp)
    try world.require(
      now >= (try world.load(proposal.executionTime)), else: .executionDelayNotMet)
    try world.compute(Compute.execute.effects)
    try world.update(true, proposal.isExecuted)
    switch try world.load(proposal.kind) {
    case .parameterUpdate: try executeUpdates(of: proposal, &world)
    case .contractUpgrade:
      // Nothing is upgraded: the reference only takes note.
      try world.compute(Compute.executeUpgrade)
      _ = try world.load(proposal.callData)
      try world.update(true, proposal.isUpgraded)
    case .emergency: break
    }
    try world.emit(.proposalExecuted(proposal: number), from: account)
  }

  /// Calls each target with its new value; the first failure undoes them all.
  private func executeUpdates(
    of proposal: StoredProposal, _ world: inout World
  ) throws(CallFailure) {
    let callData = try world.load(proposal.callData)
    let decoded = try world.evm.decode(
      world.evm.strings.bytes(of: callData), as: World.updateTypes)
    try world.compute(Compute.executeUpdates)
    let updates = try Arguments(values: decoded).array(0)
    for index in 0..<updates.count {
      try execute(try updates.tuple(index), &world)
    }
  }

  private func execute(_ update: Arguments, _ world: inout World) throws(CallFailure) {
    let target = try update.address(0)
    let name = try update.string(2, &world)
    let value = try update.uint(3)
    guard case .fixedBytes(let selector) = update.values[1] else { throw .empty }
    try world.compute(Compute.executeUpdate)
    let old = Self.assumedValue(of: world.bytes(name))
    try world.compute(Compute.compareName * Int64(old.comparisons - 1))
    let calldata = selector + value.bigEndianBytes
    try world.require(
      try world.callIgnoringAnswer(target, calldata: calldata[...], by: account),
      else: .parameterUpdateFailed)
    try world.emit(
      .parameterUpdated(contract: target, parameter: name, old: old.value, new: value),
      from: account)
  }

  /// What the reference reports as old values: constants of the parameters' names, compared in turn.
  private static let assumedValues: [(name: [UInt8], value: UInt256)] = [
    (Array("minimumStake".utf8), UInt256(100_000_000_000_000_000_000 as UInt128)),
    (Array("feePercentage".utf8), 200), (Array("maxJobDuration".utf8), 604_800),
    (Array("decayRate".utf8), 100),
  ]

  private static func assumedValue(of name: [UInt8]) -> (value: UInt256, comparisons: Int) {
    guard let index = assumedValues.firstIndex(where: { $0.name == name }) else {
      return (.zero, assumedValues.count)
    }
    return (assumedValues[index].value, index + 1)
  }

  /// The emergency role pauses what has a `pause()`, which no contract of the reference has.
  func executeEmergencyAction(
    _ action: StringID, on target: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.emergency.checks)
    try world.require(
      try world.load(roles.has(Self.emergencyRole, caller)), else: .notEmergencyAdmin)
    try world.compute(Compute.emergency.effects)
    if action != .empty { try world.compute(Compute.emergencyText) }
    switch String(decoding: world.bytes(action), as: UTF8.self) {
    case "pause":
      try world.compute(Compute.pause)
      let calldata = Machine.selector("pause()")
      try world.require(
        try world.callIgnoringAnswer(target, calldata: calldata[...], by: account),
        else: .pauseFailed)
    case "unpause":
      try world.compute(Compute.unpause)
      let calldata = Machine.selector("unpause()")
      try world.require(
        try world.callIgnoringAnswer(target, calldata: calldata[...], by: account),
        else: .unpauseFailed)
    default: break
    }
    try world.emit(.emergencyActionExecuted(executor: caller, action: action), from: account)
  }

  func grantRole(
    _ role: UInt256, to member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.grantRole.checks)
    try world.require(try world.load(roles.has(.zero, caller)), else: .unauthorized)
    try world.compute(Compute.grantRole.effects)
    try world.update(true, roles.has(role, member))
  }
}

/// What governance calls.
extension World {
  /// `updateStakeAmount`, which returns nothing, so that the callee must have code.
  mutating func updateStakeAmount(
    _ amount: UInt256, in registry: AccountID, by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: registry)
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      try nodeRegistries[evm.instance(of: registry)].updateStakeAmount(
        amount, by: caller, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
