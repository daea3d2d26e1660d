/// A deployment and its settings, checked and compiled for simulation; shared by servers that are alike.
///
/// A fleet keeps 8 bytes per token of the step budget and per sequence for each batching kind.
public struct ServerKind: Sendable {
  public let settings: ServerSettings
  public let law: StepLaw
  /// KV memory in tokens, whole blocks.
  public let cacheTokens: Int
  /// Prompt and output of one request together.
  public let contextMaximum: Int
  /// Whether `contextMaximum` is where a sliding window begins that is not modelled.
  private let isWindowLimit: Bool
  public let prefillChunk: Int
  /// Electrical power at full load in watts, where known.
  public let power: Double?

  let timing: StepTiming

  /// - Parameter resident: Bytes of the weights of other models that the same GPUs keep loaded; what
  ///   they leave is the cache of whichever model a `fifo` server works with.
  /// - Throws: Why the deployment cannot be: memory, coefficients, parallelism or settings.
  public init(
    _ deployment: Deployment, settings: ServerSettings, benchmark: BenchmarkPoint? = nil,
    coefficients: CoefficientTable = Catalogue.coefficients, beside resident: Double = 0
  ) throws(DeploymentProblem) {
    let fit = try MemoryFit(deployment, beside: resident)
    var law = try StepLaw(deployment, coefficients: coefficients)
    let chunk = deployment.engine.prefillChunk
    if let benchmark { law = law.calibrated(to: benchmark, prefillChunk: chunk) }
    if settings.discipline == .continuousBatching, law.pipelineStages > 1 {
      throw .invalidParallelism(
        "\(deployment.engine.id) deals out whole layers, which suits fifo only, not continuousBatching"
      )
    }
    try self.init(
      law: law, cacheTokens: settings.cacheTokens ?? fit.cacheTokens,
      contextMaximum: settings.contextMaximum ?? deployment.served.model.contextMaximum,
      window: deployment.served.model.modelledContext, prefillChunk: chunk,
      power: deployment.power, settings: settings)
  }

  /// A kind with any step law; the initialiser above is for catalogue hardware.
  public init(
    law: StepLaw, cacheTokens: Int, contextMaximum: Int, window: Int? = nil,
    prefillChunk: Int = 512, power: Double? = nil, settings: ServerSettings
  ) throws(DeploymentProblem) {
    let isWindowLimit = window.map { $0 < contextMaximum } ?? false
    let contextMaximum = min(contextMaximum, window ?? .max)
    self.isWindowLimit = isWindowLimit
    try settings.validate()
    self.settings = settings
    self.law = law
    self.contextMaximum = contextMaximum
    self.prefillChunk = prefillChunk
    self.power = power
    let blockShift = settings.blockTokens.trailingZeroBitCount
    let cacheBlocks = cacheTokens >> blockShift
    self.cacheTokens = cacheBlocks << blockShift
    timing = StepTiming(
      isFIFO: settings.discipline == .fifo, schedulesAhead: settings.schedulesAhead,
      keepsFreedBlocks: settings.keepsFreedBlocks,
      blockShift: Int32(blockShift), cacheBlocks: Int32(cacheBlocks),
      tokenBudget: Int32(settings.tokenBudget),
      sequencesMaximum: Int32(settings.sequencesMaximum),
      requestTokensMaximum: Int64(min(cacheBlocks << blockShift, contextMaximum)),
      cacheTicks: StepClock.wholeTicks(law.secondsPerCachedToken * law.decodeScale),
      secondsPerCachedToken: law.secondsPerCachedTokenMixed,
      secondsPerAttendedPair: law.secondsPerAttendedPair,
      secondsPerPromptToken: law.overheadPerPromptToken, decodeScale: law.decodeScale,
      prefillScale: law.prefillScale)
  }

  /// Why a request of this size can never be served, or nil if it can.
  public func refusal(prompt: Int, output: Int) -> DeploymentProblem? {
    let tokens = prompt + output
    if tokens > contextMaximum {
      return isWindowLimit
        ? .requestExceedsWindow(tokens: tokens, window: contextMaximum)
        : .requestExceedsContext(tokens: tokens, limit: contextMaximum)
    }
    if tokens > cacheTokens { return .requestExceedsCache(tokens: tokens, capacity: cacheTokens) }
    return nil
  }
}
