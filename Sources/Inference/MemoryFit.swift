/// What is left for the KV cache when the weights are loaded.
///
/// - Source: serving engines: vLLM's `gpu_memory_utilization` of 0.90, and a reserve for activations
///   and CUDA graphs set so that 8B bf16 on an RTX 4090 holds the measured 41.4k tokens. llama.cpp
///   takes what is there: shares that admit every host that was measured, such as 70B q4_k_m on 48 GB.
public struct MemoryFit: Equatable, Sendable {
  /// Of this model, in bytes, all GPUs together.
  public let weights: Double
  public let usable: Double
  public let cacheBytesPerToken: Double
  public let cacheTokens: Int

  /// Of this many GPUs, in bytes.
  public let reserve: Double

  private static func utilisation(_ style: ServingStyle) -> Double {
    style == .serving ? 0.90 : 0.95
  }
  private static func reservePerGPU(_ style: ServingStyle) -> Double {
    style == .serving ? 1.7e9 : 0.8e9
  }

  /// - Parameter resident: Bytes of the weights of other models that the same GPUs keep loaded.
  /// - Throws: `.latentAttention`, `.invalidParallelism`, `.weightsExceedMemory`.
  public init(_ deployment: Deployment, beside resident: Double = 0) throws(DeploymentProblem) {
    let model = deployment.served.model
    let style = deployment.engine.style
    guard model.latentDimension == 0 || style == .serving else {
      throw .latentAttention(model: model.id, engine: deployment.engine.id)
    }
    try deployment.parallelism.validate(for: model, engine: deployment.engine)
    self.init(assuming: deployment, beside: resident)
    let needed = weights + resident + reserve
    guard usable - needed >= cacheBytesPerToken else {
      throw .weightsExceedMemory(
        served: deployment.served.description, gpu: deployment.gpu.id, needed: needed,
        available: usable)
    }
  }

  /// For a deployment that is known to have run, whatever the rules above say of it.
  package init(assuming deployment: Deployment, beside resident: Double = 0) {
    let model = deployment.served.model
    let style = deployment.engine.style
    let gpus = Double(deployment.parallelism.gpus)
    weights = deployment.served.weightBytes
    usable = Self.utilisation(style) * deployment.gpu.memory * gpus
    reserve = Self.reservePerGPU(style) * gpus
    // GPUs beyond the heads that can be divided hold copies; windows are small and left out.
    let copies = max(1, Double(deployment.parallelism.shards) / Double(model.cacheHeads))
    cacheBytesPerToken =
      model.cacheBytesPerToken * deployment.cache.shareOf16Bit * model.fullAttentionShare * copies
    let room = max(0, usable - weights - resident - reserve)
    // Counters of cached tokens are 32-bit; no machine of the catalogue comes near.
    cacheTokens = min(Int(room / cacheBytesPerToken), Int(Int32.max))
  }

  /// The longest prompt and output that fit, given the model's own limit.
  public func requestTokensMaximum(of model: LanguageModel) -> Int {
    min(cacheTokens, model.contextMaximum, model.modelledContext ?? .max)
  }
}

extension Parallelism {
  package func validate(
    for model: LanguageModel, engine: ServingEngine
  ) throws(DeploymentProblem) {
    guard (1...1_024).contains(gpus) else {
      throw .invalidParallelism("\(gpus) GPUs are not a possible host; give 1 to 1024")
    }
    switch self {
    case .single: break
    case .tensor(let count):
      guard model.heads.isMultiple(of: count) else {
        throw .invalidParallelism(
          "\(model.id) has \(model.heads) attention heads, which \(count) GPUs cannot share equally"
        )
      }
    case .layerSplit(let count):
      guard engine.style == .singleStream else {
        throw .invalidParallelism(
          "\(engine.id) does not deal out whole layers; use tensor parallelism")
      }
      guard count <= model.layers else {
        throw .invalidParallelism("\(model.id) has \(model.layers) layers for \(count) GPUs")
      }
    }
  }
}
