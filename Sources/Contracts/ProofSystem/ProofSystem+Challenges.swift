import EVM
import Quantities

extension ProofSystem {
  /// Anybody stakes the job's payment token against a verified proof, whenever and however often.
  ///
  /// - Returns: The challenge's number.
  func challengeProof(
    _ job: UInt256, evidence: Bytes32, stake: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt32 {
    try world.compute(Compute.challengeProof)
    try enter(&world)
    let proof = try copy(self.proof(job), &world)
    try world.require(proof.status == .verified, else: .onlyVerifiedProofs)
    try world.require(stake >= Self.challengeStakeMinimum, else: .insufficientStake)
    try world.compute(Compute.askToken)
    let token = try world.provenJob(job, in: jobMarketplace, by: account).paymentToken
    let isPaid = try world.transferFrom(
      token, from: caller, to: account, amount: stake, by: account)
    try world.require(isPaid, else: .transferFailed)
    try world.compute(Compute.storeChallenge)
    let number = try world.load(nextChallengeID)
    try world.store(number + 1, nextChallengeID)
    let deadline = try UInt256(world.evm.block.timestamp).adding(Self.challengePeriod)
    let challenge = StoredChallenge(row: challenges.row(Int(number)))
    try world.update(caller, challenge.challenger)
    try world.store(stake, challenge.stake)
    try world.store(world.word(of: evidence), challenge.evidenceHash)
    try world.update(.pending, challenge.status)
    try world.store(deadline, challenge.deadline)
    try world.store(job, challenge.job)
    try world.emit(
      .proofChallenged(job: job, challenger: caller, evidence: evidence), from: account)
    try leave(&world)
    return number
  }

  /// A verifier decides until the deadline: the stake goes back, or to the prover. The token is the
  /// job's of today, and nobody looks whether the transfer succeeded.
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
    let token = try world.provenJob(job, in: jobMarketplace, by: account).paymentToken
    let winner: AccountID
    if successful {
      try world.compute(Compute.rewardChallenger)
      try world.update(.successful, challenge.status)
      try world.update(.invalid, proof.status)
      let challenger = try world.load(challenge.challenger)
      _ = try world.transfer(
        token, to: challenger, amount: try world.load(challenge.stake), by: account)
      try world.recordJobCompletion(
        in: reputationSystem, host: try world.load(proof.prover), success: false, by: account)
      winner = try world.load(challenge.challenger)
    } else {
      try world.update(.failed, challenge.status)
      winner = try world.load(proof.prover)
      _ = try world.transfer(
        token, to: winner, amount: try world.load(challenge.stake), by: account)
    }
    try world.emit(
      .challengeResolved(job: job, successful: successful, winner: winner), from: account)
    try leave(&world)
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
    let prover = try copy(proof(job), &world).prover
    let token = try world.provenJob(job, in: jobMarketplace, by: account).paymentToken
    _ = try world.transfer(
      token, to: prover, amount: try world.load(challenge.stake), by: account)
    try world.emit(
      .challengeResolved(job: job, successful: false, winner: prover), from: account)
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

  /// Needs both administrators' roles, since the inner function asks for the other one.
  func grantVerifierRole(
    to member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.grantVerifierRole.checks)
    try requireRole(Self.admin, caller, &world)
    try requireRole(Self.defaultAdmin, caller, &world)
    try world.require(!member.isZero, else: .invalidAddress)
    try world.compute(Compute.grantVerifierRole.effects)
    try setRole(Self.verifier, of: member, to: true, &world)
  }

  func revokeVerifierRole(
    from member: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.revokeVerifierRole.checks)
    try requireRole(Self.admin, caller, &world)
    try requireRole(Self.defaultAdmin, caller, &world)
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
