import EVM
import Quantities

extension BaseAccountIntegration {
  static let signatures = [
    "constructor(address,address,address,address)",
    "createJobViaAccount(string,string,uint256,uint256)",
    "registerNodeViaAccount(string,string[],string)", handleOpSignature,
    "executeBatch((address,uint256,bytes)[])", "addSessionKey(address,uint256)",
    "revokeSessionKey(address)", "claimJobViaSessionKey(address,uint256)",
    "createPaymentStream(address,uint256,uint256)", "withdrawFromStream(uint256)",
    "cancelPaymentStream(uint256)", "receive()", "isValidSessionKey(address,address)",
    "sessionKeys(address,address)", "paymentStreams(uint256)", "nextStreamId()", "entryPoint()",
    "paymaster()", "jobMarketplace()", "nodeRegistry()",
  ]
  static let handleOpSignature = """
    handleOp((address,uint256,bytes,bytes,uint256,uint256,uint256,uint256,uint256,bytes,bytes),\
    uint256)
    """
  /// Functions that the reference lacks: they name the wallet.
  static let addedSignatures = [
    "createJobViaAccount(address,string,string,uint256,uint256)",
    "registerNodeViaAccount(address,string,string[],string)",
  ]
  /// Functions that accept ETH.
  static let payable: Set = [
    addedSignatures[0], addedSignatures[1],
    "createJobViaAccount(string,string,uint256,uint256)",
    "registerNodeViaAccount(string,string[],string)", handleOpSignature,
    "executeBatch((address,uint256,bytes)[])", "createPaymentStream(address,uint256,uint256)",
    "receive()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "createJobViaAccount(string,string,uint256,uint256)":
      let offer = try arguments.jobOffer(from: 0, &world)
      return [.uint(try createJobViaAccount(offer, by: caller, value: value, &world))]
    case "registerNodeViaAccount(string,string[],string)":
      try registerNodeViaAccount(
        try arguments.registration(from: 0, stake: value, &world), by: caller, value: value,
        &world)
    case Self.handleOpSignature:
      let operation = try arguments.tuple(0)
      try handleOp(
        UserOperation(
          sender: try operation.address(0), callData: try operation.bytes(3),
          paymasterAndData: try operation.bytes(9)),
        gasUsed: try arguments.uint(1), by: caller, paid: value, &world)
    case "executeBatch((address,uint256,bytes)[])":
      try executeBatch(try operations(arguments), by: caller, value: value, &world)
    case "createPaymentStream(address,uint256,uint256)":
      let stream = try createPaymentStream(
        to: try arguments.address(0), amount: try arguments.uint(1),
        duration: try arguments.uint(2), by: caller, value: value, &world)
      return [.uint(stream)]
    case "withdrawFromStream(uint256)":
      try withdrawFromStream(try arguments.uint(0), by: caller, &world)
    case "cancelPaymentStream(uint256)":
      try cancelPaymentStream(try arguments.uint(0), by: caller, &world)
    case Self.addedSignatures[0]:
      guard world.rules.jobsBelongToWallet else { throw .empty }
      let offer = try arguments.jobOffer(from: 1, &world)
      let number = try createJobViaAccount(
        offer, wallet: try arguments.address(0), by: caller, value: value, &world)
      return [.uint(number)]
    case Self.addedSignatures[1]:
      guard world.rules.jobsBelongToWallet else { throw .empty }
      let registration = try arguments.registration(
        from: 1, stake: value, &world)
      try registerNodeViaAccount(
        registration, wallet: try arguments.address(0), by: caller, value: value, &world)
    case "receive()": try world.compute(Compute.receive)
    default: return try useKeys(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func operations(_ arguments: Arguments) throws(CallFailure) -> [CarriedOperation] {
    let list = try arguments.array(0)
    var operations: [CarriedOperation] = []
    for index in 0..<list.count {
      let operation = try list.tuple(index)
      operations.append(
        CarriedOperation(
          target: try operation.address(0), value: try operation.uint(1),
          call: .bytes(try operation.bytes(2))))
    }
    return operations
  }

  private func useKeys(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "addSessionKey(address,uint256)":
      try addSessionKey(
        try arguments.address(0), expires: try arguments.uint(1), by: caller, &world)
    case "revokeSessionKey(address)":
      try revokeSessionKey(try arguments.address(0), by: caller, &world)
    case "claimJobViaSessionKey(address,uint256)":
      try claimJobViaSessionKey(
        wallet: try arguments.address(0), job: try arguments.uint(1), by: caller, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "isValidSessionKey(address,address)":
      let isValid = try isValidSessionKey(
        try arguments.address(1), of: try arguments.address(0), &world)
      return [.bool(isValid)]
    case "sessionKeys(address,address)":
      let key = sessionKey(try arguments.address(1), of: try arguments.address(0))
      return [.uint(try world.load(key.expires)), .bool(try world.load(key.isActive))]
    case "paymentStreams(uint256)":
      let stream = stream(try arguments.uint(0))
      return [
        .address(try world.load(stream.from)), .address(try world.load(stream.to)),
        .uint(try world.load(stream.totalAmount)), .uint(try world.load(stream.startTime)),
        .uint(try world.load(stream.duration)), .uint(try world.load(stream.withdrawn)),
        .bool(try world.load(stream.isActive)),
      ]
    case "nextStreamId()": return [.uint(try world.load(nextStreamID))]
    case "entryPoint()": return [.address(entryPoint)]
    case "paymaster()": return [.address(paymaster)]
    case "jobMarketplace()": return [.address(jobMarketplace)]
    case "nodeRegistry()": return [.address(nodeRegistry)]
    default: throw .empty
    }
  }
}
