import EVM
import Quantities

extension ProofSystem {
  static let signatures = [
    "constructor(address,address,address)",
    "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))",
    "verifyProof(uint256)", "batchVerifyProofs(uint256[])",
    "challengeProof(uint256,bytes32,uint256)", "resolveChallenge(uint256,bool)",
    "expireChallenge(uint256)", "grantRole(bytes32,address)", "revokeRole(bytes32,address)",
    "grantVerifierRole(address)", "revokeVerifierRole(address)", "hasRole(bytes32,address)",
    "canCompleteJob(uint256)", "getProofInfo(uint256)", "getChallengeInfo(uint256)",
    "proofs(uint256)", "challenges(uint256)", "nextChallengeId()", "jobMarketplace()",
    "paymentEscrow()", "reputationSystem()", "DEFAULT_ADMIN_ROLE()", "ADMIN_ROLE()",
    "VERIFIER_ROLE()", "CHALLENGE_PERIOD()", "CHALLENGE_STAKE_MIN()", "PENALTY_AMOUNT()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case Self.signatures[1]:
      let proof = try decodeProof(try arguments.tuple(1), &world)
      try submitProof(proof, for: try arguments.uint(0), by: caller, &world)
    case "verifyProof(uint256)": try verifyProof(try arguments.uint(0), by: caller, &world)
    case "batchVerifyProofs(uint256[])":
      let jobs = world.evm.strings.intern(
        try words(try arguments.array(0)).flatMap(\.bigEndianBytes))
      let results = try batchVerifyProofs(jobs, by: caller, &world)
      return [.array(world.bytes(results).map { .bool($0 == 1) })]
    case "challengeProof(uint256,bytes32,uint256)":
      let number = try challengeProof(
        try arguments.uint(0), evidence: world.bytes32(try arguments.word(1)),
        stake: try arguments.uint(2), by: caller, &world)
      return [.uint(UInt256(number))]
    case "resolveChallenge(uint256,bool)":
      try resolveChallenge(
        try arguments.uint(0), successful: try arguments.bool(1), by: caller, &world)
    case "expireChallenge(uint256)": try expireChallenge(try arguments.uint(0), &world)
    default: return try administer(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func decodeProof(
    _ fields: Arguments, _ world: inout World
  ) throws(CallFailure) -> EZKLProof {
    world.ezklProof(
      instances: try words(try fields.array(0)), proof: try words(try fields.array(1)),
      vk: try words(try fields.array(2)), modelCommitment: try fields.word(3),
      inputHash: try fields.word(4), outputHash: try fields.word(5))
  }

  private func words(_ array: Arguments) throws(CallFailure) -> [UInt256] {
    var words: [UInt256] = []
    for index in 0..<array.count { words.append(try array.uint(index)) }
    return words
  }

  private func administer(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "grantRole(bytes32,address)":
      try grantRole(
        try arguments.word(0), to: try arguments.address(1), by: caller, &world)
    case "revokeRole(bytes32,address)":
      try revokeRole(
        try arguments.word(0), from: try arguments.address(1), by: caller, &world)
    case "grantVerifierRole(address)":
      try grantVerifierRole(to: try arguments.address(0), by: caller, &world)
    case "revokeVerifierRole(address)":
      try revokeVerifierRole(from: try arguments.address(0), by: caller, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "hasRole(bytes32,address)":
      let slot = roles.has(try arguments.word(0), try arguments.address(1))
      return [.bool(try world.load(slot))]
    case "canCompleteJob(uint256)":
      try world.compute(Compute.getProofInfo)
      let proof = try copy(proof(try arguments.uint(0)), &world)
      return [.bool(proof.status == .verified)]
    case "getProofInfo(uint256)":
      try world.compute(Compute.getProofInfo)
      let stored = proof(try arguments.uint(0))
      let proof = try copy(stored, &world)
      return [
        .address(proof.prover), .uint(world.evm.words.value(world.evm.peek(stored.submittedAt))),
        .uint(UInt256(proof.status.rawValue)),
      ]
    case "proofs(uint256)":
      let job = try arguments.uint(0)
      let stored = proof(job)
      let proof = try copy(stored, &world)
      return [
        .address(proof.prover), .uint(world.evm.words.value(world.evm.peek(stored.submittedAt))),
        .uint(UInt256(proof.status.rawValue)), .fixedBytes(proofHash(of: job, world)),
        world.decoded(peekProof(stored, world)),
      ]
    case "getChallengeInfo(uint256)":
      return try challengeFields(try arguments.uint(0), &world).dropLast()
    case "challenges(uint256)": return try challengeFields(try arguments.uint(0), &world)
    case "nextChallengeId()": return [.uint(UInt256(try world.load(nextChallengeID)))]
    case "jobMarketplace()": return [.address(jobMarketplace)]
    case "paymentEscrow()": return [.address(paymentEscrow)]
    case "reputationSystem()": return [.address(reputationSystem)]
    case "DEFAULT_ADMIN_ROLE()": return [.fixedBytes(Self.defaultAdmin.bigEndianBytes)]
    case "ADMIN_ROLE()": return [.fixedBytes(Self.admin.bigEndianBytes)]
    case "VERIFIER_ROLE()": return [.fixedBytes(Self.verifier.bigEndianBytes)]
    case "CHALLENGE_PERIOD()": return [.uint(UInt256(world.rules.challengePeriod))]
    case "CHALLENGE_STAKE_MIN()": return [.uint(world.rules.challengeStakeMin)]
    case "PENALTY_AMOUNT()":
      return [.uint(readsJobs(world) ? world.rules.challengePenalty : Self.penalty)]
    default: throw .empty
    }
  }

  private func challengeFields(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    let challenge = challenge(number, world)
    return [
      .address(try world.load(challenge.challenger)), .uint(try world.load(challenge.stake)),
      .fixedBytes(try world.load(challenge.evidenceHash).bigEndianBytes),
      .uint(UInt256(try world.load(challenge.status).rawValue)),
      .uint(try world.load(challenge.deadline)), .uint(try world.load(challenge.job)),
    ]
  }
}
