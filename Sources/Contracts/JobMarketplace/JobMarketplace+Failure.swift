import EVM
import Quantities

/// What a host's failure costs it, and what becomes of the job: promised by the documentation, dead
/// code or missing in the reference.
extension JobMarketplace {
  /// The host gives up, or anybody reports that its time is over.
  func failForCause(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.failJob.checks)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .claimed, else: .jobNotInClaimedState)
    let proof = try proofStanding(of: number, &world)
    try proof.requireUnchallenged()
    let host = try world.load(job.assignedHost)
    if host != caller { try requireOverdue(job, proof, &world) }
    try world.compute(Compute.failJob.effects)
    try fail(
      number, reason: host == caller ? texts.gaveUp : texts.timedOut, mayReturn: true, &world)
  }

  /// Past the deadline, or past the claim's own time unless there is a proof already. While a proof
  /// waits for a verifier nobody but the host ends the job.
  private func requireOverdue(
    _ job: StoredJob, _ proof: JobProof, _ world: inout World
  ) throws(CallFailure) {
    let now = UInt256(world.evm.block.timestamp)
    let deadline = try world.load(job.deadline)
    try world.require(!proof.isWaiting(deadline), else: .proofBeingVerified)
    var end = proof.extended(deadline)
    let timeout = world.rules.claimTimeout
    if timeout > 0, !proof.isVerified {
      end = min(end, UInt256(UInt64(try world.load(job.claimedAt)) + timeout))
    }
    try world.require(now > end, else: .hostHasTime)
  }

  /// Ends the host's work: back to the market while time is left, if that is possible, else back to
  /// the renter.
  func fail(
    _ number: UInt256, reason: StringID, mayReturn: Bool, challenger: AccountID = .zero,
    _ world: inout World
  ) throws(CallFailure) {
    let job = job(number)
    let host = try world.load(job.assignedHost)
    let isLate = UInt256(world.evm.block.timestamp) > (try world.load(job.deadline))
    if mayReturn, !isLate {
      try world.update(.posted, job.status)
      try world.update(.zero, job.assignedHost)
      try withdrawRefundRequest(job, &world)
      try assignEscrow(of: number, to: .zero, &world)
    } else {
      try world.update(.refunded, job.status)
      try returnPayment(number, &world)
    }
    try endWork(by: host, &world)
    try recordOutcome(of: host, success: false, &world)
    try punish(host, for: number, challenger: challenger, &world)
    try world.emit(.jobFailed(job: number, host: host, reason: reason), from: account)
  }

  /// Remembers who failed the job, takes the slash and counts the failure, as far as the rules do.
  func punish(
    _ host: AccountID, for number: UInt256, challenger: AccountID = .zero, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.sybilTurnsRefused { try rememberFailure(of: host, at: number, &world) }
    if world.rules.slash > 0 { try slash(host, for: number, challenger: challenger, &world) }
    if world.rules.failuresCounted {
      try world.compute(EstimatedCompute.countFailure)
      try countFailure(&world)
    }
  }

  private func rememberFailure(
    of host: AccountID, at number: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let registry = try world.load(nodeRegistry)
    let controller = try world.nodeController(of: host, in: registry)
    if controller.isZero { return }
    let job = job(number)
    let index = try world.load(job.failedNodeCount)
    try world.store(index + 1, job.failedNodeCount)
    try world.update(controller, failedNode(index, of: number))
  }

  private func slash(
    _ host: AccountID, for number: UInt256, challenger: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.slash)
    let registry = try world.load(nodeRegistry)
    let stake = try world.nodeStake(of: host, in: registry)
    let amount = try stake.multiplied(by: UInt256(world.rules.slash)) / 10_000
    if amount.isZero { return }
    let beneficiary: AccountID =
      switch world.rules.slashTo {
      case .treasury, .burn: .zero
      case .renter: try world.load(job(number).renter)
      case .challenger: challenger
      }
    _ = try world.takeStake(
      of: host, amount: amount, for: beneficiary, in: registry, by: account)
  }
}
