public import EVM
public import Quantities

/// Rules that change while the chain runs, by a passed proposal.
///
/// A changed rule is storage of the contract that follows it: journalled, so that a failing
/// transaction leaves the old rule, and paid for like any write. `World.rules` is what contracts
/// read; after a failure it is made again from the storage.
extension World {
  /// Changes one rule from the next step of this transaction on.
  ///
  /// - Returns: The value that was in force.
  /// - Throws: `.reverted` when `target` does not follow the rule or the value is out of range;
  ///   `.outOfGas`.
  mutating func updateRule(
    _ parameter: ProtocolParameter, of target: AccountID, to value: UInt256
  ) throws(CallFailure) -> UInt256 {
    try require(
      parameter.contracts.contains { code(of: target) == $0.code }, else: .unknownParameter)
    try require(parameter.allows(value), else: .parameterOutOfRange)
    let before = parameter.value(in: rules)
    let slots = ruleSlots ?? evm.makeMapping(UInt64.self, size: 33)
    ruleSlots = slots
    let slot = RuleSlot(row: slots.row(parameter.number))
    try update(true, slot.isSet)
    _ = try load(slot.value)
    try store(value, slot.value)
    if !changedRules.contains(parameter.number) { changedRules.append(parameter.number) }
    parameter.set(value, in: &rules)
    // Four numbers have had slots of their own since the reference code.
    let instance = evm.instance(of: target)
    switch parameter.key {
    case "minStake" where code(of: target) == .nodeRegistry:
      try store(value, nodeRegistries[instance].minStake)
    case "fee": try store(value, escrows[instance].feeBasisPoints)
    case "failureThreshold": try store(value, marketplaces[instance].failureThreshold)
    case "autoRecovery":
      let marketplace = marketplaces[instance]
      try update(!value.isZero, marketplace.recoversAutomatically)
      try store(value, marketplace.recoveryPeriod)
    default: break
    }
    return before
  }

  /// Changes one rule between transactions, as a passed proposal would, at nobody's expense.
  ///
  /// - Precondition: `target` follows the rule, which allows the value.
  /// - Returns: The value that was in force.
  public mutating func changeRule(
    _ parameter: ProtocolParameter, of target: AccountID, to value: UInt256,
    block: BlockEnvironment
  ) -> UInt256 {
    let gasLimit: Int64 = 1 << 60
    evm.begin(from: .zero, gasLimit: gasLimit, block: block)
    logs.truncate(to: 0)
    do throws(CallFailure) {
      let before = try updateRule(parameter, of: target, to: value)
      _ = finish(gasLimit: gasLimit, calldata: 0)
      return before
    } catch {
      preconditionFailure("\(parameter.key) cannot become \(value): \(error)")
    }
  }

  /// Makes the rules again after storage went back to what it was.
  @inline(__always) mutating func restoreRules() {
    if !changedRules.isEmpty { rebuildRules() }
  }

  @inline(never) private mutating func rebuildRules() {
    guard let slots = ruleSlots else { return }
    rules = firstRules
    for number in changedRules {
      let slot = RuleSlot(row: slots.row(number))
      if evm.peek(slot.isSet) {
        ProtocolParameter.all[Int(number)].set(evm.peek(slot.value), in: &rules)
      }
    }
  }
}

/// A changed rule: whether it was ever changed, and to what.
private struct RuleSlot: BitwiseCopyable {
  let row: Row
  var isSet: Slot<Bool> { Slot(row, slot: 0, offset: Mapping<UInt64>.valueOffset) }
  var value: WideSlot { WideSlot(row, slot: 1, offset: Mapping<UInt64>.valueOffset + 1) }
}

extension ContractType {
  var code: CodeKind {
    switch self {
    case .nodeRegistry: .nodeRegistry
    case .nodeRegistryFAB: .nodeRegistryFAB
    case .jobMarketplaceFAB: .jobMarketplaceFAB
    case .paymentEscrow: .paymentEscrow
    case .reputationSystem: .reputationSystem
    case .governanceToken: .governanceToken
    case .proofSystem: .proofSystem
    case .governance: .governance
    case .jobMarketplace: .jobMarketplace
    case .baseAccountIntegration: .accountIntegration
    }
  }
}
