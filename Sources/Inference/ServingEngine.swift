/// One request at a time on the device, or many batched.
public enum ServingStyle: Equatable, Sendable { case singleStream, serving }

/// A serving engine, as far as its speed depends on how it schedules.
///
/// - Source: `Catalogue/engines.csv`.
public struct ServingEngine: Equatable, Sendable {
  /// Such as `vllm-new` or `llama.cpp`.
  public let id: String
  public let name: String
  public let style: ServingStyle
  /// Tokens that one prefill step takes when nothing else runs.
  public let prefillChunk: Int
  /// Sequences that run at once unless a scenario says otherwise.
  public let sequencesMaximum: Int
  /// Whether one attention kernel serves prompts and decodes of a step together, so that each query
  /// head then reads the cache for itself.
  public let unifiesAttention: Bool
  /// Whether 8- and 4-bit weights bring an 8-bit cache by default.
  public let quantisesCache: Bool

  /// How the engine spreads a model over the GPUs of a host: engines for one stream deal out whole
  /// layers, those that batch split every layer.
  public func parallelism(gpus: Int) -> Parallelism {
    gpus == 1 ? .single : style == .serving ? .tensor(gpus) : .layerSplit(gpus)
  }
}
