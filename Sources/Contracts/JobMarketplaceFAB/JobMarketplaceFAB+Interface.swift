import EVM
import Quantities

extension JobMarketplaceFAB {
  static let signatures = [
    "constructor(address)",
    """
    postJobWithToken((string,string,uint256,uint256,uint32,string),\
    (uint256,uint256,uint256,bool),address,uint256)
    """,
    "claimJob(uint256)", "completeJob(uint256,string,bytes)", "setPaymentEscrow(address)",
    "setUsdcAddress(address)", "setReputationSystem(address)", "getJob(uint256)",
    "getJobStruct(uint256)", "MAX_PAYMENT()", "usdcAddress()", "nodeRegistry()",
    "reputationSystem()", "paymentEscrow()",
  ]
  /// Functions that the reference lacks: each exists under the switch that needs it.
  static let addedSignatures = ["reclaim(uint256)"]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case Self.signatures[1]:
      let posting = try decodePosting(arguments, &world)
      let id = try postJobWithToken(
        posting, token: try arguments.address(2), amount: try arguments.uint(3), by: caller,
        &world)
      return [world.word(id)]
    case "claimJob(uint256)":
      return returnNothing(try claimJob(try arguments.uint(0), by: caller, &world))
    case "completeJob(uint256,string,bytes)":
      let proof = try arguments.string(2, &world)
      return returnNothing(
        try completeJob(
          try arguments.uint(0), resultHash: try arguments.string(1, &world),
          proofBytes: world.length(of: proof), by: caller, &world))
    case "setPaymentEscrow(address)":
      return returnNothing(try setPaymentEscrow(try arguments.address(0), by: caller, &world))
    case "setUsdcAddress(address)":
      return returnNothing(try setUSDC(try arguments.address(0), by: caller, &world))
    case "setReputationSystem(address)":
      return returnNothing(
        try setReputationSystem(try arguments.address(0), by: caller, &world))
    case "reclaim(uint256)":
      guard world.rules.expiredFABJobsEnd else { throw .empty }
      return returnNothing(try reclaim(try arguments.uint(0), by: caller, &world))
    default: return try view(signature, arguments, &world)
    }
  }

  private func decodePosting(
    _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> JobPosting {
    let details = try arguments.tuple(0)
    let requirements = try arguments.tuple(1)
    _ = try details.uint(4, bits: 32)
    _ = try details.string(5, &world)
    // Numbers that the contract ignores weigh in calldata only, which the caller has paid.
    return JobPosting(
      model: try details.string(0, &world), prompt: try details.string(1, &world),
      maxTimeToComplete: try requirements.uint(2), requiresProof: try requirements.bool(3))
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "getJob(uint256)":
      let job = try readJob(try arguments.uint(0), &world)
      return [
        .address(job.renter), .uint(job.payment), .uint(UInt256(job.status.rawValue)),
        .address(job.assignedHost), world.string(job.resultHash), .uint(job.deadline),
      ]
    case "getJobStruct(uint256)": return [try structView(try arguments.uint(0), &world)]
    case "MAX_PAYMENT()": return [.uint(Self.maxPayment)]
    case "usdcAddress()": return [.address(try world.load(usdc))]
    case "nodeRegistry()": return [.address(try world.load(nodeRegistry))]
    case "reputationSystem()": return [.address(try world.load(reputationSystem))]
    case "paymentEscrow()": return [.address(try world.load(paymentEscrow))]
    default: throw .empty
    }
  }

  private func structView(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) -> ABIValue {
    let summary = try readJob(number, &world)
    let job = job(number)
    let isPosted = !summary.renter.isZero
    let id = isPosted ? world.word(of: .job(number.narrow ?? 0, ofFAB: instance)) : .zero
    return .tuple([
      .init("renter", .address(summary.renter)),
      .init("status", .uint(UInt256(summary.status.rawValue))),
      .init("assignedHost", .address(summary.assignedHost)),
      .init("maxPrice", .uint(summary.payment)),
      .init("deadline", .uint(summary.deadline)),
      .init("completedAt", .uint(try world.load(job.completedAt))),
      .init("paymentToken", .address(try world.load(job.paymentToken))),
      .init("escrowId", .fixedBytes(id.bigEndianBytes)),
      .init("modelId", world.string(try world.load(job.model))),
      .init("inputHash", world.string(try world.load(job.inputHash))),
      .init("resultHash", world.string(summary.resultHash)),
    ])
  }
}
