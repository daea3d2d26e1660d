import EVM
import Quantities

/// Many jobs posted in one transaction.
extension JobMarketplace {
  /// Posts 1 to 100 jobs, of which only the payments are checked; what the caller sends beyond
  /// their sum stays in the contract.
  ///
  /// - Returns: The first job's number; the others follow it.
  func batchPostJobs(
    _ batch: CallList<BatchedJob>, by renter: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Self.decodingCost(ofBatch: Int(batch.count)))
    try world.require(batch.count > 0, else: .emptyArray)
    try world.require(batch.count <= Self.batchLimit, else: .tooManyJobs)
    var total = UInt256.zero
    var cursor = batch.first
    while let (job, next) = world.batchedJobs.element(at: cursor) {
      let isValid = !job.payment.isZero && job.payment <= Self.maxPayment
      try world.require(isValid, else: .invalidPayment)
      total = total + job.payment
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
      let now = UInt256(world.evm.block.timestamp)
      try store(
        NewJob(
          renter: renter, maxPrice: job.payment,
          deadline: try now.adding(job.posting.maxTimeToComplete), model: job.posting.model,
          inputHash: job.posting.prompt),
        at: number, &world)
      try world.emit(
        .jobPosted(job: number, client: renter, payment: job.payment), from: account)
      number += 1
      cursor = next
    }
    return first
  }
}
