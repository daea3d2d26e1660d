/// Figures of one GPU from its profiled kernels; they replace what engines and classes share.
///
/// - Source: `Catalogue/kernels.csv` (16-bit weights and cache, vLLM's kernels).
public struct KernelCoefficients: Equatable, Sendable {
  public let gpu: String
  /// Of peak bandwidth and FLOP/s, in products of weights, and p of their smooth roofline.
  public let weightBandwidth, compute, rooflineExponent: Double
  /// Of peak FLOP/s, in products of experts; their weights are read as all others are.
  public let expertCompute: Double
  /// Launches and small kernels, in seconds per layer, and what experts add to that.
  public let layerOverhead, expertLayerOverhead: Double
  /// Passes over the activations by norms, rotary embedding and gating, as a factor on their bytes.
  public let activationTraffic: Double
  /// Of peak bandwidth, reading the cache in steps that only decode.
  public let cacheBandwidth: Double
  /// Decode attention, in seconds per sequence, layer and 32 query heads.
  public let sequenceLayerOverhead: Double
  /// Sampling, in seconds per sequence.
  public let samplingOverhead: Double
  /// Rate at which query heads read their cached tokens in steps that also read prompts, as a share
  /// of peak bandwidth. Above 1, because heads of one group meet in the second-level cache.
  public let mixedHeadBandwidth: Double
  /// As `sequenceLayerOverhead`, in steps that also read prompts.
  public let mixedSequenceLayerOverhead: Double
  /// Prefill attention, in seconds per prompt token, layer and 32 query heads.
  public let promptTokenOverhead: Double
  /// Prefill attention, share of peak FLOP/s at 16 bits.
  public let attentionShare: Double
}
