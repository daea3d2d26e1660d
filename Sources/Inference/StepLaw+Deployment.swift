extension StepLaw {
  /// All-reduce latency over PCIe where kernels were profiled, in seconds.
  fileprivate static let latencyOverPCIe = 20e-6

  /// - Parameter table: Coefficients of classes and engines; kernels that were profiled go before
  ///   them unless the deployment asks for its class's.
  /// - Throws: `.noCoefficients` for an architecture class that nobody measured, and what
  ///   `MemoryFit` throws.
  public init(
    _ deployment: Deployment, coefficients table: CoefficientTable = Catalogue.coefficients
  ) throws(DeploymentProblem) {
    _ = try MemoryFit(deployment)
    let keys = CoefficientKeys(deployment)
    guard table.covers(keys) else {
      throw .noCoefficients(architectureClass: deployment.gpu.architectureClass)
    }
    let shape = StepShape(deployment)
    let factors = table.factors(keys)
    self.init(shape, factors)
    if let kernel = deployment.profiledKernels {
      replace(by: kernel, shape, factors, isLinkedByPCIe: deployment.gpu.isLinkedByPCIe)
    } else if deployment.engine.unifiesAttention,
      let share = Catalogue.mixedHeadBandwidth(of: deployment.gpu.architectureClass)
    {
      mixHeads(shape, bandwidth: share)
    }
  }

  package init(_ shape: StepShape, _ factors: StepFactors) {
    // No fit may claim more than the memory delivers.
    let weightBandwidth = shape.bandwidth * min(factors[.weightBandwidth], 1)
    let cacheBandwidth =
      shape.bandwidth * min(factors[.cacheBandwidth], 1)
      / power(shape.queryHeadsPerKeyHead, factors[.queryHeadExponent])
    let flops =
      shape.flops * factors[.compute]
      * (shape.isSingleStream ? power(shape.relativePower, factors[.powerExponent]) : 1)
    let exponent = factors[.rooflineExponent]
    layers = Roofline(
      reading: shape.layerBytes / weightBandwidth / shape.shards,
      perToken: shape.layerWork / flops / shape.shards, exponent: exponent)
    experts = Roofline(
      reading: shape.expertBytes / (weightBandwidth * factors[.expertReading]) / shape.shards,
      perToken: shape.expertWork / (flops * factors[.expertCompute]) / shape.shards,
      exponent: exponent)
    head = Roofline(
      reading: shape.headBytes / weightBandwidth / shape.shards,
      perToken: shape.headWork / flops / shape.shards, exponent: exponent)
    untouchedShare = shape.untouchedShare
    let attentionFlops = shape.flopsAt16Bit * factors[.attentionShare]
    secondsPerCachedToken = max(
      shape.cacheBytesPerToken / cacheBandwidth / shape.cacheShards,
      shape.latentWorkPerToken / shape.shards / attentionFlops)
    secondsPerCachedTokenMixed = secondsPerCachedToken
    secondsPerAttendedPair =
      shape.isSingleStream
      ? shape.layers * shape.queryHeads * factors[.attentionTraffic] / shape.bandwidth
      : shape.pairWork / attentionFlops / shape.shards
    let isShared = shape.shards > 1
    // 16-bit activations, ring all-reduce, twice a layer.
    communicationPerStep = isShared ? 2 * shape.layers * factors[.allReduceLatency] : 0
    communicationPerToken =
      2 * shape.layers * 4 * shape.hidden * (shape.shards - 1) / shape.shards
      / (shape.link * factors[.linkShare])
    let isSparse = shape.expertBytes > 0
    overheadPerStep =
      factors[.stepOverhead] + shape.layers
      * (factors[.layerOverhead] + (isSparse ? factors[.expertLayerOverhead] : 0))
    overheadPerSequence =
      factors[.sequenceOverhead]
      + shape.windowBytesPerSequence / cacheBandwidth / shape.cacheShards
    overheadPerSequenceMixed = overheadPerSequence
    overheadPerToken = 0
    overheadPerPromptToken = 0
    overheadPerPromptStep =
      shape.dequantisedBytes / (shape.bandwidth * factors[.dequantisationBandwidth])
    firstTokenDelay = factors[.firstToken]
    interference = factors[.interference]
    pipelineStages = shape.pipelineStages
    pipelineEfficiency = factors[.pipelineEfficiency]
  }

  /// What profiled kernels say, with the engine's overhead per step, which no kernel shows.
  private mutating func replace(
    by kernel: KernelCoefficients, _ shape: StepShape, _ factors: StepFactors,
    isLinkedByPCIe: Bool
  ) {
    let weightBandwidth = shape.bandwidth * kernel.weightBandwidth
    func roofline(_ bytes: Double, _ work: Double, _ compute: Double) -> Roofline {
      Roofline(
        reading: bytes / weightBandwidth / shape.shards,
        perToken: work / (shape.flops * compute) / shape.shards,
        exponent: kernel.rooflineExponent)
    }
    layers = roofline(shape.layerBytes, shape.layerWork, kernel.compute)
    experts = roofline(shape.expertBytes, shape.expertWork, kernel.expertCompute)
    head = roofline(shape.headBytes, shape.headWork, kernel.compute)
    let cacheBandwidth = shape.bandwidth * kernel.cacheBandwidth
    secondsPerCachedToken = shape.cacheBytesPerToken / cacheBandwidth / shape.cacheShards
    secondsPerAttendedPair =
      shape.pairWork / (shape.flopsAt16Bit * kernel.attentionShare) / shape.shards
    let isSparse = shape.expertBytes > 0
    overheadPerStep =
      factors[.stepOverhead] + shape.layers
      * (kernel.layerOverhead + (isSparse ? kernel.expertLayerOverhead : 0))
    // Attention kernels do their work per query head.
    let heads = shape.layers * shape.queryHeads / 32 / shape.shards
    let window = shape.windowBytesPerSequence / cacheBandwidth / shape.cacheShards
    overheadPerSequence = kernel.samplingOverhead + kernel.sequenceLayerOverhead * heads + window
    overheadPerSequenceMixed =
      kernel.samplingOverhead + kernel.mixedSequenceLayerOverhead * heads + window
    overheadPerToken =
      shape.activationBytesPerToken * kernel.activationTraffic / shape.bandwidth
    overheadPerPromptToken = kernel.promptTokenOverhead * heads
    mixHeads(shape, bandwidth: kernel.mixedHeadBandwidth)
    if isLinkedByPCIe, shape.shards > 1 {
      communicationPerStep = 2 * shape.layers * Self.latencyOverPCIe
    }
  }

  /// Every query head reads its cached tokens for itself, from the second-level cache where it can.
  private mutating func mixHeads(_ shape: StepShape, bandwidth share: Double) {
    secondsPerCachedTokenMixed = max(
      secondsPerCachedToken,
      shape.cacheBytesPerToken * shape.queryHeadsPerKeyHead / (shape.bandwidth * share)
        / shape.cacheShards)
  }
}

extension Deployment {
  /// Kernel figures, where the GPU has them and they apply: 16-bit weights and cache, batched.
  fileprivate var profiledKernels: KernelCoefficients? {
    guard coefficients == .kernelWhereProfiled, engine.style == .serving, engine.unifiesAttention,
      served.precision.is16Bit, served.model.latentDimension == 0
    else { return nil }
    return Catalogue.kernels.first { $0.gpu == gpu.id }
  }
}

extension Catalogue {
  /// By analogy: a profiled GPU of the same architecture, or the slower of all that are profiled.
  fileprivate static func mixedHeadBandwidth(of architectureClass: String) -> Double? {
    let family = architectureClass.prefix { $0 != "-" }
    // Hopper and data-centre Blackwell have kernels that keep a group of heads together.
    guard
      ["ampere", "ada", "turing"].contains(family)
        || ["blackwell-geforce", "blackwell-pro"].contains(architectureClass)
    else { return nil }
    let profiled = kernels.filter { kernel in
      gpus.contains { $0.id == kernel.gpu && $0.architectureClass.hasPrefix(family) }
    }
    return (profiled.isEmpty ? kernels : profiled).map(\.mixedHeadBandwidth).min()
  }
}
