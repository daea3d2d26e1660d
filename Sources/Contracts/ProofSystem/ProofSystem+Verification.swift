import EVM
import Quantities

extension ProofSystem {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors and gas.json.
  enum Compute {
    static var submitProof: ComputeCost { ComputeCost(3_244, of: 7_321) }
    static var verifyProof: ComputeCost { ComputeCost(768, of: 2_223) }
    static var batchVerify: Int64 { 1_414 }
    static var batchEntry: Int64 { 462 }
    static var batchVerified: Int64 { 1_769 }
    /// Copying one word of a stored proof to memory.
    static var readWord: Int64 { 88 }
    /// Copying, hashing and storing one word of a proof.
    static var storeWord: Int64 { 151 }
    static var recordFailure: Int64 { 339 }
    static var challengeProof: Int64 { 2_049 }
    static var askToken: Int64 { 2_581 }
    static var storeChallenge: Int64 { 646 }
    static var resolveChallenge: ComputeCost { ComputeCost(983, of: 3_859) }
    static var rewardChallenger: Int64 { 427 }
    static var expireChallenge: ComputeCost { ComputeCost(949, of: 5_032) }
    static var grantRole: ComputeCost { ComputeCost(577, of: 700) }
    static var grantVerifierRole: ComputeCost { ComputeCost(593, of: 639) }
    static var revokeRole: ComputeCost { ComputeCost(945, of: 1_050) }
    static var revokeVerifierRole: ComputeCost { ComputeCost(983, of: 1_017) }
    static var changeRole: Int64 { 137 }
    static var getProofInfo: Int64 { 2_500 }

    /// The checks of a proof up to the one that decides.
    static func check(_ verdict: EZKLProof.Verdict) -> Int64 {
      switch verdict {
      case .wrongCount: 0
      case .corruptedOutput: 84
      case .otherModel: 84 + 65
      case .otherInput: 84 + 65 + 71
      case .otherOutput, .valid: 84 + 65 + 71 + 96
      }
    }
  }

  func enter(_ world: inout World) throws(CallFailure) {
    try world.require(try world.load(entered) != 2, else: .reentrantCall)
    try world.store(2, entered)
  }

  func leave(_ world: inout World) throws(CallFailure) { try world.store(1, entered) }

  func requireVerifier(_ caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.require(
      try world.load(roles.has(number: Self.verifierNumber, caller)), else: .missingRole)
  }

