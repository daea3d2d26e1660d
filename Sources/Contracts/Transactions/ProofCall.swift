public import EVM
public import Quantities

/// What provers, verifiers and challengers send to a `ProofSystem`.
public enum ProofCall: BitwiseCopyable, Hashable, Sendable {
  case submitProof(EZKLProof, job: UInt64)
  case verifyProof(job: UInt64)
  /// Job numbers as `World.wordArray(_:)` makes them.
  case batchVerifyProofs(jobs: StringID)
  case challengeProof(job: UInt64, evidence: Bytes32, stake: UInt256)
  case resolveChallenge(UInt64, successful: Bool)
  case expireChallenge(UInt64)
}

extension World {
  /// A `uint256[]` as a call carries it.
  public mutating func wordArray(_ words: [UInt256]) -> StringID {
    evm.strings.intern(words.flatMap(\.bigEndianBytes))
  }

  @inline(never) mutating func calldata(of call: ProofCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .submitProof(let proof, let job):
      size.add(job)
      size.add(UInt64(64))
      var offset = 6 * 32
      for array in [proof.instances, proof.proof, proof.vk] {
        size.add(UInt64(offset))
        offset += 32 + length(of: array)
      }
      for word in [proof.modelCommitment, proof.inputHash, proof.outputHash] {
        size.add(evm.words.value(word))
      }
      for array in [proof.instances, proof.proof, proof.vk] { size.add(words: array, self) }
    case .verifyProof(let number), .expireChallenge(let number): size.add(number)
    case .batchVerifyProofs(let jobs):
      size.add(UInt64(32))
      size.add(words: jobs, self)
    case .challengeProof(let job, let evidence, let stake):
      size.add(job)
      size.add(word(of: evidence))
      size.add(stake)
    case .resolveChallenge(let number, let successful):
      size.add(number)
      size.add(UInt64(successful ? 1 : 0))
    }
    return size
  }

  /// - Returns: The number of the challenge that the call made, else 0.
  @inline(never) mutating func execute(
    _ call: ProofCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    guard try answers(code(of: target), as: .proofSystem, value) else { return 0 }
    let system = proofSystems[evm.instance(of: target)]
    switch call {
    case .submitProof(let proof, let job):
      try system.submitProof(proof, for: UInt256(job), by: sender, &self)
    case .verifyProof(let job): try system.verifyProof(UInt256(job), by: sender, &self)
    case .batchVerifyProofs(let jobs):
      _ = try system.batchVerifyProofs(jobs, by: sender, &self)
    case .challengeProof(let job, let evidence, let stake):
      return UInt64(
        try system.challengeProof(
          UInt256(job), evidence: evidence, stake: stake, by: sender, &self))
    case .resolveChallenge(let number, let successful):
      try system.resolveChallenge(
        UInt256(number), successful: successful, by: sender, &self)
    case .expireChallenge(let number): try system.expireChallenge(UInt256(number), &self)
    }
    return 0
  }
}

extension CalldataSize {
  /// The tail of a `uint256[]`: its length and its words.
  fileprivate mutating func add(words array: StringID, _ world: borrowing World) {
    let length = world.length(of: array)
    add(UInt64(length / 32))
    bytes += length
    nonzeroBytes += world.evm.strings.nonzeroCount(of: array)
  }
}
