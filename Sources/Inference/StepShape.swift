/// What a step moves and computes under a deployment, from data sheets and model shapes alone.
///
/// Rates are per second, sizes in bytes; weights and products are those of all GPUs together.
package struct StepShape: Equatable, Sendable {
  var bandwidth, flops, flopsAt16Bit, link: Double
  /// Dense matrices of the layers, routed experts, and the output matrix.
  var layerBytes, expertBytes, headBytes: Double
  /// FLOPs per token in the same three; an expert model's token passes `perToken` experts.
  var layerWork, expertWork, headWork: Double
  /// 1 − k/E: the chance that one token leaves a given expert untouched.
  var untouchedShare: Double
  var shards, cacheShards: Double
  var layers, hidden, queryHeads: Double
  var queryHeadsPerKeyHead: Double
  var headDimension: Double
  /// Of layers that attend to the whole context; and of all windowed layers' full windows.
  var cacheBytesPerToken, windowBytesPerSequence: Double
  /// FLOPs per cached token of latent attention, which forms products with the compressed cache.
  var latentWorkPerToken: Double
  /// FLOPs per pair of tokens in attention over prompts.
  var pairWork: Double
  /// Read and written by norms, rotary embedding and gating, per token and over all layers.
  var activationBytesPerToken: Double
  /// 16-bit size of weights that are written out before a batched product; 0 if none are.
  var dequantisedBytes: Double
  /// Watts per TFLOP/s over 1.2; 1 where no power limit is stated or power is not at issue.
  var relativePower: Double
  var isSingleStream: Bool
  var pipelineStages: Int

  package init(_ deployment: Deployment) {
    let (gpu, served) = (deployment.gpu, deployment.served)
    let model = served.model
    let isSingle = deployment.engine.style == .singleStream
    bandwidth = gpu.memoryBandwidth
    flopsAt16Bit = gpu.flopsAt16Bit
    let peak = served.precision.peakFlops(of: gpu)
    // llama.cpp accumulates at 16 bits, which GeForce parts do at twice the data sheet's rate.
    flops = isSingle ? gpu.flopsAt16Bit * (GPU.hasHalfRate(gpu.architectureClass) ? 2 : 1) : peak
    link = gpu.link ?? GPU.defaultLink
    let routed = model.experts?.parameters ?? 0
    let active = routed * (model.experts.map { Double($0.perToken) / Double($0.count) } ?? 0)
    let head = model.outputParameters
    layerBytes =
      (model.parameters - routed - model.embeddingOnlyParameters - head) * served.bytesPerWeight
    expertBytes = routed * served.bytesPerExpertWeight
    headBytes = head * served.bytesPerWeight
    layerWork = 2 * (model.activeParameters - model.embeddingOnlyParameters - active - head)
    expertWork = 2 * active
    headWork = 2 * head
    untouchedShare = model.experts.map { 1 - Double($0.perToken) / Double($0.count) } ?? 1
    shards = Double(deployment.parallelism.shards)
    cacheShards = min(shards, Double(model.cacheHeads))
    layers = Double(model.layers)
    hidden = Double(model.hidden)
    queryHeads = Double(model.heads)
    headDimension = Double(model.headDimension)
    queryHeadsPerKeyHead =
      model.latentDimension > 0 ? 1 : queryHeads / Double(model.keyValueHeads)
    let cacheBytes = model.cacheBytesPerToken * deployment.cache.shareOf16Bit
    cacheBytesPerToken = cacheBytes * model.fullAttentionShare
    windowBytesPerSequence =
      cacheBytes * (1 - model.fullAttentionShare) * Double(model.attentionWindow ?? 0)
    // Each head multiplies with the latent and its rotary part, then with the latent again.
    let latent = Double(model.latentDimension)
    latentWorkPerToken = latent > 0 ? layers * queryHeads * 2 * (2 * latent - 64) : 0
    pairWork = 4 * layers * queryHeads * headDimension
    let projected = Double(2 * (model.heads + model.keyValueHeads) * model.headDimension)
    let gated = model.experts == nil ? 3 * Double(model.intermediate) : 0
    activationBytesPerToken = layers * 2 * (4 * hidden + (projected + gated) / shards)
    dequantisedBytes =
      isSingle && served.precision.is4BitInteger ? model.parameters * 2 : 0
    let power = gpu.thermalDesignPower ?? 1.2 * flops / 1e12
    relativePower = isSingle ? power / (1.2 * flops / 1e12) : 1
    isSingleStream = isSingle
    pipelineStages = deployment.parallelism.pipelineStages
  }
}
