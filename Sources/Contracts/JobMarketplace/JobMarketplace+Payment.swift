import EVM
import Quantities

/// Payments after the end of a job. Nothing records that a job has been paid.
extension JobMarketplace {
  /// The renter of a completed job pays its host, from whatever ETH the contract holds, or gets the
  /// price back when the host cannot receive it.
  func releasePayment(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.releasePayment.checks)
    try guardian.enter(&world)
    let job = job(number)
    let renter = try world.load(job.renter)
    try world.require(!renter.isZero, else: .jobDoesNotExist)
    try world.require(renter == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
    try world.compute(Compute.releasePayment.effects)
    try countQuickRelease(of: job, by: caller, &world)

    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
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

  /// Ten releases of one renter within 30 seconds of completion throttle the marketplace.
  private func countQuickRelease(
    of job: StoredJob, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let completed = try world.load(job.completedAt)
    if completed.isZero { return }
    try world.compute(Compute.lookAtAge)
    let age = try UInt256(world.evm.block.timestamp).subtracting(completed)
    guard age < Self.quickReleaseTime else { return }
    try world.compute(Compute.quickRelease)
    let slot = party(caller).quickReleaseCount
    try world.store(try world.load(slot) + 1, slot)
    if try world.load(slot) >= Self.suspiciousReleases {
      try world.compute(Compute.throttleByReleases)
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

  /// Pays the hosts of the caller's completed jobs, as often as the list names them, and passes over
  /// all others.
  func batchReleasePayments(
    _ numbers: CallList<UInt256>, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.batchRelease)
    try guardian.enter(&world)
    try world.require(numbers.count > 0, else: .emptyArray)
    var cursor = numbers.first
    while let (number, next) = world.jobNumbers.element(at: cursor) {
      try releaseOne(number, by: caller, &world)
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
    try world.compute(Compute.batchedRelease.effects)
    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
    // The reference marks the job, with the status that it has.
    try world.store(.completed, job.status)
    try transfer(payment, to: host, &world)
    try reward(host, &world)
    try world.emit(.paymentReleased(job: number, node: host, amount: payment), from: account)
  }

  /// The renter takes the price of a job back 30 days after its deadline, in ETH whatever it was
  /// paid in; the job counts as completed from then on.
  func claimAbandonedPayment(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimAbandoned.checks)
    try guardian.enter(&world)
    let job = job(number)
    try world.require(try world.load(job.renter) == caller, else: .notJobRenter)
    let status = world.evm.peek(job.status)
    if status != .posted { try world.compute(Compute.claimedBefore) }
    try world.require(status != .completed, else: .jobAlreadyCompleted)
    let end = try world.load(job.deadline).adding(Self.abandonmentDelay)
    try world.require(UInt256(world.evm.block.timestamp) > end, else: .notAbandonedYet)
    try world.compute(Compute.claimAbandoned.effects)
    let payment = try world.load(job.maxPrice)
    try world.store(.completed, job.status)
    try transfer(payment, to: caller, &world)
    let renter = try world.load(job.renter)
    try world.emit(
      .paymentRefunded(job: number, client: renter, amount: payment), from: account)
    try guardian.leave(&world)
  }

  /// Checks who asks, and does nothing.
  func disputeResult(
    _ number: UInt256, reason: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.disputeResult)
    try world.compute(Compute.disputeReasonWord * Int64(world.paddedLength(of: reason) / 32))
    let job = job(number)
    try world.require(try world.load(job.renter) == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
  }

  /// Governance pays a completed job's price to either side, again and again, from whatever ETH the
  /// contract holds.
  func resolveDispute(
    _ number: UInt256, favorsClient: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.resolveDispute.checks)
    try world.require(try world.load(governance) == caller, else: .onlyGovernanceResolves)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .completed, else: .jobNotCompleted)
    try world.compute(Compute.resolveDispute.effects)
    let payment = try world.load(job.maxPrice)
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
