import EVM
import Quantities

/// How a claimed job ends.
extension JobMarketplace {
  /// Stores the result, pays the host, or leaves that for later, and tells the reputation system,
  /// whose failure fails all.
  func completeJob(
    _ number: UInt256, resultHash: StringID, proofBytes: Int = 0, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.completeJob.checks)
    try world.compute(Compute.proofWord * Int64((proofBytes + 31) / 32))
    try guardian.enter(&world)
    let job = job(number)
    let now = UInt256(world.evm.block.timestamp)
    try world.require(try world.load(job.assignedHost) == caller, else: .notAssignedHost)
    try world.require(try world.load(job.status) == .claimed, else: .jobNotInClaimedState)
    let proof = try proofStanding(of: number, &world)
    let deadline = try world.load(job.deadline)
    try world.require(
      now <= proof.extended(deadline), else: .jobDeadlinePassed)
    try proof.requireUnchallenged()
    if proof.isRequired { try world.require(proof.isVerified, else: .proofNotVerified) }
    try world.compute(Compute.completeJob.effects)
    try world.compute(resultCost(resultHash, in: world))

    try world.store(resultHash, job.resultHash)
    try world.update(.completed, job.status)
    try world.store(now, job.completedAt)
    try payAtCompletion(number, isProven: proof.isRequired, to: caller, &world)
    try recordOutcome(of: caller, success: true, &world)
    try world.emit(.jobCompleted(job: number, resultHash: resultHash), from: account)
    try guardian.leave(&world)
  }

  @inline(__always) private func resultCost(_ result: StringID, in world: borrowing World) -> Int64
  {
    let words = world.dataWords(of: result)
    return words == 0 ? 0 : Compute.longResult + Compute.resultWord * Int64(words)
  }

  /// Pays at once, in the reference always; else the escrow stays full until nobody can challenge.
  private func payAtCompletion(
    _ number: UInt256, isProven: Bool, to host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.escrowPerJob else {
      try pay(number, to: host, &world)
      return try markPaid(job(number), &world)
    }
    let payout = isProven ? world.rules.payout : world.rules.payoutWithoutProof
    if payout == .onCompletion { try settle(number, &world) }
  }

  /// Tells the reputation system, if there is one.
  func recordOutcome(
    of host: AccountID, success: Bool, _ world: inout World
  ) throws(CallFailure) {
    let reputation = try world.load(reputationSystem)
    if reputation.isZero || host.isZero { return }
    try world.compute(Compute.recordReputation)
    try world.recordJobCompletion(in: reputation, host: host, success: success, by: account)
  }

  /// Pays a job's host: ETH from the pool, tokens, and whatever has a record, through the escrow.
  func pay(
    _ number: UInt256, to host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let job = job(number)
    if try world.load(job.paymentToken).isZero, !world.rules.escrowPerJob {
      let price = try world.load(job.maxPrice)
      spendPool(on: job, because: .repeatedPayment, &world)
      let failure = try world.sendETH(price, from: account, to: host, gas: .all)
      return try world.require(failure == nil, else: .ethTransferFailed)
    }
    try world.compute(Compute.payWithToken)
    let escrow = try world.load(paymentEscrow)
    let mark = try world.load(job.escrowMark)
    let price = try world.load(job.maxPrice)
    let token = try world.load(job.paymentToken)
    let id = escrowHandle(mark, number: number, &world)
    let isOwed = endDebt(for: job, &world)
    try world.releasePayment(
      in: escrow, job: id, host: host, amount: price, token: token, owed: isOwed ? .zero : nil,
      by: account)
  }

  /// Completes a job; in the reference however late and without paying anybody.
  func submitResult(
    _ number: UInt256, resultHash: StringID, proofBytes: Int = 0, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    if world.rules.resultSettles {
      return try completeJob(
        number, resultHash: resultHash, proofBytes: proofBytes, by: caller, &world)
    }
    try world.compute(Compute.submitResult.checks)
    try world.compute(Compute.proofWord * Int64((proofBytes + 31) / 32))
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    let status = world.evm.peek(job.status)
    try world.require(status != .completed, else: .jobAlreadyCompleted)
    try world.require(status == .claimed, else: .jobNotClaimed)
    try world.require(try world.load(job.assignedHost) == caller, else: .notAssignedHost)
    try world.compute(Compute.submitResult.effects)
    try world.compute(resultCost(resultHash, in: world))
    try world.store(.completed, job.status)
    try world.store(resultHash, job.resultHash)
    try world.store(UInt256(world.evm.block.timestamp), job.completedAt)
    try world.emit(.jobCompleted(job: number, resultHash: resultHash), from: account)
  }

  /// Gives a claimed job back to the market, in the reference whenever host or renter like and at
  /// the cost of the host's reputation only.
  func failJob(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.failNeedsCause {
      return try failForCause(number, by: caller, &world)
    }
    try world.compute(Compute.failJob.checks)
    let job = job(number)
    let host = try world.load(job.assignedHost)
    if host != caller {
      try world.compute(Compute.failByRenter)
      try world.require(try world.load(job.renter) == caller, else: .notAuthorized)
    }
    try world.require(try world.load(job.status) == .claimed, else: .jobNotInClaimedState)
    try world.compute(Compute.failJob.effects)
    try world.store(.posted, job.status)
    try world.update(.zero, job.assignedHost)
    try assignEscrow(of: number, to: .zero, &world)
    try recordOutcome(of: host, success: false, &world)
    try endWork(by: host, &world)
    try punish(host, for: number, &world)
  }

  /// For the marketplace itself, which never calls it: counts the failure, remembers the node and
  /// pauses the contract at the threshold.
  func markJobFailed(
    _ number: UInt256, reason: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.markFailed.checks)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .claimed, else: .jobNotInClaimedState)
    try world.require(caller == account, else: .onlyMarketplaceCanMarkFailed)
    try world.compute(Compute.markFailed.effects)

    let host = try world.load(job.assignedHost)
    let index = try world.load(job.failedNodeCount)
    try world.store(index + 1, job.failedNodeCount)
    try world.update(host, failedNode(index, of: number))
    try world.update(.posted, job.status)
    try world.update(.zero, job.assignedHost)

    try countFailure(&world)
    try lookAtStake(of: host, &world)
    try world.emit(.jobFailed(job: number, host: host, reason: reason), from: account)
  }

  /// One failure more, and the pause at the threshold.
  func countFailure(_ world: inout World) throws(CallFailure) {
    let now = UInt256(world.evm.block.timestamp)
    if world.rules.failureWindow > 0 { try restartCountIfOver(now, &world) }
    let failures = try world.load(failureCount) + 1
    try world.store(failures, failureCount)
    try world.store(try world.load(totalOperations) + 1, totalOperations)
    try world.store(now, lastIncidentAt)
    if UInt256(failures) >= (try world.load(failureThreshold)) {
      try world.compute(Compute.pauseAutomatically)
      try world.update(true, isPaused)
      try world.store(now, pausedAt)
      try world.emit(.emergencyPause(by: account, reason: texts.highFailureRate), from: account)
    }
  }

  /// Failures count within a window that begins with the first after the last one ended.
  private func restartCountIfOver(
    _ now: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let end = try world.load(failuresSince).adding(UInt256(world.rules.failureWindow))
    if now > end {
      try world.store(now, failuresSince)
      try world.store(0, failureCount)
    }
  }

  /// The reference reads what a slash would take, and takes nothing.
  private func lookAtStake(of host: AccountID, _ world: inout World) throws(CallFailure) {
    let governor = try world.load(governance)
    if governor.isZero { return }
    let registry = try world.load(nodeRegistry)
    guard try world.registryGovernance(of: registry) == governor else { return }
    let node = try world.node(host, in: try world.load(nodeRegistry))
    try world.compute(Compute.decodeNode)
    _ = try node.stake.multiplied(by: 10)
  }
}
