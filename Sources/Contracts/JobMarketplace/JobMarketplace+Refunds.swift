import EVM
import Quantities

/// Ways of a payment back to its renter that the reference lacks.
extension JobMarketplace {
  /// The renter takes back a job that nobody has claimed.
  func cancelJob(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.cancel)
    try guardian.enter(&world)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.renter) == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) == .posted, else: .jobNotPosted)
    try refund(number, &world)
    try guardian.leave(&world)
  }

  /// Anybody sends the payment of an unclaimed job back once its deadline is over.
  func reclaim(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    try world.compute(EstimatedCompute.reclaim)
    try guardian.enter(&world)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .posted, else: .jobNotPosted)
    let end = try world.load(job.deadline).adding(UInt256(world.rules.reclaimDelay))
    try world.require(UInt256(world.evm.block.timestamp) > end, else: .notExpiredYet)
    try refund(number, &world)
    try guardian.leave(&world)
  }

  private func refund(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    let job = job(number)
    try world.store(.refunded, job.status)
    try returnPayment(number, &world)
    let renter = try world.load(job.renter)
    let amount = try world.load(job.maxPrice)
    try world.emit(.paymentRefunded(job: number, client: renter, amount: amount), from: account)
  }

  /// The host offers to give the payment back.
  func requestRefund(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.requestRefund)
    let job = job(number)
    try requireRefundable(number, &world)
    try world.require(
      try world.load(job.assignedHost) == caller, else: .onlyHostCanRequestRefund)
    try world.store(try world.load(job.flags).union(.refundRequested), job.flags)
    let id = escrowHandle(try world.load(job.escrowMark), number: number, &world)
    try world.emit(.refundRequested(job: id), from: account)
  }

  /// The renter takes the offer: no failure of the host.
  func confirmRefund(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.confirmRefund)
    try guardian.enter(&world)
    let job = job(number)
    try requireRefundable(number, &world)
    try world.require(world.evm.peek(job.renter) == caller, else: .onlyRenterCanConfirmRefund)
    try world.require(
      try world.load(job.flags).contains(.refundRequested), else: .refundNotRequested)
    try endWork(by: try world.load(job.assignedHost), &world)
    try refund(number, &world)
    try guardian.leave(&world)
  }

  /// While the host works, and nobody challenges.
  private func requireRefundable(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .claimed, else: .jobNotInClaimedState)
    try proofStanding(of: number, &world).requireUnchallenged()
  }

  /// The next host has offered nothing.
  func withdrawRefundRequest(_ job: StoredJob, _ world: inout World) throws(CallFailure) {
    let flags = try world.load(job.flags)
    if flags.contains(.refundRequested) {
      try world.store(flags.subtracting(.refundRequested), job.flags)
    }
  }
}
