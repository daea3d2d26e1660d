public import EVM
public import Quantities

/// The `JobDetails` and `JobRequirements` that a renter posts to either marketplace, as far as a
/// contract keeps, checks or hashes them, and what the rest weighs in calldata.
public struct JobPosting: BitwiseCopyable, Hashable, Sendable {
  // In this order a call with a posting and an amount has 112 bytes: copies of up to 128 need no call.
  public var model: StringID
  public var prompt: StringID
  public var resultFormat: StringID
  public var seed: UInt32
  public var temperature: UInt32
  public var minGPUMemory: UInt32
  public var maxTokens: UInt64
  /// Seconds.
  public var maxTimeToComplete: UInt256
  public var minReputationScore: UInt64
  public var requiresProof: Bool

  public init(
    model: StringID, prompt: StringID, maxTokens: UInt64 = 0, temperature: UInt32 = 0,
    seed: UInt32 = 0, resultFormat: StringID = .empty, maxTimeToComplete: UInt256,
    requiresProof: Bool = false, minGPUMemory: UInt32 = 0, minReputationScore: UInt64 = 0
  ) {
    self.model = model
    self.prompt = prompt
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.seed = seed
    self.resultFormat = resultFormat
    self.maxTimeToComplete = maxTimeToComplete
    self.requiresProof = requiresProof
    self.minGPUMemory = minGPUMemory
    self.minReputationScore = minReputationScore
  }
}

/// What a renter posts by `createJob`: a job without limits or checks of its parameters.
public struct JobOffer: BitwiseCopyable, Hashable, Sendable {
  public var model: StringID
  public var inputHash: StringID
  /// Wei.
  public var maxPrice: UInt256
  /// Seconds since 1970.
  public var deadline: UInt256

  public init(model: StringID, inputHash: StringID, maxPrice: UInt256, deadline: UInt256) {
    self.model = model
    self.inputHash = inputHash
    self.maxPrice = maxPrice
    self.deadline = deadline
  }
}
