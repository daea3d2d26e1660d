import EVM
import Quantities

/// Payments after the end of a job. In the reference nothing records that a job has been paid.
extension JobMarketplace {
  /// The renter of a completed job pays its host, from whatever ETH the contract holds, or gets the
  /// price back when the host cannot receive it.
  func releasePayment(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.escrowPerJob { return try release(number, by: caller, &world) }
    try world.compute(Compute.releasePayment.checks)
    try guardian.enter(&world)
    let job = job(number)
    let renter = try world.load(job.renter)
    try world.require(!renter.isZero, else: .jobDoesNotExist)
    try world.require(renter == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
    if world.rules.paysOnce { try requireUnpaid(job, &world) }
    try world.compute(Compute.releasePayment.effects)
    try countQuickRelease(of: job, by: caller, &world)
    try markPaid(job, &world)
    if world.rules.releaseInJobToken, !(try world.load(job.paymentToken).isZero) {
      return try releaseToken(of: number, &world)
    }

    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
    spendPool(on: job, because: .repeatedPayment, &world)
    if try world.sendETH(payment, from: account, to: host, gas: .all) == nil {
      try reward(host, &world)
      try world.emit(.paymentReleased(job: number, node: host, amount: payment), from: account)
    } else {
      try world.compute(Compute.refundInstead)
      try transfer(payment, to: try world.load(job.renter), &world)
      let client = try world.load(job.renter)
      try world.emit(
        .paymentRefunded(job: number, client: client, amount: payment), from: account)
    }
    try guardian.leave(&world)
  }

  /// Pays a USDC job's host in USDC, and ends `releasePayment`.
  private func releaseToken(of number: UInt256, _ world: inout World) throws(CallFailure) {
    let job = job(number)
    let host = try world.load(job.assignedHost)
    try pay(number, to: host, &world)
    try reward(host, &world)
    try world.emit(
      .paymentReleased(job: number, node: host, amount: try world.load(job.maxPrice)),
      from: account)
    try guardian.leave(&world)
  }

  /// Ten releases of one renter within 30 seconds of completion throttle the marketplace.
  func countQuickRelease(
    of job: StoredJob, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let completed = try world.load(job.completedAt)
    if completed.isZero { return }
    try world.compute(Compute.lookAtAge)
    let age = try UInt256(world.evm.block.timestamp).subtracting(completed)
    guard age < UInt256(world.rules.suspiciousReleaseTime) else { return }
    try world.compute(Compute.quickRelease)
    let slot = party(caller).quickReleaseCount
    try world.store(try world.load(slot) + 1, slot)
    if UInt64(try world.load(slot)) >= world.rules.suspiciousReleases {
      try world.compute(Compute.throttleByReleases)
      if world.rules.cooldownHolds, try world.load(breakerLevel) >= 1 { return }
      try world.store(1, breakerLevel)
    }
  }

  private func reward(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    let reputation = try world.load(reputationSystem)
    if reputation.isZero { return }
    try world.compute(Compute.updateReputation)
    try world.updateReputation(
      in: reputation, host: host, change: 10, positive: true, by: account)
  }

  /// Solidity's `transfer`: the receiver gets no gas but the stipend, and its failure is passed on.
  private func transfer(
    _ amount: UInt256, to receiver: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if let failure = try world.sendETH(amount, from: account, to: receiver, gas: .stipend) {
      throw failure
    }
  }

  /// Pays the hosts of the caller's completed jobs, in the reference as often as the list names them,
  /// and passes over all others.
  func batchReleasePayments(
    _ numbers: CallList<UInt256>, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.batchRelease)
    try guardian.enter(&world)
    try world.require(numbers.count > 0, else: .emptyArray)
    var cursor = numbers.first
    while let (number, next) = world.jobNumbers.element(at: cursor) {
      if world.rules.escrowPerJob {
        try releaseIfDue(number, by: caller, &world)
      } else {
        try releaseOne(number, by: caller, &world)
      }
      cursor = next
    }
    try guardian.leave(&world)
  }

