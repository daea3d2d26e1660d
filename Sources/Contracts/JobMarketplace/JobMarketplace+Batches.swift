import EVM
import Quantities

/// Many jobs posted in one transaction.
extension JobMarketplace {
  /// Posts 1 to 100 jobs. In the reference only the payments are checked, and what the caller sends
  /// beyond their sum stays in the contract.
  ///
  /// - Returns: The first job's number; the others follow it.
  func batchPostJobs(
    _ batch: CallList<BatchedJob>, by renter: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Self.decodingCost(ofBatch: Int(batch.count)))
    let isGuarded = world.rules.batchGuarded
    if world.rules.callbacksGuarded { try guardian.enter(&world) }
    if isGuarded {
      try recoverIfDue(&world)
      try requirePostingAllowed(&world)
    }
    try world.require(batch.count > 0, else: .emptyArray)
    try world.require(UInt64(batch.count) <= world.rules.batchLimit, else: .tooManyJobs)
    var total = UInt256.zero
    var cursor = batch.first
    while let (job, next) = world.batchedJobs.element(at: cursor) {
      if !isGuarded {
        let isValid = !job.payment.isZero && job.payment <= world.rules.maxPaymentETH
        try world.require(isValid, else: .invalidPayment)
      }
      total = try total.adding(job.payment)
      cursor = next
    }
    try world.require(value >= total, else: .insufficientPayment)
    try world.compute(Compute.storeBatch)

    let first = try world.load(nextJobID)
    try world.store(try first.adding(UInt256(batch.count)), nextJobID)
    var number = first
    cursor = batch.first
    while let (job, next) = world.batchedJobs.element(at: cursor) {
      try world.compute(Compute.batchedPost)
      if isGuarded {
        try countPost(of: renter, &world)
        try requireReasonable(
          job.posting, payment: job.payment, atMost: world.rules.maxPaymentETH, &world)
      }
      let now = UInt256(world.evm.block.timestamp)
      try store(
        NewJob(
          renter: renter, maxPrice: job.payment,
          deadline: try now.adding(job.posting.maxTimeToComplete),
          escrowMark: world.rules.escrowPerJob ? now : .zero, model: job.posting.model,
          inputHash: job.posting.prompt, requiresProof: job.posting.requiresProof,
          minGPUMemory: job.posting.minGPUMemory,
          minReputation: job.posting.minReputationScore),
        at: number, &world)
      try openEscrow(of: number, renter: renter, amount: job.payment, token: .zero, &world)
      try world.emit(
        .jobPosted(job: number, client: renter, payment: job.payment), from: account)
      number += 1
      cursor = next
    }
    try returnOverpayment(value, of: total, to: renter, &world)
    if world.rules.callbacksGuarded { try guardian.leave(&world) }
    return first
  }
}
