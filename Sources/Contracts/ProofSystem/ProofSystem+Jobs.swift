import EVM
import Quantities

/// The marketplace's jobs, where the rules let the proof system understand them: in the reference it
/// never does.
extension ProofSystem {
  /// Plain computation of what the reference lacks. Estimated: each is that of the measured function
  /// nearest to it.
  enum EstimatedCompute {
    static var askJob: Int64 { 450 }
    static var askToken: Int64 { 700 }
    static var report: Int64 { 350 }
    static var keepTime: Int64 { 60 }
  }

  @inline(__always) func readsJobs(_ world: borrowing World) -> Bool {
    world.rules.proofsReadJobs && world.code(of: jobMarketplace) == .jobMarketplace
  }

  /// The assigned host proves a claimed job once, and again after an invalid proof. What an earlier
  /// host left is replaced.
  func requireProvable(
    _ job: UInt256, _ stored: StoredProof, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.askJob)
    let asked = try world.jobToProve(job, in: jobMarketplace)
    try world.require(!asked.renter.isZero, else: .jobDoesNotExist)
    try world.require(caller == asked.assignedHost, else: .onlyAssignedHostSubmits)
    try world.require(asked.status == .claimed, else: .jobNotInClaimedState)
    let status = try world.load(stored.status)
    if status == .none { return }
    if try belongs(stored, to: asked, &world) {
      try world.require(
        status == .invalid && world.rules.invalidProofReplaceable, else: .proofAlreadySubmitted)
    }
    try world.update(0, stored.verifiedAt)
  }

  /// Whether a proof is that of the job's present claim.
  private func belongs(
    _ stored: StoredProof, to job: JobToProve, _ world: inout World
  ) throws(CallFailure) -> Bool {
    guard try world.load(stored.prover) == job.assignedHost else { return false }
    return try world.load(stored.submittedAt) >= UInt256(job.claimedAt)
  }

  /// Remembers when the proof was found valid: the time to challenge it starts.
  func keepVerification(
    of stored: StoredProof, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.proofsReadJobs else { return }
    try world.compute(EstimatedCompute.keepTime)
    try world.update(UInt32(truncatingIfNeeded: world.evm.block.timestamp), stored.verifiedAt)
  }

  /// Tells who has to know that the present proof is invalid.
  func reportInvalid(
    _ stored: StoredProof, of job: UInt256, _ world: inout World
  ) throws(CallFailure) {
    guard readsJobs(world) else {
      try world.compute(Compute.recordFailure)
      return try world.recordJobCompletion(
        in: reputationSystem, host: try world.load(stored.prover), success: false, by: account)
    }
    try world.compute(EstimatedCompute.report)
    let asked = try world.jobToProve(job, in: jobMarketplace)
    guard try belongs(stored, to: asked, &world) else { return }
    try world.rejectProof(of: job, in: jobMarketplace, by: account)
  }

  /// A proof can be challenged while its period lasts, nobody else does, and its job still depends
  /// on it.
  func requireChallengeable(
    _ stored: StoredProof, of job: UInt256, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.oneChallengePerJob {
      let verifiedAt = UInt64(try world.load(stored.verifiedAt))
      let end = verifiedAt + world.rules.challengePeriod
      try world.require(world.evm.block.timestamp <= end, else: .challengePeriodOver)
      try world.require(world.evm.peek(stored.openChallenge) == 0, else: .challengeOpen)
    }
    guard readsJobs(world) else { return }
    try world.compute(EstimatedCompute.askJob)
    let asked = try world.jobToProve(job, in: jobMarketplace)
    let depends =
      switch asked.status {
      case .claimed, .completed, .settled: try belongs(stored, to: asked, &world)
      case .posted, .disputed, .refunded: false
      }
    try world.require(depends, else: .proofNotInUse)
  }

  /// The token that challengers stake.
  func challengeToken(
    of job: UInt256, _ world: inout World
  ) throws(CallFailure) -> AccountID {
    if world.rules.challengeStakeInFAB {
      try world.compute(EstimatedCompute.askToken)
      return try world.stakeToken(behind: jobMarketplace)
    }
    if readsJobs(world) { return try world.paymentToken(of: job, in: jobMarketplace) }
    return try world.provenJob(job, in: jobMarketplace, by: account).paymentToken
  }

  /// The challenge is decided: the job goes on, or nobody waits for it any more.
  func closeChallenge(
    _ number: UInt256, against stored: StoredProof, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.proofsReadJobs else { return }
    if UInt256(try world.load(stored.openChallenge)) == number {
      try world.store(0, stored.openChallenge)
    }
  }

  /// Whether the proof that a challenge is about has been found invalid meanwhile.
  func isMoot(_ stored: StoredProof, _ world: inout World) throws(CallFailure) -> Bool {
    guard world.rules.invalidProofReplaceable else { return false }
    return try world.load(stored.status) != .verified
  }
}

/// What the proof system asks a `JobMarketplace` besides its jobs.
extension World {
  /// The token of the stakes in the registry that a marketplace uses.
  mutating func stakeToken(behind marketplace: AccountID) throws(CallFailure) -> AccountID {
    let call = try openCall(to: marketplace)
    let registry: AccountID
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      registry = try load(marketplaces[evm.instance(of: marketplace)].nodeRegistry)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
    return try stakeToken(of: registry)
  }

  mutating func paymentToken(
    of job: UInt256, in marketplace: AccountID
  ) throws(CallFailure) -> AccountID {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      let token = try load(
        marketplaces[evm.instance(of: marketplace)].job(job).paymentToken)
      close(call)
      return token
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
