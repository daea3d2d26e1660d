/// What the step law takes from fits: shares of data-sheet peaks, overheads, latencies.
///
/// Times are in seconds, the rest are ratios but where said. A quantity's value for a deployment is
/// the product of the rows of `Catalogue/coefficients.csv` whose keys apply to it; a key that has no
/// row counts as 1.
public enum Quantity: Int, CaseIterable, Sendable {
  /// Of peak bandwidth, reading weights.
  case weightBandwidth
  /// Of peak FLOP/s, forming products of weights.
  case compute
  /// On `compute`, for the products of experts.
  case expertCompute
  /// Of peak bandwidth, reading the KV cache in steps that only decode.
  case cacheBandwidth
  /// γ in (query heads per key–value head)^γ: how far an engine reads the cache once per query head.
  case queryHeadExponent
  /// On `weightBandwidth`, for the weights of experts.
  case expertReading
  case stepOverhead, layerOverhead, expertLayerOverhead, sequenceOverhead
  case allReduceLatency
  /// Of the link's bandwidth, in all-reduce.
  case linkShare
  /// p of the smooth roofline.
  case rooflineExponent
  /// Of peak FLOP/s at 16 bits, attention over prompts.
  case attentionShare
  /// Bytes per query head and pair of tokens where attention writes its scores to memory.
  case attentionTraffic
  /// Of peak bandwidth, writing 4-bit weights out at 16 bits before a batched product.
  case dequantisationBandwidth
  /// Of the speed that a pipeline of layers would ideally reach.
  case pipelineEfficiency
  /// α in (watts per FLOP/s)^α: how far power limits batched products.
  case powerExponent
  /// From submission to the first step and from the last one to the caller, in seconds.
  case firstToken
  /// Share of other requests' prompts that a request sees read while it decodes.
  case interference

  /// As `coefficients.csv` spells it.
  public var name: String {
    switch self {
    case .weightBandwidth: "weight_bandwidth"
    case .compute: "compute"
    case .expertCompute: "expert_compute"
    case .cacheBandwidth: "cache_bandwidth"
    case .queryHeadExponent: "query_head_exponent"
    case .expertReading: "expert_reading"
    case .stepOverhead: "step_overhead_s"
    case .layerOverhead: "layer_overhead_s"
    case .expertLayerOverhead: "expert_layer_overhead_s"
    case .sequenceOverhead: "sequence_overhead_s"
    case .allReduceLatency: "allreduce_latency_s"
    case .linkShare: "link_share"
    case .rooflineExponent: "roofline_exponent"
    case .attentionShare: "attention_share"
    case .attentionTraffic: "attention_traffic_bytes"
    case .dequantisationBandwidth: "dequantisation_bandwidth"
    case .pipelineEfficiency: "pipeline_efficiency"
    case .powerExponent: "power_exponent"
    case .firstToken: "first_token_s"
    case .interference: "interference"
    }
  }

  /// - Returns: The keys of a deployment under this quantity, most general first; none where the
  ///   quantity plays no part.
  package func keys(_ kind: CoefficientKeys) -> [String] {
    let (gpu, engine, style) = (kind.architectureClass, kind.engine, kind.style)
    let isSingle = kind.isSingleStream
    switch self {
    case .weightBandwidth:
      return ["\(gpu)|\(style)"] + kind.precisionKeys + ["\(kind.gpu)|\(style)"]
    case .compute:
      return ["\(gpu)|\(style)"] + (isSingle ? [] : kind.precisionKeys)
        + [engine, "\(kind.gpu)|\(style)", "\(gpu)|\(engine)"]
    case .cacheBandwidth: return ["\(gpu)|\(style)", engine]
    case .expertCompute, .expertReading, .expertLayerOverhead:
      return kind.expertKey.map { ["*", $0] } ?? []
    case .queryHeadExponent: return ["*", "\(engine)|\(kind.vendor)"]
    case .stepOverhead, .layerOverhead: return ["*", engine]
    case .sequenceOverhead: return ["*", engine, "\(gpu)|\(engine)"]
    case .allReduceLatency: return kind.isSharded ? ["*", engine, gpu] : []
    case .linkShare: return kind.isSharded ? ["*", gpu] : []
    case .rooflineExponent: return [style]
    case .attentionShare: return isSingle ? [] : ["*"]
    case .attentionTraffic: return isSingle ? ["*", gpu] : []
    case .dequantisationBandwidth: return kind.isDequantised ? ["*", gpu] : []
    case .pipelineEfficiency: return isSingle ? ["*", kind.isGeForce ? "geforce" : "other"] : []
    case .powerExponent: return isSingle ? ["*"] : []
    case .firstToken: return ["*", engine]
    case .interference: return ["*", kind.engineVersion]
    }
  }
}

/// What of a deployment selects its rows of coefficients.
package struct CoefficientKeys: Equatable, Sendable {
  let gpu, architectureClass, vendor: String
  /// `single` or `serving`.
  let style: String
  let engine: String
  /// The engine, or a version of it that schedules otherwise.
  let engineVersion: String
  /// `fp8`, then `fp8|hopper`; none at 16 bits.
  let precisionKeys: [String]
  /// Which experts run under which engine; nil in a dense model.
  let expertKey: String?
  let isSharded: Bool
  let isDequantised: Bool

  var isSingleStream: Bool { style == "single" }
  /// Parts whose data sheet halves the rate of products that accumulate at 32 bits.
  var isGeForce: Bool { GPU.hasHalfRate(architectureClass) }

  package init(_ deployment: Deployment, engineVersion: String? = nil) {
    let (gpu, served) = (deployment.gpu, deployment.served)
    let isSingle = deployment.engine.style == .singleStream
    self.gpu = gpu.id
    architectureClass = gpu.architectureClass
    vendor = gpu.vendor
    style = isSingle ? "single" : "serving"
    engine = deployment.engine.id
    self.engineVersion = engineVersion ?? deployment.engine.id
    let precision = served.precision.coefficientKey
    precisionKeys = precision.map { [$0, "\($0)|\(gpu.architectureClass)"] } ?? []
    let attention = served.model.latentDimension > 0 ? "mla" : "moe"
    let kind = served.precision == .mxfp4 ? "mxfp4-moe" : attention
    let engineID = deployment.engine.id
    expertKey = served.model.experts.map { _ in "\(kind)|\(engineID)" }
    isSharded = deployment.parallelism.shards > 1
    isDequantised = isSingle && served.precision.is4BitInteger
  }
}