  private func releaseOne(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let job = job(number)
    guard try world.load(job.renter) == caller else {
      return try world.compute(Compute.foreignJob)
    }
    try world.compute(Compute.batchedRelease.checks)
    guard world.evm.peek(job.status) == .completed else { return }
    if world.rules.batchPaysOnce, try world.load(job.flags).contains(.isPaid) { return }
    try world.compute(Compute.batchedRelease.effects)
    try markPaid(job, &world)
    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
    // The reference marks the job, with the status that it has.
    try world.store(.completed, job.status)
    if world.rules.releaseInJobToken, !(try world.load(job.paymentToken).isZero) {
      try pay(number, to: host, &world)
    } else {
      spendPool(on: job, because: .repeatedPayment, &world)
      try transfer(payment, to: host, &world)
    }
    try reward(host, &world)
    try world.emit(.paymentReleased(job: number, node: host, amount: payment), from: account)
  }

  /// The renter takes the price of a job back 30 days after its deadline; in the reference in ETH,
  /// whatever it was paid in, and the job counts as completed from then on.
  func claimAbandonedPayment(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimAbandoned.checks)
    try guardian.enter(&world)
    let job = job(number)
    try world.require(try world.load(job.renter) == caller, else: .notJobRenter)
    let status = world.evm.peek(job.status)
    if status != .posted { try world.compute(Compute.claimedBefore) }
    try world.require(status == .posted || status == .claimed, else: .jobAlreadyCompleted)
    if world.rules.escrowPerJob { try proofStanding(of: number, &world).requireUnchallenged() }
    let delay =
      status == .posted ? world.rules.reclaimDelay : world.rules.abandonmentDelay
    let end = try world.load(job.deadline).adding(UInt256(delay))
    try world.require(UInt256(world.evm.block.timestamp) > end, else: .notAbandonedYet)
    try world.compute(Compute.claimAbandoned.effects)
    let payment = try world.load(job.maxPrice)
    let host = world.evm.peek(job.assignedHost)
    try world.store(
      world.rules.abandonedStaysEnded ? .refunded : .completed, job.status)
    if status == .claimed { try endWork(by: host, &world) }
    let token = world.evm.peek(job.paymentToken)
    if world.rules.escrowPerJob || (world.rules.abandonedInJobToken && !token.isZero) {
      try returnPayment(number, &world)
    } else {
      spendPool(on: job, because: .repeatedPayment, &world)
      try transfer(payment, to: caller, &world)
    }
    let renter = try world.load(job.renter)
    try world.emit(
      .paymentRefunded(job: number, client: renter, amount: payment), from: account)
    try guardian.leave(&world)
  }

  /// In the reference checks who asks, and does nothing.
  func disputeResult(
    _ number: UInt256, reason: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.disputesAct {
      return try dispute(number, reason: reason, by: caller, &world)
    }
    try world.compute(Compute.disputeResult)
    try world.compute(Compute.disputeReasonWord * Int64(world.paddedLength(of: reason) / 32))
    let job = job(number)
    try world.require(try world.load(job.renter) == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
  }

  /// In the reference governance pays a completed job's price to either side, again and again, from
  /// whatever ETH the contract holds.
  func resolveDispute(
    _ number: UInt256, favorsClient: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.disputesAct {
      return try decide(number, favorsClient: favorsClient, by: caller, &world)
    }
    try world.compute(Compute.resolveDispute.checks)
    try world.require(try world.load(governance) == caller, else: .onlyGovernanceResolves)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
    if world.rules.disputePaysOnce { try requireUnpaid(job, &world) }
    try world.compute(Compute.resolveDispute.effects)
    try markPaid(job, &world)
    let payment = try world.load(job.maxPrice)
    spendPool(on: job, because: .disputeFromPool, &world)
    if favorsClient {
      try transfer(payment, to: try world.load(job.renter), &world)
    } else {
      try world.compute(Compute.resolveForHost)
      try transfer(payment, to: try world.load(job.assignedHost), &world)
    }
    try world.emit(
      .jobDisputeResolved(job: number, favorsClient: favorsClient), from: account)
  }
}