  /// The assigned host hands in its proof, in the reference once for ever.
  func submitProof(
    _ proof: EZKLProof, for job: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.submitProof.checks)
    try enter(&world)
    let stored = self.proof(job)
    if readsJobs(world) {
      try requireProvable(job, stored, by: caller, &world)
    } else {
      let asked = try world.provenJob(job, in: jobMarketplace, by: account)
      try world.require(!asked.renter.isZero, else: .jobDoesNotExist)
      try world.require(caller == asked.assignedHost, else: .onlyAssignedHostSubmits)
      try world.require(asked.status == .claimed, else: .jobNotInClaimedState)
      try world.require(try world.load(stored.status) == .none, else: .proofAlreadySubmitted)
    }
    try world.compute(Compute.submitProof.effects)
    let words = Int64(proof.wordCount(world))
    // Memory grows with the square of what is copied.
    try world.compute(Compute.storeWord * words + words * words / 100)
    try store(proof, stored, by: caller, &world)
    try world.emit(
      .proofSubmitted(job: job, prover: caller, timestamp: world.evm.block.timestamp),
      from: account)
    try leave(&world)
  }

  private func store(
    _ proof: EZKLProof, _ stored: StoredProof, by prover: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.update(prover, stored.prover)
    try world.store(UInt256(world.evm.block.timestamp), stored.submittedAt)
    try world.update(.submitted, stored.status)
    try world.store(proof.mark, stored.mark)
    try stored.instances.store(proof.instances, &world)
    try stored.proof.store(proof.proof, &world)
    try stored.vk.store(proof.vk, &world)
    try world.evm.store(proof.modelCommitment, stored.modelCommitment)
    try world.evm.store(proof.inputHash, stored.inputHash)
    try world.evm.store(proof.outputHash, stored.outputHash)
  }

  func verifyProof(
    _ job: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.verifyProof.checks)
    try requireVerifier(caller, &world)
    let stored = proof(job)
    try world.require(try world.load(stored.status) == .submitted, else: .invalidProofStatus)
    try world.compute(Compute.verifyProof.effects)
    _ = try judge(stored, of: job, by: caller, &world)
  }

  /// Verifies what is submitted among the jobs and passes over the others.
  ///
  /// - Parameter jobs: Words of the numbers, 32 bytes each.
  /// - Returns: One byte a job, 1 where a proof was found valid.
  func batchVerifyProofs(
    _ jobs: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> StringID {
    try world.compute(Compute.batchVerify)
    try requireVerifier(caller, &world)
    let gasAtStart = world.evm.gas
    var results: [UInt8] = []
    for index in 0..<world.length(of: jobs) / 32 {
      try world.compute(Compute.batchEntry)
      let job = world.evm.strings.word(index, of: jobs)
      let stored = proof(job)
      guard try world.load(stored.status) == .submitted else {
        results.append(0)
        continue
      }
      try world.compute(Compute.batchVerified)
      results.append(try judge(stored, of: job, by: caller, &world) ? 1 : 0)
    }
    let answer = world.evm.strings.intern(results)
    try world.emit(
      .batchVerified(
        jobs: jobs, results: answer, gasUsed: UInt64(gasAtStart - world.evm.gas)), from: account)
    return answer
  }

  /// Marks a submitted proof verified or invalid. In the reference an invalid one costs the prover
  /// reputation, or fails altogether when the reputation system does not listen.
  private func judge(
    _ stored: StoredProof, of job: UInt256, by verifier: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    let proof = try copy(stored, &world)
    let verdict = EZKLProof.verdict(ofMark: proof.mark)
    try world.compute(Compute.check(verdict))
    let isValid = verdict == .valid
    try world.update(isValid ? .verified : .invalid, stored.status)
    try world.emit(
      .proofVerified(job: job, verifier: verifier, isValid: isValid), from: account)
    if isValid {
      try keepVerification(of: stored, &world)
    } else {
      try reportInvalid(stored, of: job, &world)
    }
    return isValid
  }

  /// Copies the whole `ProofInfo` to memory.
  func copy(
    _ stored: StoredProof, _ world: inout World
  ) throws(CallFailure) -> (prover: AccountID, status: ProofStatus, mark: UInt64) {
    let prover = try world.load(stored.prover)
    _ = try world.load(stored.submittedAt)
    let status = try world.load(stored.status)
    let mark = try world.load(stored.mark)
    let instances = try stored.instances.load(&world)
    let proof = try stored.proof.load(&world)
    let vk = try stored.vk.load(&world)
    let bytes = world.length(of: instances) + world.length(of: proof) + world.length(of: vk)
    _ = try world.evm.load(stored.modelCommitment)
    _ = try world.evm.load(stored.inputHash)
    _ = try world.evm.load(stored.outputHash)
    try world.compute(Compute.readWord * Int64(bytes / 32))
    return (prover, status, mark)
  }

  /// The stored proof without a price.
  func peekProof(_ stored: StoredProof, _ world: borrowing World) -> EZKLProof {
    EZKLProof(
      instances: world.evm.peek(stored.instances.slot), proof: world.evm.peek(stored.proof.slot),
      vk: world.evm.peek(stored.vk.slot),
      modelCommitment: world.evm.peek(stored.modelCommitment),
      inputHash: world.evm.peek(stored.inputHash), outputHash: world.evm.peek(stored.outputHash),
      mark: world.evm.peek(stored.mark))
  }

  /// keccak256(abi.encode(proof)), or zero when none was submitted.
  func proofHash(of job: UInt256, _ world: borrowing World) -> [UInt8] {
    let stored = proof(job)
    if world.evm.peek(stored.status) == .none { return [UInt8](repeating: 0, count: 32) }
    return Keccak.hash(world.evm.encode([world.decoded(peekProof(stored, world))]))
  }
}
