import EVM
public import Quantities

/// A proof as a call carries it: three arrays of words by number, and what it commits to.
///
/// Trivially copyable, and checked once when it is made: markets submit few different proofs often.
public struct EZKLProof: BitwiseCopyable, Hashable, Sendable {
  /// The words of each array one after the other, 32 bytes each.
  let instances: StringID
  let proof: StringID
  let vk: StringID
  let modelCommitment: Compact
  let inputHash: Compact
  let outputHash: Compact
  /// Stands for the hash of the proof: never zero, and its low bits are the verdict.
  let mark: UInt64

  /// The reference's rule in its order, by the first part that fails.
  enum Verdict: UInt8, BitwiseCopyable {
    case valid
    case wrongCount
    /// The one output that the reference's tests call corrupted.
    case corruptedOutput
    case otherModel
    case otherInput
    case otherOutput
  }

  static func verdict(ofMark mark: UInt64) -> Verdict {
    // Marks are made from this type's values alone.
    Verdict(rawValue: UInt8(truncatingIfNeeded: mark & 7)) ?? .wrongCount
  }

  /// Words of all three arrays.
  @inline(__always) func wordCount(_ world: borrowing World) -> Int {
    (world.length(of: instances) + world.length(of: proof) + world.length(of: vk)) / 32
  }

  static let corruptedOutput = UInt256(bigEndian: Keccak.hash("wrong_output".utf8))
}

extension World {
  /// A proof of these words.
  ///
  /// - Parameter instances: Valid proofs have three: model commitment, input and output hash.
  public mutating func ezklProof(
    instances: [UInt256], proof: [UInt256], vk: [UInt256], modelCommitment: UInt256,
    inputHash: UInt256, outputHash: UInt256
  ) -> EZKLProof {
    let verdict: EZKLProof.Verdict =
      if instances.count != 3 {
        .wrongCount
      } else if instances[2] == EZKLProof.corruptedOutput {
        .corruptedOutput
      } else if instances[0] != modelCommitment {
        .otherModel
      } else if instances[1] != inputHash {
        .otherInput
      } else if instances[2] != outputHash {
        .otherOutput
      } else {
        .valid
      }
    let arrays = [instances, proof, vk].map { words in
      evm.strings.intern(words.flatMap(\.bigEndianBytes))
    }
    let commitments = [modelCommitment, inputHash, outputHash].map { evm.words.compact($0) }
    var mark: UInt64 = 0
    for part in arrays.map(\.slotBits) + commitments.map(\.slotBits) {
      mark = (mark ^ part).indexBits
    }
    return EZKLProof(
      instances: arrays[0], proof: arrays[1], vk: arrays[2], modelCommitment: commitments[0],
      inputHash: commitments[1], outputHash: commitments[2],
      mark: (mark | 8) & ~7 | UInt64(verdict.rawValue))
  }

  /// The proof as a decoded struct.
  func decoded(_ proof: EZKLProof) -> ABIValue {
    .tuple([
      .init("instances", words(of: proof.instances)), .init("proof", words(of: proof.proof)),
      .init("vk", words(of: proof.vk)),
      .init("modelCommitment", commitment(proof.modelCommitment)),
      .init("inputHash", commitment(proof.inputHash)),
      .init("outputHash", commitment(proof.outputHash)),
    ])
  }

  private func words(of array: StringID) -> ABIValue {
    .array((0..<length(of: array) / 32).map { .uint(evm.strings.word($0, of: array)) })
  }

  private func commitment(_ word: Compact) -> ABIValue {
    .fixedBytes(evm.words.value(word).bigEndianBytes)
  }
}
