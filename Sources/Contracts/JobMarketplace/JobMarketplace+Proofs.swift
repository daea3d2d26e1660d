import EVM
import Quantities

/// What proofs decide about jobs: nothing in the reference.
extension JobMarketplace {
  func setProofSystem(
    _ system: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.setProofSystem)
    try world.require(try world.load(owner) == caller, else: .onlyOwner)
    try world.require(!system.isZero, else: .invalidAddress)
    try world.require(try world.load(proofSystem).isZero, else: .alreadySet)
    try world.store(system, proofSystem)
  }

  /// How the proof of the job's present host stands; that of an earlier host does not count.
  func proofStanding(
    of number: UInt256, _ world: inout World
  ) throws(CallFailure) -> JobProof {
    guard world.rules.requirementsEnforced else { return JobProof() }
    let job = job(number)
    guard try world.load(job.flags).contains(.requiresProof) else { return JobProof() }
    try world.compute(EstimatedCompute.askProofSystem)
    let system = try world.load(proofSystem)
    try world.require(!system.isZero, else: .proofSystemNotSet)
    let standing = try world.proofStanding(of: number, in: system)
    let isOwn =
      standing.prover == world.evm.peek(job.assignedHost)
      && standing.submittedAt >= UInt64(world.evm.peek(job.claimedAt))
    return JobProof(isRequired: true, standing: isOwn ? standing : ProofStanding())
  }

  /// The proof system found the present proof invalid: the host may prove again while time is left.
  func proofRejected(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.proofCallback)
    try requireProofSystem(caller, &world)
    let job = job(number)
    guard try world.load(job.status) == .claimed else { return }
    let deadline = try world.load(job.deadline)
    guard UInt256(world.evm.block.timestamp) > deadline else { return }
    try fail(number, reason: texts.proofInvalid, mayReturn: false, &world)
  }

  /// Somebody proved the host wrong. The penalty goes to the challenger; if the host has been paid
  /// already, what its stake holds beyond that compensates the renter.
  func challengeLost(
    _ number: UInt256, challenger: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.proofCallback)
    try requireProofSystem(caller, &world)
    let job = job(number)
    let host = try world.load(job.assignedHost)
    let status = try world.load(job.status)
    let registry = try world.load(nodeRegistry)
    _ = try world.takeStake(
      of: host, amount: world.rules.challengePenalty, for: challenger, in: registry, by: account)
    guard status == .settled else {
      return try fail(
        number, reason: texts.challengeLost, mayReturn: false, challenger: challenger, &world)
    }
    try compensate(number, host: host, &world)
    try recordOutcome(of: host, success: false, &world)
    try punish(host, for: number, challenger: challenger, &world)
    try world.emit(
      .jobFailed(job: number, host: host, reason: texts.challengeLost), from: account)
  }

  /// Pays the renter the job's value in FAB at the block's prices, as far as the stake reaches.
  private func compensate(
    _ number: UInt256, host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.compensate)
    let job = job(number)
    let price = try world.load(job.maxPrice)
    let token = try world.load(job.paymentToken)
    let value = world.prices.inFAB(price, isETH: token.isZero)
    let renter = try world.load(job.renter)
    _ = try world.takeStake(
      of: host, amount: value, for: renter, in: try world.load(nodeRegistry), by: account)
  }

  private func requireProofSystem(
    _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(
      try world.load(proofSystem) == caller && !caller.isZero, else: .onlyProofSystem)
  }
}

/// A job's demand for proof, and how its present proof stands.
struct JobProof {
  var isRequired = false
  var standing = ProofStanding()

  var isVerified: Bool { isRequired && standing.status == .verified }
  var isChallenged: Bool { isRequired && standing.isChallenged }
  var verifiedAt: UInt64 { standing.verifiedAt }

  func requireUnchallenged() throws(CallFailure) {
    if isChallenged { throw .reverted(.jobChallenged) }
  }

  /// Handed in before the deadline, and nobody has looked yet.
  func isWaiting(_ deadline: UInt256) -> Bool {
    isRequired && standing.status == .submitted && UInt256(standing.submittedAt) <= deadline
  }

  /// The deadline of the host. A verdict that comes after it gives back the time that was left when
  /// the proof was handed in.
  func extended(_ deadline: UInt256) -> UInt256 {
    guard isVerified, UInt256(standing.verifiedAt) > deadline,
      UInt256(standing.submittedAt) <= deadline
    else { return deadline }
    return UInt256(standing.verifiedAt) + (deadline - UInt256(standing.submittedAt))
  }
}
