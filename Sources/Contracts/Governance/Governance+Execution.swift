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
    let before = world.rules
    for index in 0..<updates.count {
      try execute(try updates.tuple(index), &world)
    }
    if before != world.rules {
      try world.require(
        world.rules.contradictions(changing: before).isEmpty, else: .parameterUpdateFailed)
    }
  }

  private func execute(_ update: Arguments, _ world: inout World) throws(CallFailure) {
    let target = try update.address(0)
    let name = try update.string(2, &world)
    let value = try update.uint(3)
    guard case .fixedBytes(let selector) = update.values[1] else { throw .empty }
    try world.compute(Compute.executeUpdate)
    let assumed = Self.assumedValue(of: world.bytes(name))
    try world.compute(Compute.compareName * Int64(assumed.comparisons - 1))
    var old = assumed.value
    if let rule = rule(named: name, world) {
      let inForce = try change(rule, of: target, to: value, &world)
      if world.rules.reportsOldValue { old = inForce }
    } else {
      if world.rules.reportsOldValue {
        old = try world.askGetter(world.bytes(name), of: target, by: account)
      }
      let calldata = selector + value.bigEndianBytes
      try world.require(
        try world.callIgnoringAnswer(target, calldata: calldata[...], by: account),
        else: .parameterUpdateFailed)
    }
    try world.emit(
      .parameterUpdated(contract: target, parameter: name, old: old, new: value), from: account)
  }

  /// The rule of the protocol that an update names, if updates may name rules.
  private func rule(named name: StringID, _ world: borrowing World) -> ProtocolParameter? {
    guard world.rules.updatesApply else { return nil }
    return ProtocolParameter.named(String(decoding: world.bytes(name), as: UTF8.self))
  }

  /// Changes a rule from the next step of this transaction on. Whoever may vote on a contract's
  /// rules is settled when the first governance is deployed; another one has no say.
  ///
  /// - Returns: The value that was in force.
  private func change(
    _ rule: ProtocolParameter, of target: AccountID, to value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    let governed = [
      token, nodeRegistry, jobMarketplace, paymentEscrow, reputationSystem, proofSystem, account,
    ]
    let isGoverned = governed.contains(target) && world.evm.instance(of: account) == 0
    try world.require(isGoverned, else: .parameterUpdateFailed)
    try world.evm.chargeAccount(target)
    do throws(CallFailure) {
      return try world.updateRule(rule, of: target, to: value)
    } catch {
      throw error == .outOfGas ? error : .reverted(.parameterUpdateFailed)
    }
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

  /// The emergency role pauses what has a `pause()`, which no contract of the reference has. There
  /// unknown actions and targets without code succeed.
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
      try act("pause()", on: target, else: .pauseFailed, &world)
    case "unpause":
      try world.compute(Compute.unpause)
      try act("unpause()", on: target, else: .unpauseFailed, &world)
    default: try world.require(!world.rules.emergencyPauseWorks, else: .unknownAction)
    }
    try world.emit(.emergencyActionExecuted(executor: caller, action: action), from: account)
  }

  private func act(
    _ signature: String, on target: AccountID, else reason: RevertReason, _ world: inout World
  ) throws(CallFailure) {
    let calldata = Machine.selector(signature)
    let isDone = try world.callIgnoringAnswer(target, calldata: calldata[...], by: account)
    let isReal = !world.rules.emergencyPauseWorks || world.hasCode(target)
    try world.require(isDone && isReal, else: reason)
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
  /// What the getter of a parameter's name says, zero without one. A getter changes nothing.
  mutating func askGetter(
    _ name: [UInt8], of target: AccountID, by caller: AccountID
  ) throws(CallFailure) -> UInt256 {
    let signature = String(decoding: name, as: UTF8.self) + "()"
    let call = try openCall(to: target, caught: true)
    var answer: ABIValue?
    do throws(CallFailure) {
      answer = try run(signature, [], at: target, from: caller, value: .zero).first
    } catch {
      answer = nil
    }
    _ = rollBack(call, after: .empty)
    if case .uint(let value) = answer { return value }
    return .zero
  }

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
