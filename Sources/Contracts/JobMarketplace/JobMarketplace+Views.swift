import EVM
import Quantities

/// What others read of the jobs.
extension JobMarketplace {
  /// `getJob`, which copies the whole row to memory.
  func readJob(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) -> JobSummary {
    try world.compute(Compute.getJob)
    let job = job(number)
    let renter = try world.load(job.renter)
    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
    let deadline = try world.load(job.deadline)
    _ = try world.load(job.completedAt)
    _ = try world.load(job.paymentToken)
    _ = try world.load(job.escrowMark)
    _ = try world.load(job.model, computing: Compute.readWord)
    _ = try world.load(job.inputHash, computing: Compute.readWord)
    let result = try world.load(job.resultHash, computing: Compute.readWord)
    return JobSummary(
      renter: renter, payment: payment, status: world.evm.peek(job.status), assignedHost: host,
      resultHash: result, deadline: deadline)
  }

  /// Numbers of the first 100 posted or claimed jobs.
  func activeJobNumbers(_ world: inout World) throws(CallFailure) -> [UInt256] {
    let end = try world.load(nextJobID)
    var numbers: [UInt256] = []
    var number = UInt256.zero
    while number < end, numbers.count < 100 {
      // An empty number costs more than this; a migration can leave more gaps than any gas pays.
      try world.compute(Compute.lookAtJob)
      let job = job(number)
      if !(try world.load(job.renter).isZero), world.evm.peek(job.status).isOpen {
        numbers.append(number)
      }
      number += 1
    }
    return numbers
  }

  func view(
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
    case "getActiveJobIds()":
      return [.array(try activeJobNumbers(&world).map { .uint($0) })]
    case "isPaused()": return [.bool(try world.load(isPaused))]
    case "isThrottled()": return [.bool(try world.load(breakerLevel) >= 1)]
    case "isMonitoring(address)":
      return [.bool(try world.load(party(try arguments.address(0)).isMonitored))]
    case "getCircuitBreakerLevel()": return [.uint(UInt256(try world.load(breakerLevel)))]
    case "getCircuitBreakerMetrics()":
      // Nothing counts suspicious activities.
      return [
        .uint(UInt256(try world.load(failureCount))),
        .uint(UInt256(try world.load(successfulOperations))), .uint(.zero),
        .uint(try world.load(lastIncidentAt)),
      ]
    case "failureThreshold()": return [.uint(try world.load(failureThreshold))]
    case "MAX_PAYMENT()": return [.uint(world.rules.maxPaymentETH)]
    case "GUARDIAN_ROLE()": return [.fixedBytes(Self.guardianRole.bigEndianBytes)]
    case "usdcAddress()": return [.address(try world.load(usdc))]
    case "nodeRegistry()": return [.address(try world.load(nodeRegistry))]
    case "reputationSystem()": return [.address(try world.load(reputationSystem))]
    case "paymentEscrow()": return [.address(try world.load(paymentEscrow))]
    case "migrationHelper()": return [.address(try world.load(migrationHelper))]
    default: throw .empty
    }
  }

  private func structView(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) -> ABIValue {
    let summary = try readJob(number, &world)
    let job = job(number)
    let id = number.narrow.map { escrowID(number: $0, world) } ?? .zero
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
