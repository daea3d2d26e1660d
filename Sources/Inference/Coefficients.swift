/// Shares of the data sheet that an architecture class reaches, by style of serving.
///
/// - Source: `Catalogue/coefficients.csv`, class rows.
public struct ClassCoefficients: Equatable, Sendable {
  public let architectureClass: String
  public let style: ServingStyle
  /// Of peak bandwidth, reading weights.
  public let bandwidthShare: Double
  /// Of peak FLOP/s.
  public let computeShare: Double
  /// Of peak bandwidth, reading the KV cache.
  public let cacheBandwidthShare: Double
  /// Rows behind the figures; 0 or 1 means a prior, not a measurement.
  public let calibrationRows: Int
}

/// Factors on the two shares above for 4-bit llama.cpp weights, by architecture class.
struct QuantisationFactors: Equatable, Sendable {
  let bandwidth: Double
  let compute: Double
}

/// One request at a time on the device, or many batched.
public enum ServingStyle: Equatable, Sendable { case singleStream, serving }

/// What a serving engine adds to a step; times in seconds.
///
/// - Source: `Catalogue/coefficients.csv`, engine rows.
public struct ServingEngine: Equatable, Sendable {
  /// Such as `vllm-new` or `llama.cpp`.
  public let id: String
  public let style: ServingStyle
  public let computeFactor: Double
  public let cacheBandwidthFactor: Double
  public let overheadPerStep: Double
  public let overheadPerLayer: Double
  public let overheadPerSequence: Double
  public let allReduceLatency: Double
  /// Tokens that one prefill step takes when nothing else runs.
  public let prefillChunk: Int
}

/// Figures of one GPU from its profiled kernels; they replace class and engine figures.
///
/// - Source: `Catalogue/coefficients.csv`, kernel rows (16-bit weights, batched serving).
public struct KernelCoefficients: Equatable, Sendable {
  public let gpu: String
  public let bandwidthShare: Double
  public let computeShare: Double
  public let cacheBandwidthShare: Double?
  public let rooflineExponent: Double
  public let attentionShare: Double?
  public let overheadPerStep: Double
  public let overheadPerLayer: Double
  public let overheadPerSequence: Double
  /// Norms, rotary embedding and activation, per token and layer.
  public let overheadPerTokenAndLayer: Double
}

/// Figures common to all classes.
struct GlobalCoefficients: Equatable, Sendable {
  let rooflineExponent: Double
  let attentionShareSingleStream: Double
  let attentionShareServing: Double
  let linkShare: Double
  let bandwidthFactorFP8: Double
  let bandwidthFactorFP4: Double
  let computeFactorFP8: Double
  let computeFactorFP4: Double
}
