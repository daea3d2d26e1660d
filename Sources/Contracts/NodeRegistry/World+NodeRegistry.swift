import EVM
import Quantities

/// A `NodeRegistry` as other contracts call it.
extension World {
  /// `getNode(account)`.
  mutating func node(
    _ account: AccountID, in registry: AccountID
  ) throws(CallFailure) -> NodeSummary {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let node = try nodeRegistries[evm.instance(of: registry)].readNode(account, &self)
      close(call)
      return node
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `getNodeController(node)`.
  mutating func nodeController(
    of node: AccountID, in registry: AccountID
  ) throws(CallFailure) -> AccountID {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let contract = nodeRegistries[evm.instance(of: registry)]
      try compute(NodeRegistry.Compute.readController)
      let controller = try load(contract.controller(of: node))
      close(call)
      return controller
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `getGovernance()`.
  mutating func registryGovernance(
    of registry: AccountID
  ) throws(CallFailure) -> AccountID {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let contract = nodeRegistries[evm.instance(of: registry)]
      try compute(NodeRegistry.Compute.readGovernance)
      let governance = try load(contract.governance)
      close(call)
      return governance
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `registerNodeFor` with value, whose failure fails the caller.
  mutating func registerNode(
    _ registration: NodeRegistry.Registration, for account: AccountID, in registry: AccountID,
    by caller: AccountID, value: UInt256
  ) throws(CallFailure) {
    try requireCode(at: registry)
    if let failure = try callRegisterNode(
      registration, for: account, in: registry, by: caller, value: value, caught: false)
    {
      throw failure
    }
  }

  /// `registerNodeFor` as a low-level call.
  ///
  /// - Returns: Whether it succeeded.
  mutating func tryRegisterNode(
    _ registration: NodeRegistry.Registration, for account: AccountID, in registry: AccountID,
    by caller: AccountID, value: UInt256
  ) throws(CallFailure) -> Bool {
    let failure = try callRegisterNode(
      registration, for: account, in: registry, by: caller, value: value, caught: true)
    return failure == nil
  }

  private mutating func callRegisterNode(
    _ registration: NodeRegistry.Registration, for account: AccountID, in registry: AccountID,
    by caller: AccountID, value: UInt256, caught: Bool
  ) throws(CallFailure) -> CallFailure? {
    let call = try openCall(to: registry, value: value, caught: caught)
    do throws(CallFailure) {
      guard evm.moveETH(value, from: caller, to: registry) else { throw .empty }
      switch code(of: registry) {
      case .nodeRegistry:
        if rules.stakesInFAB, !value.isZero { throw CallFailure.empty }
        let contract = nodeRegistries[evm.instance(of: registry)]
        var paid = registration
        paid.stake = contract.stake(paidBy: value, self)
        try contract.registerNodeFor(account, paid, by: caller, &self)
      case .none: break
      default: throw CallFailure.empty
      }
      close(call)
      return nil
    } catch {
      return rollBack(call, after: error)
    }
  }

  // What a marketplace asks that the reference's never did.

  mutating func gpuMemory(
    of node: AccountID, in registry: AccountID
  ) throws(CallFailure) -> UInt16 {
    try askRegistry(registry) { (contract, world) throws(CallFailure) in
      try world.load(contract.node(node).gpuMemory)
    }
  }

  mutating func isSuspicious(
    _ controller: AccountID, in registry: AccountID
  ) throws(CallFailure) -> Bool {
    try askRegistry(registry) { (contract, world) throws(CallFailure) in
      UInt64(try world.load(contract.controlledCount(of: controller)))
        >= world.rules.sybilThreshold
    }
  }

  mutating func nodeStake(
    of node: AccountID, in registry: AccountID
  ) throws(CallFailure) -> UInt256 {
    try askRegistry(registry) { (contract, world) throws(CallFailure) in
      try world.load(contract.node(node).stake)
    }
  }

  mutating func stakeToken(of registry: AccountID) throws(CallFailure) -> AccountID {
    try askRegistry(registry) { (contract, world) throws(CallFailure) in
      try world.load(contract.stakeToken)
    }
  }

  /// `takeStake(…)`: what was taken, at most `amount`.
  mutating func takeStake(
    of host: AccountID, amount: UInt256, for beneficiary: AccountID, in registry: AccountID,
    by caller: AccountID
  ) throws(CallFailure) -> UInt256 {
    try askRegistry(registry) { (contract, world) throws(CallFailure) in
      try contract.takeStake(
        of: host, amount: amount, for: beneficiary, by: caller, &world)
    }
  }

  @inline(__always) private mutating func askRegistry<Answer>(
    _ registry: AccountID,
    _ question: (NodeRegistry, inout World) throws(CallFailure) -> Answer
  ) throws(CallFailure) -> Answer {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      try compute(NodeRegistry.EstimatedCompute.read)
      let answer = try question(nodeRegistries[evm.instance(of: registry)], &self)
      close(call)
      return answer
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
