import EVM
import Quantities

extension JobPosting {
  /// From decoded `JobDetails` and `JobRequirements`.
  ///
  /// Numbers beyond the bits kept are beyond every limit that a contract has for them, so they are
  /// kept as the largest there are; what they weigh in calldata the caller has paid.
  init(
    details: Arguments, requirements: Arguments, _ world: inout World
  ) throws(CallFailure) {
    self.init(
      model: try details.string(0, &world), prompt: try details.string(1, &world),
      maxTokens: try details.uint(2).clamped,
      temperature: UInt32(clamping: try details.uint(3).clamped),
      seed: UInt32(truncatingIfNeeded: try details.uint(4, bits: 32)),
      resultFormat: try details.string(5, &world),
      maxTimeToComplete: try requirements.uint(2), requiresProof: try requirements.bool(3),
      minGPUMemory: UInt32(clamping: try requirements.uint(0).clamped),
      minReputationScore: try requirements.uint(1).clamped)
  }
}

extension UInt256 {
  /// The value, or the largest that has 64 bits.
  fileprivate var clamped: UInt64 { narrow ?? .max }
}

extension Arguments {
  /// Details and requirements as the first two arguments.
  func jobPosting(_ world: inout World) throws(CallFailure) -> JobPosting {
    try JobPosting(details: try tuple(0), requirements: try tuple(1), &world)
  }

  /// Model, input hash, price and deadline.
  func jobOffer(from first: Int, _ world: inout World) throws(CallFailure) -> JobOffer {
    JobOffer(
      model: try string(first, &world), inputHash: try string(first + 1, &world),
      maxPrice: try uint(first + 2), deadline: try uint(first + 3))
  }
}
