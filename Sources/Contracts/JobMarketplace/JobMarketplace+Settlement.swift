import EVM
import Quantities

/// The record that each job has in the escrow, from its posting to its one settlement: what the
/// reference lacks.
extension JobMarketplace {
  /// Puts the payment of a new job into a record of its own. Tokens have gone before.
  func openEscrow(
    of number: UInt256, renter: AccountID, amount: UInt256, token: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.escrowPerJob else { return }
    try world.compute(EstimatedCompute.openEscrow)
    let escrow = try world.load(paymentEscrow)
    try world.require(!escrow.isZero, else: .paymentEscrowNotSet)
    let id = escrowHandle(try world.load(job(number).escrowMark), number: number, &world)
    try world.openEscrow(
      in: escrow, job: id, renter: renter, amount: amount, token: token, by: account)
  }

  /// Names the host in the record, or nobody.
  func assignEscrow(
    of number: UInt256, to host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.escrowPerJob else { return }
    try world.compute(EstimatedCompute.assignHost)
    let escrow = try world.load(paymentEscrow)
    let id = escrowHandle(try world.load(job(number).escrowMark), number: number, &world)
    try world.assignEscrow(in: escrow, job: id, host: host, by: account)
  }

  /// Pays the host of a job from its record, less the fee. Nothing moves its payment afterwards.
  func settle(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    let job = job(number)
    let host = try world.load(job.assignedHost)
    try world.store(.settled, job.status)
    try endWork(by: host, &world)
    try pay(number, to: host, &world)
  }

  /// Pays the renter back in full, in what it paid: from the job's record, else from the pool.
  func returnPayment(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    let job = job(number)
    let token = try world.load(job.paymentToken)
    let renter = try world.load(job.renter)
    let amount = try world.load(job.maxPrice)
    if token.isZero, !world.rules.escrowPerJob {
      spendPool(on: job, because: .repeatedPayment, &world)
      let failure = try world.sendETH(amount, from: account, to: renter, gas: .all)
      return try world.require(failure == nil, else: .ethTransferFailed)
    }
    let escrow = try world.load(paymentEscrow)
    let id = escrowHandle(try world.load(job.escrowMark), number: number, &world)
    if world.rules.escrowPerJob {
      try world.refundEscrow(in: escrow, job: id, by: account)
    } else {
      endDebt(for: job, &world)
      try world.refundPayment(
        in: escrow, job: id, renter: renter, amount: amount, token: token, by: account)
    }
  }

  /// Returns what came with a call beyond the price.
  func returnOverpayment(
    _ value: UInt256, of price: UInt256, to payer: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.returnsOverpayment, value > price else { return }
    let failure = try world.sendETH(value - price, from: account, to: payer, gas: .all)
    try world.require(failure == nil, else: .refundFailed)
  }

  /// A host has one open job less.
  func endWork(by host: AccountID, _ world: inout World) throws(CallFailure) {
    guard world.rules.hostsMayLeave, !host.isZero else { return }
    let open = party(host).openJobs
    let count = try world.load(open)
    // A job claimed before the rule was in force was not counted.
    if count > 0 { try world.store(count - 1, open) }
  }

  // Where the pool pays, a flag says that it has.

  private func remembersPayment(_ world: borrowing World) -> Bool {
    world.rules.paysOnce || world.rules.batchPaysOnce || world.rules.disputePaysOnce
  }

  func markPaid(_ job: StoredJob, _ world: inout World) throws(CallFailure) {
    guard remembersPayment(world) else { return }
    try world.store(try world.load(job.flags).union(.isPaid), job.flags)
  }

  func requireUnpaid(_ job: StoredJob, _ world: inout World) throws(CallFailure) {
    try world.require(!(try world.load(job.flags).contains(.isPaid)), else: .alreadyPaid)
  }

  // Release: the renter at any time, anybody once nobody can challenge any more.

  func release(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.releasePayment.checks)
    try guardian.enter(&world)
    let job = job(number)
    let renter = try world.load(job.renter)
    try world.require(!renter.isZero, else: .jobDoesNotExist)
    let proof = try proofStanding(of: number, &world)
    if renter != caller {
      try world.require(try isWindowOver(job, proof, &world), else: .notJobRenter)
    }
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
    try proof.requireUnchallenged()
    try world.compute(Compute.releasePayment.effects)
    if renter == caller { try countQuickRelease(of: job, by: caller, &world) }
    try payOut(number, &world)
    try guardian.leave(&world)
  }

  /// One of a batch: the caller's completed job that nobody challenges; others are passed over.
  func releaseIfDue(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.batchedRelease.checks)
    let job = job(number)
    guard try world.load(job.renter) == caller else { return }
    guard world.evm.peek(job.status) == .completed else { return }
    if try proofStanding(of: number, &world).isChallenged { return }
    try world.compute(Compute.batchedRelease.effects)
    try countQuickRelease(of: job, by: caller, &world)
    try payOut(number, &world)
  }

  private func payOut(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    let job = job(number)
    let host = try world.load(job.assignedHost)
    try settle(number, &world)
    let amount = try world.load(job.maxPrice)
    try world.emit(.paymentReleased(job: number, node: host, amount: amount), from: account)
  }

  /// Challenges are possible up to the last second of the window, releases by anybody after it.
  private func isWindowOver(
    _ job: StoredJob, _ proof: JobProof, _ world: inout World
  ) throws(CallFailure) -> Bool {
    let completedAt = try world.load(job.completedAt)
    if completedAt.isZero { return false }
    let start = proof.isVerified ? UInt256(proof.verifiedAt) : completedAt
    let end = try start.adding(UInt256(world.rules.challengePeriod))
    return UInt256(world.evm.block.timestamp) > end
  }
}
