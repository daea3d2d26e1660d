/// What runs on one host: a served model on a number of equal GPUs under a serving engine.
public struct Deployment: Equatable, Sendable {
  public var gpu: GPU
  public var served: ServedModel
  public var parallelism: Parallelism
  public var engine: ServingEngine
  public var cache: CachePrecision
  /// Which coefficients to prefer where the GPU's kernels were profiled.
  public var coefficients: CoefficientLevel

  public init(
    gpu: GPU, serving served: ServedModel, engine: ServingEngine,
    parallelism: Parallelism = .single, cache: CachePrecision = .fp16,
    coefficients: CoefficientLevel = .kernelWhereProfiled
  ) {
    self.gpu = gpu
    self.served = served
    self.parallelism = parallelism
    self.engine = engine
    self.cache = cache
    self.coefficients = coefficients
  }

  /// Electrical power at full load in watts, where the maker states it.
  public var power: Double? { gpu.thermalDesignPower.map { $0 * Double(parallelism.gpus) } }
}

/// How a model spreads over the GPUs of a host.
public enum Parallelism: Equatable, Sendable {
  case single
  /// Every layer split over n GPUs that exchange activations twice a layer.
  case tensor(Int)
  /// Whole layers dealt out over n GPUs, as llama.cpp does: decode gains nothing, prefill pipelines.
  case layerSplit(Int)

  public var gpus: Int {
    switch self {
    case .single: 1
    case .tensor(let count), .layerSplit(let count): count
    }
  }

  var shards: Int { if case .tensor(let count) = self { count } else { 1 } }
  var pipelineStages: Int { if case .layerSplit(let count) = self { count } else { 1 } }
}

public enum CoefficientLevel: Equatable, Sendable {
  /// Kernel rows for 16-bit weights in a batching engine, where there are any; else by class.
  case kernelWhereProfiled
  case architectureClass
}

/// Why a deployment or a request is refused.
public enum DeploymentProblem: Error, Equatable, CustomStringConvertible, Sendable {
  case weightsExceedMemory(served: String, gpu: String, needed: Double, available: Double)
  case noCoefficients(architectureClass: String)
  case latentAttention(model: String, engine: String)
  case invalidParallelism(String)
  case invalidSettings(String)
  case requestExceedsCache(tokens: Int, capacity: Int)
  case requestExceedsContext(tokens: Int, limit: Int)
  case requestExceedsWindow(tokens: Int, window: Int)

  public var description: String {
    switch self {
    case .weightsExceedMemory(let served, let gpu, let needed, let available):
      "\(served) does not fit on \(gpu): weights and reserve take \(gigabytes(needed)), "
        + "\(gigabytes(available)) of memory can be used"
    case .noCoefficients(let architectureClass):
      "no efficiency figures exist for GPUs of class \"\(architectureClass)\""
    case .latentAttention(let model, let engine):
      "\(model) uses multi-head latent attention, which nobody measured under \(engine)"
    case .invalidParallelism(let reason), .invalidSettings(let reason): reason
    case .requestExceedsCache(let tokens, let capacity):
      "the request needs \(tokens) tokens of KV cache; the host holds \(capacity)"
    case .requestExceedsContext(let tokens, let limit):
      "the request needs a context of \(tokens) tokens; the model allows \(limit)"
    case .requestExceedsWindow(let tokens, let window):
      "the request needs a context of \(tokens) tokens; beyond \(window) the model's layers attend to "
        + "a sliding window, whose cache engines keep differently and nobody measured"
    }
  }

  private func gigabytes(_ bytes: Double) -> String {
    let tenths = Int64((bytes / 1e8).rounded())
    return "\(tenths / 10).\(tenths % 10) GB"
  }
}
