import EVM
import Quantities

extension ProofSystem {
  /// Anybody stakes against a verified proof: in the reference the job's payment token, whenever and
  /// however often.
  ///
  /// - Returns: The challenge's number.
  func challengeProof(
    _ job: UInt256, evidence: Bytes32, stake: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt32 {
    try world.compute(Compute.challengeProof)
    try enter(&world)
    let proof = self.proof(job)
    let copied = try copy(proof, &world)
    try world.require(copied.status == .verified, else: .onlyVerifiedProofs)
    try world.require(stake >= world.rules.challengeStakeMin, else: .insufficientStake)
    if world.rules.proofsReadJobs { try requireChallengeable(proof, of: job, &world) }
    try world.compute(Compute.askToken)
    let token = try challengeToken(of: job, &world)
    let isPaid = try world.transferFrom(
      token, from: caller, to: account, amount: stake, by: account)
    try world.require(isPaid, else: .transferFailed)
    try world.compute(Compute.storeChallenge)
    let number = try world.load(nextChallengeID)
    try world.store(number + 1, nextChallengeID)
    if world.rules.proofsReadJobs { try world.update(number, proof.openChallenge) }
    let deadline = try UInt256(world.evm.block.timestamp).adding(
      UInt256(world.rules.challengePeriod))
    let challenge = StoredChallenge(row: challenges.row(Int(number)))
    try world.update(caller, challenge.challenger)
    try world.store(stake, challenge.stake)
    try world.store(world.word(of: evidence), challenge.evidenceHash)
    try world.update(.pending, challenge.status)
    try world.store(deadline, challenge.deadline)
    try world.store(job, challenge.job)
    world.evm.note(token, at: challenge.stakedToken)
    world.owe(stake, debts, in: token)
    try world.emit(
      .proofChallenged(job: job, challenger: caller, evidence: evidence), from: account)
    try leave(&world)
    return number
  }

  /// A verifier decides until the deadline: the stake goes back, or to the prover. In the reference
  /// the token is the job's of today, and nobody looks whether the transfer succeeded.
  func resolveChallenge(
    _ number: UInt256, successful: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.resolveChallenge.checks)
    try requireVerifier(caller, &world)
    try enter(&world)
    let challenge = challenge(number, world)
    try world.require(
      try world.load(challenge.status) == .pending, else: .invalidChallengeStatus)
    let now = UInt256(world.evm.block.timestamp)
    try world.require(now <= (try world.load(challenge.deadline)), else: .challengeExpired)
    try world.compute(Compute.resolveChallenge.effects)
    let job = try world.load(challenge.job)
    let proof = proof(job)
    let token = try challengeToken(of: job, &world)
    try closeChallenge(number, against: proof, &world)
    let isMoot = try isMoot(proof, &world)
    let winner: AccountID
    if successful || isMoot {
      try world.compute(Compute.rewardChallenger)
      try world.update(.successful, challenge.status)
      if !isMoot { try world.update(.invalid, proof.status) }
      let challenger = try world.load(challenge.challenger)
      try payStake(of: challenge, in: token, to: challenger, &world)
      if !isMoot { try reportLost(proof, of: job, to: challenger, &world) }
      winner = try world.load(challenge.challenger)
    } else {
      try world.update(.failed, challenge.status)
      winner = try world.load(proof.prover)
      try payStake(of: challenge, in: token, to: winner, &world)
    }
    try world.emit(
      .challengeResolved(job: job, successful: successful || isMoot, winner: winner),
      from: account)
    try leave(&world)
  }

  private func payStake(
    of challenge: StoredChallenge, in token: AccountID, to winner: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    let owed = world.evm.peek(challenge.stakedToken)
    world.settle(world.evm.peek(challenge.stake), debts, in: owed)
    if token != owed { world.spend(debts, in: token, because: .otherToken) }
    let isPaid = try world.transfer(
      token, to: winner, amount: try world.load(challenge.stake), by: account)
    try world.require(isPaid || !world.rules.checksTokenTransfers, else: .transferFailed)
  }

  /// Tells who has to know that a challenge was right.
  private func reportLost(
    _ proof: StoredProof, of job: UInt256, to challenger: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if readsJobs(world) {
      try world.compute(EstimatedCompute.report)
      return try world.loseChallenge(
        of: job, to: challenger, in: jobMarketplace, by: account)
    }
    try world.recordJobCompletion(
      in: reputationSystem, host: try world.load(proof.prover), success: false, by: account)
  }

  /// Anybody ends a challenge that nobody decided; the stake goes to the prover.
  func expireChallenge(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.expireChallenge.checks)
    try enter(&world)
    let challenge = challenge(number, world)
    try world.require(
      try world.load(challenge.status) == .pending, else: .invalidChallengeStatus)
    let now = UInt256(world.evm.block.timestamp)
    try world.require(now > (try world.load(challenge.deadline)), else: .challengeNotExpired)
    try world.compute(Compute.expireChallenge.effects)
    try world.store(.failed, challenge.status)
    let job = try world.load(challenge.job)
    let proof = proof(job)
    let prover = try copy(proof, &world).prover
    let token = try challengeToken(of: job, &world)
    try closeChallenge(number, against: proof, &world)
    let isMoot = try isMoot(proof, &world)
    let winner = isMoot ? try world.load(challenge.challenger) : prover
    try payStake(of: challenge, in: token, to: winner, &world)
    try world.emit(
      .challengeResolved(job: job, successful: isMoot, winner: winner), from: account)
    try leave(&world)
  }

  // Roles.

  func grantRole(
    _ role: UInt256, to member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.grantRole.checks)
    try requireRole(Self.defaultAdmin, caller, &world)
    try world.require(!member.isZero, else: .invalidAddress)
    try world.compute(Compute.grantRole.effects)
    try setRole(role, of: member, to: true, &world)
  }

  func revokeRole(
    _ role: UInt256, from member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.revokeRole.checks)
    try requireRole(Self.defaultAdmin, caller, &world)
    try world.compute(Compute.revokeRole.effects)
    try setRole(role, of: member, to: false, &world)
  }

  /// In the reference needs both administrators' roles, since the inner function asks for the other
  /// one.
  func grantVerifierRole(
    to member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.grantVerifierRole.checks)
    try requireRole(Self.admin, caller, &world)
    if !world.rules.adminGrantsVerifier { try requireRole(Self.defaultAdmin, caller, &world) }
    try world.require(!member.isZero, else: .invalidAddress)
    try world.compute(Compute.grantVerifierRole.effects)
    try setRole(Self.verifier, of: member, to: true, &world)
  }

  func revokeVerifierRole(
    from member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.revokeVerifierRole.checks)
    try requireRole(Self.admin, caller, &world)
    if !world.rules.adminGrantsVerifier { try requireRole(Self.defaultAdmin, caller, &world) }
    try world.compute(Compute.revokeVerifierRole.effects)
    try setRole(Self.verifier, of: member, to: false, &world)
  }

  private func requireRole(
    _ role: UInt256, _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(try world.load(roles.has(role, caller)), else: .missingRole)
  }

  private func setRole(
    _ role: UInt256, of member: AccountID, to flag: Bool, _ world: inout World
  ) throws(CallFailure) {
    let slot = roles.has(role, member)
    if try world.load(slot) == flag { return }
    try world.compute(Compute.changeRole)
    try world.update(flag, slot)
  }
}
