import EVM
import Quantities

extension PaymentEscrow {
  static let signatures = [
    "constructor(address,uint256)",
    "createEscrow(bytes32,address,uint256,address)", "releaseEscrow(bytes32)",
    "disputeEscrow(bytes32)", "resolveDispute(bytes32,address)", "requestRefund(bytes32)",
    "confirmRefund(bytes32)", "releasePaymentFor(bytes32,address,uint256,address)",
    "setJobMarketplace(address)", "setMigrationHelper(address)",
    "addMigratedEscrow(bytes32,address,address,uint256,address,uint256,bool,bool)",
    "emergencyWithdraw(address,uint256)", "transferOwnership(address)", "renounceOwnership()",
    "receive()", "owner()", "arbiter()", "feeBasisPoints()", "feeBalance()",
    "tokenFeeBalances(address)", "jobMarketplace()", "migrationHelper()", "getEscrow(bytes32)",
    "getActiveEscrowIds()",
  ]
  /// Functions that the reference lacks: each exists under the switch that needs it.
  static let addedSignatures = [
    "createEscrow(bytes32,address,address,uint256,address)",
    "openEscrow(bytes32,address,uint256,address)", "assignHost(bytes32,address)",
    "refundEscrow(bytes32)", "withdrawFees(address)", "withdrawCredit(address)",
    "setTreasury(address)", "treasury()", "credits(address,address)",
  ]
  /// Functions that accept ETH.
  static let payable: Set = [
    "createEscrow(bytes32,address,uint256,address)",
    "createEscrow(bytes32,address,address,uint256,address)",
    "openEscrow(bytes32,address,uint256,address)", "receive()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "createEscrow(bytes32,address,uint256,address)":
      returnNothing(
        try createEscrow(
          world.bytes32(try arguments.word(0)), host: try arguments.address(1),
          amount: try arguments.uint(2), token: try arguments.address(3), by: caller,
          value: value, &world))
    case "releaseEscrow(bytes32)":
      returnNothing(
        try releaseEscrow(world.bytes32(try arguments.word(0)), by: caller, &world))
    case "disputeEscrow(bytes32)":
      returnNothing(
        try disputeEscrow(world.bytes32(try arguments.word(0)), by: caller, &world))
    case "resolveDispute(bytes32,address)":
      returnNothing(
        try resolveDispute(
          world.bytes32(try arguments.word(0)), winner: try arguments.address(1), by: caller,
          &world))
    case "requestRefund(bytes32)":
      returnNothing(
        try requestRefund(world.bytes32(try arguments.word(0)), by: caller, &world))
    case "confirmRefund(bytes32)":
      returnNothing(
        try confirmRefund(world.bytes32(try arguments.word(0)), by: caller, &world))
    case "releasePaymentFor(bytes32,address,uint256,address)":
      returnNothing(
        try releasePaymentFor(
          world.bytes32(try arguments.word(0)), host: try arguments.address(1),
          amount: try arguments.uint(2), token: try arguments.address(3), by: caller, &world))
    case "receive()": returnNothing(try world.compute(Compute.receive))
    default: try invokeAdded(signature, arguments, by: caller, value: value, &world)
    }
  }

  private func invokeAdded(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "createEscrow(bytes32,address,address,uint256,address)":
      guard world.rules.renterIsRenter else { throw .empty }
      try createEscrow(
        world.bytes32(try arguments.word(0)), renter: try arguments.address(1),
        host: try arguments.address(2), amount: try arguments.uint(3),
        token: try arguments.address(4), by: caller, value: value, &world)
    case "openEscrow(bytes32,address,uint256,address)":
      guard world.rules.escrowPerJob else { throw .empty }
      try openEscrow(
        world.bytes32(try arguments.word(0)), renter: try arguments.address(1),
        amount: try arguments.uint(2), token: try arguments.address(3), by: caller, value: value,
        &world)
    case "assignHost(bytes32,address)":
      guard world.rules.escrowPerJob else { throw .empty }
      try assignHost(
        world.bytes32(try arguments.word(0)), host: try arguments.address(1), by: caller, &world)
    case "refundEscrow(bytes32)":
      guard world.rules.escrowPerJob else { throw .empty }
      try refundEscrow(world.bytes32(try arguments.word(0)), by: caller, &world)
    case "withdrawFees(address)":
      guard world.rules.feeOnce else { throw .empty }
      try withdrawFees(try arguments.address(0), &world)
    case "withdrawCredit(address)":
      guard world.rules.escrowPerJob else { throw .empty }
      try withdrawCredit(try arguments.address(0), by: caller, &world)
    case "setTreasury(address)":
      guard world.rules.feeOnce else { throw .empty }
      try setTreasury(try arguments.address(0), by: caller, &world)
    case "treasury()": return [.address(try world.load(treasury))]
    case "credits(address,address)":
      let credit = credit(of: try arguments.address(0), in: try arguments.address(1))
      return [.uint(try world.load(credit))]
    default: return try administer(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func administer(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "setJobMarketplace(address)":
      try setJobMarketplace(try arguments.address(0), by: caller, &world)
    case "setMigrationHelper(address)":
      try setMigrationHelper(try arguments.address(0), by: caller, &world)
    case "addMigratedEscrow(bytes32,address,address,uint256,address,uint256,bool,bool)":
      _ = try arguments.uint(5)
      try addMigratedEscrow(
        world.bytes32(try arguments.word(0)), payer: try arguments.address(1),
        payee: try arguments.address(2), amount: try arguments.uint(3),
        token: try arguments.address(4), isReleased: try arguments.bool(6),
        isRefunded: try arguments.bool(7), by: caller, &world)
    case "emergencyWithdraw(address,uint256)":
      try emergencyWithdraw(
        to: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world)
    case "transferOwnership(address)":
      try world.compute(Compute.transferOwnership)
      try ownable.transferOwnership(
        to: try arguments.address(0), of: account, by: caller, &world)
    case "renounceOwnership()":
      try world.compute(Compute.renounceOwnership)
      try ownable.renounceOwnership(of: account, by: caller, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "owner()": return [.address(try world.load(ownable.owner))]
    case "arbiter()": return [.address(try world.load(arbiter))]
    case "feeBasisPoints()": return [.uint(try world.load(feeBasisPoints))]
    case "feeBalance()": return [.uint(try world.load(feeBalance))]
    case "tokenFeeBalances(address)":
      return [.uint(try world.load(tokenFees(of: try arguments.address(0))))]
    case "jobMarketplace()": return [.address(try world.load(jobMarketplace))]
    case "migrationHelper()": return [.address(try world.load(migrationHelper))]
    case "getEscrow(bytes32)":
      let escrow = escrow(world.bytes32(try arguments.word(0)), world)
      return [
        .tuple([
          .init("renter", .address(try world.load(escrow.renter))),
          .init("host", .address(try world.load(escrow.host))),
          .init("amount", .uint(try world.load(escrow.amount))),
          .init("token", .address(try world.load(escrow.token))),
          .init("status", .uint(UInt256(try world.load(escrow.status).rawValue))),
          .init("refundRequested", .bool(try world.load(escrow.refundRequested))),
        ])
      ]
    case "getActiveEscrowIds()": return [.array([])]
    default: throw .empty
    }
  }
}
