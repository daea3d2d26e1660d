import EVM
import Quantities

/// User operations from the entry point.
extension BaseAccountIntegration {
  /// What `handleOp` looks at of a `UserOperation` in bytes.
  struct UserOperation {
    var sender: AccountID
    var callData: [UInt8]
    var paymasterAndData: [UInt8]
  }

  private static let executeSelector = Machine.selector("execute(address,uint256,bytes)")
  private static let executeTypes: [ABIType] = [.address, .uint(bits: 256), .bytes]

  /// Makes the call that a user operation carries as `execute(target, value, data)`.
  ///
  /// - Parameter paid: What came with the operation, from its wallet; the reference does not look.
  func handleOp(
    _ operation: UserOperation, gasUsed: UInt256, by caller: AccountID, paid: UInt256,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.handleOp.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    let callData = operation.callData
    try world.require(callData.starts(with: Self.executeSelector), else: .invalidSelector)
    try world.compute(Compute.handleOp.effects + Compute.copied(bytes: callData.count - 4))
    let call = Arguments(
      values: try world.evm.decode(callData.dropFirst(4), as: Self.executeTypes))
    let carried = CarriedOperation(
      target: try call.address(0), value: try call.uint(1), call: .bytes(try call.bytes(2)))
    try handle(carried, of: operation.sender, paid: paid, &world)
    if operation.paymasterAndData.count >= 20 {
      let sponsor = world.evm.account(at: Array(operation.paymasterAndData.prefix(20)))
      try note(sponsor, of: operation.sender, gasUsed: gasUsed, &world)
    }
  }

  /// The same for a typed call.
  func handleOp(
    _ operation: UserOperationCall, by caller: AccountID, paid: UInt256, _ world: inout World
  ) throws(CallFailure) {
    guard
      let (carried, _) = world.accountOperations.element(at: operation.operation.first)
    else { preconditionFailure("a user operation carries one call") }
    try world.compute(Compute.handleOp.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    let callData = world.callData(of: carried).bytes
    try world.compute(Compute.handleOp.effects + Compute.copied(bytes: callData - 4))
    try handle(world.carried(carried), of: operation.wallet, paid: paid, &world)
    if !operation.paymaster.isZero {
      try note(
        operation.paymaster, of: operation.wallet, gasUsed: UInt256(operation.gasUsed), &world)
    }
  }

  /// Registers the wallet where the contract itself is called to; makes any other call: as the
  /// wallet where it is the operation's own, in the reference as this contract.
  private func handle(
    _ operation: CarriedOperation, of wallet: AccountID, paid: UInt256, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.operationsFunded {
      try world.require(paid >= operation.value, else: .insufficientValue)
    }
    spendPool(&world)
    var actor = account
    if world.rules.jobsBelongToWallet {
      actor = wallet
      try handOver(
        world.rules.operationsFunded ? paid : operation.value, to: wallet, &world)
    }
    if operation.target == account, case .bytes(let data) = operation.call,
      data.starts(with: Self.registerViaAccountSelector)
    {
      try world.compute(Compute.registerInstead + Compute.copied(bytes: data.count - 4))
      let registration = try registration(in: data, stake: operation.value, &world)
      return try world.registerNode(
        registration, for: wallet, in: nodeRegistry, by: actor, value: operation.value)
    }
    try world.require(try world.perform(operation, by: actor), else: .operationFailed)
  }

  private static let registerViaAccountSelector = Machine.selector(
    "registerNodeViaAccount(string,string[],string)")

  private func note(
    _ sponsor: AccountID, of wallet: AccountID, gasUsed: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.sponsor)
    try world.emit(
      .operationSponsored(wallet: wallet, paymaster: sponsor, gasUsed: gasUsed), from: account)
  }
}
