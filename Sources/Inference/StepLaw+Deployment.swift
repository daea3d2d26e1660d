extension StepLaw {
  /// All-reduce latency over PCIe where kernels were profiled, in seconds.
  fileprivate static let latencyOverPCIe = 20e-6

  /// - Throws: `.noCoefficients` for an architecture class that nobody measured, and what
  ///   `MemoryFit` throws.
  public init(_ deployment: Deployment) throws(DeploymentProblem) {
    _ = try MemoryFit(deployment)
    let gpu = deployment.gpu
    let model = deployment.served.model
    let factors = try EffectiveFactors(deployment)
    let shards = Double(deployment.parallelism.shards)
    let layers = Double(model.layers)
    let bytesPerWeight = deployment.served.precision.bitsPerWeight / 8
    let routed = model.experts?.parameters ?? 0
    denseBytes = (model.parameters - routed - model.embeddingOnlyParameters) * bytesPerWeight
    expertBytes = routed * bytesPerWeight
    untouchedShare = model.experts.map { 1 - Double($0.perToken) / Double($0.count) } ?? 1
    secondsPerByte = 1 / (gpu.memoryBandwidth * factors.bandwidth)
    secondsPerToken =
      2 * (model.activeParameters - model.embeddingOnlyParameters)
      / (deployment.served.precision.peakFlops(of: gpu) * factors.compute)
    rooflineExponent = factors.rooflineExponent
    self.shards = shards
    secondsPerCachedToken =
      model.cacheBytesPerToken * deployment.cache.shareOf16Bit
      / (gpu.memoryBandwidth * factors.cacheBandwidth) / shards
    secondsPerAttendedPair =
      4 * layers * Double(model.heads * model.headDimension)
      / (gpu.flopsAt16Bit * factors.attention)
      / shards
    let isTensorParallel = shards > 1
    // 16-bit activations, ring all-reduce, twice a layer.
    communicationPerStep = isTensorParallel ? 2 * layers * factors.allReduceLatency : 0
    communicationPerToken =
      2 * layers * 4 * Double(model.hidden) * (shards - 1) / shards
      / ((gpu.link ?? GPU.defaultLink) * Catalogue.coefficients.global.linkShare)
    overheadPerStep = factors.overheadPerStep + factors.overheadPerLayer * layers
    overheadPerSequence = factors.overheadPerSequence
    overheadPerToken = factors.overheadPerTokenAndLayer * layers
    pipelineStages = deployment.parallelism.pipelineStages
  }
}

/// Class, engine and precision figures combined; or those of the GPU's profiled kernels.
private struct EffectiveFactors {
  var bandwidth, compute, cacheBandwidth, attention, rooflineExponent: Double
  var overheadPerStep, overheadPerLayer, overheadPerSequence, overheadPerTokenAndLayer: Double
  var allReduceLatency: Double

  init(_ deployment: Deployment) throws(DeploymentProblem) {
    let table = Catalogue.coefficients
    let engine = deployment.engine
    let gpu = deployment.gpu
    guard let shares = table.efficiency(of: gpu.architectureClass, style: engine.style) else {
      throw .noCoefficients(architectureClass: gpu.architectureClass)
    }
    let precision = Self.precisionFactors(deployment.served.precision, gpu.architectureClass)
    bandwidth = shares.bandwidthShare * precision.bandwidth
    compute = shares.computeShare * engine.computeFactor * precision.compute
    cacheBandwidth = shares.cacheBandwidthShare * engine.cacheBandwidthFactor
    attention =
      engine.style == .singleStream
      ? table.global.attentionShareSingleStream : table.global.attentionShareServing
    rooflineExponent = table.global.rooflineExponent
    overheadPerStep = engine.overheadPerStep
    overheadPerLayer = engine.overheadPerLayer
    overheadPerSequence = engine.overheadPerSequence
    overheadPerTokenAndLayer = 0
    allReduceLatency = engine.allReduceLatency
    if deployment.coefficients == .kernelWhereProfiled, engine.style == .serving,
      deployment.served.precision.is16Bit, let kernel = table.kernel(of: gpu.id)
    {
      replace(by: kernel, classShares: shares, isLinkedByPCIe: gpu.isLinkedByPCIe)
    }
  }

  private mutating func replace(
    by kernel: KernelCoefficients, classShares: ClassCoefficients, isLinkedByPCIe: Bool
  ) {
    bandwidth = kernel.bandwidthShare
    compute = kernel.computeShare
    cacheBandwidth = kernel.cacheBandwidthShare ?? classShares.cacheBandwidthShare
    attention = kernel.attentionShare ?? attention
    rooflineExponent = kernel.rooflineExponent
    overheadPerStep = kernel.overheadPerStep
    overheadPerLayer = kernel.overheadPerLayer
    overheadPerSequence = kernel.overheadPerSequence
    overheadPerTokenAndLayer = kernel.overheadPerTokenAndLayer
    if isLinkedByPCIe { allReduceLatency = StepLaw.latencyOverPCIe }
  }

  private static func precisionFactors(
    _ precision: WeightPrecision, _ architectureClass: String
  ) -> QuantisationFactors {
    let table = Catalogue.coefficients
    switch precision {
    case .fp16, .bf16: return QuantisationFactors(bandwidth: 1, compute: 1)
    case .fp8:
      return QuantisationFactors(
        bandwidth: table.global.bandwidthFactorFP8, compute: table.global.computeFactorFP8)
    case .fp4, .mxfp4:
      return QuantisationFactors(
        bandwidth: table.global.bandwidthFactorFP4, compute: table.global.computeFactorFP4)
    case .q4KM, .q4Zero:
      return table.quantisationFactors(of: architectureClass)
        ?? QuantisationFactors(bandwidth: 1, compute: 1)
    }
  }
}
