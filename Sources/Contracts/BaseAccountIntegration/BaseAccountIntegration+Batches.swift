import EVM
import Quantities

/// Several calls in one transaction.
extension BaseAccountIntegration {
  /// Makes the calls one after the other, all or none. In the reference jobs and nodes belong to the
  /// caller, whatever else is called sees this contract, and what is left of the value stays here.
  func executeBatch(
    _ operations: [CarriedOperation], by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.executeBatch)
    var total = UInt256.zero
    for operation in operations { total = try total.adding(operation.value) }
    try world.require(value >= total, else: .insufficientValue)
    if world.rules.batchesActAsWallet { try handOver(value, to: caller, &world) }
    for operation in operations { try execute(operation, for: caller, &world) }
    try world.emit(
      .batchExecuted(wallet: caller, operations: UInt64(operations.count)), from: account)
  }

  /// The same for typed calls.
  func executeBatch(
    _ operations: CallList<AccountOperation>, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.executeBatch)
    var total = UInt256.zero
    var cursor = operations.first
    while let (operation, next) = world.accountOperations.element(at: cursor) {
      total = try total.adding(operation.value)
      cursor = next
    }
    try world.require(value >= total, else: .insufficientValue)
    if world.rules.batchesActAsWallet { try handOver(value, to: caller, &world) }
    cursor = operations.first
    while let (operation, next) = world.accountOperations.element(at: cursor) {
      try execute(world.carried(operation), for: caller, &world)
      cursor = next
    }
    try world.emit(
      .batchExecuted(wallet: caller, operations: UInt64(operations.count)), from: account)
  }

  private func execute(
    _ operation: CarriedOperation, for wallet: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.operation)
    spendPool(&world)
    let bytes = operation.call.byteCount - 4
    let succeeded: Bool
    if world.rules.batchesActAsWallet {
      succeeded = try world.perform(operation, by: wallet)
    } else if operation.target == jobMarketplace,
      let offer = try offer(in: operation.call, &world)
    {
      try world.compute(
        Compute.createJobInstead + Compute.copiedOfBatchedJob(bytes: bytes))
      succeeded = try world.tryCreateJob(
        offer, for: wallet, in: jobMarketplace, by: account, value: operation.value)
    } else if operation.target == nodeRegistry,
      let registration = try registration(in: operation, &world)
    {
      try world.compute(
        Compute.registerInstead + Compute.copiedOfBatchedNode(bytes: bytes))
      succeeded = try world.tryRegisterNode(
        registration, for: wallet, in: nodeRegistry, by: account, value: operation.value)
    } else {
      if operation.target == jobMarketplace || operation.target == nodeRegistry {
        try world.compute(Compute.readSelector)
      }
      succeeded = try world.perform(operation, by: account)
    }
    try world.require(succeeded, else: .batchOperationFailed)
  }

  private static let createJobSelector = Machine.selector(
    "createJob(string,string,uint256,uint256)")
  private static let offerTypes: [ABIType] = [
    .string, .string, .uint(bits: 256), .uint(bits: 256),
  ]
  private static let registerNodeSelector = Machine.selector(
    "registerNode(string,string[],string)")
  private static let registrationTypes: [ABIType] = [.string, .array(of: .string), .string]

  /// The offer of a `createJob`, nil for any other call.
  private func offer(
    in call: CarriedCall, _ world: inout World
  ) throws(CallFailure) -> JobOffer? {
    switch call {
    case .typed(.market(.createJob(let offer)), _): return offer
    case .bytes(let data) where data.starts(with: Self.createJobSelector):
      let values = try world.evm.decode(data.dropFirst(4), as: Self.offerTypes)
      return try Arguments(values: values).jobOffer(from: 0, &world)
    default: return nil
    }
  }

  /// The terms of a `registerNode`, nil for any other call.
  private func registration(
    in operation: CarriedOperation, _ world: inout World
  ) throws(CallFailure) -> NodeRegistry.Registration? {
    switch operation.call {
    case .typed(.registry(.registerNode(let terms)), _):
      return world.registration(terms, stake: operation.value)
    case .bytes(let data) where data.starts(with: Self.registerNodeSelector):
      return try registration(in: data, stake: operation.value, &world)
    default: return nil
    }
  }

  /// Peer, models and region behind the selector of a call.
  func registration(
    in data: [UInt8], stake: UInt256, _ world: inout World
  ) throws(CallFailure) -> NodeRegistry.Registration {
    let values = try world.evm.decode(data.dropFirst(4), as: Self.registrationTypes)
    return try Arguments(values: values).registration(from: 0, stake: stake, &world)
  }
}
