import EVM
import Quantities

/// Calls on behalf of wallets. The contract makes them itself, with whatever ETH it holds.
extension BaseAccountIntegration {
  /// A job for whoever signed the transaction, which is the bundler.
  func createJobViaAccount(
    _ offer: JobOffer, by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.createJob.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    try world.compute(Compute.createJob.effects)
    return try world.createJob(
      offer, for: world.evm.origin, in: jobMarketplace, by: account, value: value)
  }

  /// A node for whoever signed the transaction, which is the bundler.
  func registerNodeViaAccount(
    _ registration: NodeRegistry.Registration, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.registerNode.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    try world.compute(Compute.registerNode.effects)
    try world.registerNode(
      registration, for: world.evm.origin, in: nodeRegistry, by: account, value: value)
  }

  /// What `handleOp` looks at of a `UserOperation`.
  struct UserOperation {
    var sender: AccountID
    var callData: [UInt8]
    var paymasterAndData: [UInt8]
  }

  private static let executeSelector = Machine.selector("execute(address,uint256,bytes)")
  private static let executeTypes: [ABIType] = [.address, .uint(bits: 256), .bytes]
  private static let registrationTypes: [ABIType] = [.string, .array(of: .string), .string]
  private static let registerViaAccountSelector = Machine.selector(
    "registerNodeViaAccount(string,string[],string)")

  /// Makes the call that a user operation carries as `execute(target, value, data)`.
  func handleOp(
    _ operation: UserOperation, gasUsed: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.handleOp.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    let callData = operation.callData
    try world.require(callData.starts(with: Self.executeSelector), else: .invalidSelector)
    try world.compute(Compute.handleOp.effects + Compute.copied(bytes: callData.count - 4))
    let call = Arguments(
      values: try world.evm.decode(callData.dropFirst(4), as: Self.executeTypes))
    guard case .bytes(let data) = call.values[2] else { throw .empty }
    let target = try call.address(0)
    let value = try call.uint(1)
    if target == account, data.starts(with: Self.registerViaAccountSelector) {
      try world.compute(Compute.registerInstead + Compute.copied(bytes: data.count - 4))
      let arguments = Arguments(
        values: try world.evm.decode(data.dropFirst(4), as: Self.registrationTypes))
      try world.registerNode(
        try arguments.registration(from: 0, stake: value, &world), for: operation.sender,
        in: nodeRegistry, by: account, value: value)
    } else {
      try world.require(
        try world.callIgnoringAnswer(target, calldata: data[...], by: account, value: value),
        else: .operationFailed)
    }
    try noteSponsor(of: operation, gasUsed: gasUsed, &world)
  }

  private func noteSponsor(
    of operation: UserOperation, gasUsed: UInt256, _ world: inout World
  ) throws(CallFailure) {
    guard operation.paymasterAndData.count >= 20 else { return }
    try world.compute(Compute.sponsor)
    let sponsor = world.evm.account(at: Array(operation.paymasterAndData.prefix(20)))
    try world.emit(
      .operationSponsored(wallet: operation.sender, paymaster: sponsor, gasUsed: gasUsed),
      from: account)
  }

  /// One call of a batch.
  struct Operation {
    var target: AccountID
    var value: UInt256
    var data: [UInt8]
  }

  private static let createJobSelector = Machine.selector(
    "createJob(string,string,uint256,uint256)")
  private static let offerTypes: [ABIType] = [
    .string, .string, .uint(bits: 256), .uint(bits: 256),
  ]
  private static let registerNodeSelector = Machine.selector(
    "registerNode(string,string[],string)")

  /// Makes the calls one after the other; jobs and nodes belong to the caller, whatever else is
  /// called sees this contract. What is left of the value stays here.
  func executeBatch(
    _ operations: [Operation], by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.executeBatch)
    var total = UInt256.zero
    for operation in operations { total = try total.adding(operation.value) }
    try world.require(value >= total, else: .insufficientValue)
    for operation in operations {
      try world.compute(Compute.operation)
      try world.require(
        try execute(operation, for: caller, &world), else: .batchOperationFailed)
    }
    try world.emit(
      .batchExecuted(wallet: caller, operations: UInt64(operations.count)), from: account)
  }

  private func execute(
    _ operation: Operation, for wallet: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    let data = operation.data
    if operation.target == jobMarketplace, data.starts(with: Self.createJobSelector) {
      try world.compute(
        Compute.createJobInstead + Compute.copiedOfBatchedJob(bytes: data.count - 4))
      let arguments = Arguments(
        values: try world.evm.decode(data.dropFirst(4), as: Self.offerTypes))
      let offer = try arguments.jobOffer(from: 0, &world)
      return try world.tryCreateJob(
        offer, for: wallet, in: jobMarketplace, by: account, value: operation.value)
    }
    if operation.target == nodeRegistry, data.starts(with: Self.registerNodeSelector) {
      try world.compute(
        Compute.registerInstead + Compute.copiedOfBatchedNode(bytes: data.count - 4))
      let arguments = Arguments(
        values: try world.evm.decode(data.dropFirst(4), as: Self.registrationTypes))
      return try world.tryRegisterNode(
        try arguments.registration(from: 0, stake: operation.value, &world), for: wallet,
        in: nodeRegistry, by: account, value: operation.value)
    }
    if operation.target == jobMarketplace || operation.target == nodeRegistry {
      try world.compute(Compute.readSelector)
    }
    return try world.callIgnoringAnswer(
      operation.target, calldata: data[...], by: account, value: operation.value)
  }
}
