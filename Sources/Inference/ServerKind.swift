/// A deployment and its settings compiled for simulation; shared by all servers that are alike.
///
/// Takes 8 bytes per token of the step budget and per sequence; compiling takes about 0.1 µs for each.
public struct ServerKind: Sendable {
  public let settings: ServerSettings
  public let law: StepLaw
  /// KV memory in tokens, whole blocks.
  public let cacheTokens: Int
  /// Prompt and output of one request together.
  public let contextMaximum: Int
  public let prefillChunk: Int
  /// Electrical power at full load in watts, where known.
  public let power: Double?

  let cacheBlocks: Int32
  let blockShift: Int32
  /// Ticks of a step that decodes n sequences and reads no prompt, without its cache reads; by n.
  let decodeTicks: [Int64]
  /// Ticks per cached token that decoding attends to.
  let cacheTicks: Int64
  /// Seconds of a step of T tokens that depend on T alone; by T.
  private let tokenSeconds: [Double]

  /// - Throws: Why the deployment cannot be: memory, coefficients, parallelism or settings.
  public init(
    _ deployment: Deployment, settings: ServerSettings, benchmark: BenchmarkPoint? = nil
  ) throws(DeploymentProblem) {
    let fit = try MemoryFit(deployment)
    var law = try StepLaw(deployment)
    let chunk = deployment.engine.prefillChunk
    if let benchmark { law = law.calibrated(to: benchmark, prefillChunk: chunk) }
    if settings.discipline == .continuousBatching, law.pipelineStages > 1 {
      throw .invalidParallelism("continuousBatching does not deal out whole layers")
    }
    try self.init(
      law: law, cacheTokens: settings.cacheTokens ?? fit.cacheTokens,
      contextMaximum: settings.contextMaximum ?? deployment.served.model.contextMaximum,
      prefillChunk: chunk, power: deployment.power, settings: settings)
  }

  /// A kind with any step law; the initialiser above is for catalogue hardware.
  public init(
    law: StepLaw, cacheTokens: Int, contextMaximum: Int, prefillChunk: Int = 512,
    power: Double? = nil, settings: ServerSettings
  ) throws(DeploymentProblem) {
    try settings.validate()
    self.settings = settings
    self.law = law
    self.contextMaximum = contextMaximum
    self.prefillChunk = prefillChunk
    self.power = power
    blockShift = Int32(settings.blockTokens.trailingZeroBitCount)
    cacheBlocks = Int32(cacheTokens >> Int(blockShift))
    self.cacheTokens = Int(cacheBlocks) << Int(blockShift)
    let isBatching = settings.discipline == .continuousBatching
    decodeTicks = (0...(isBatching ? settings.sequencesMaximum : 0)).map { count in
      let terms = law.terms(decoding: count, cachedTokens: 0, promptTokens: 0, attendedPairs: 0)
      return StepClock.ticks(rounding: terms.total * law.decodeScale)
    }
    cacheTicks = StepClock.ticks(rounding: law.secondsPerCachedToken * law.decodeScale)
    tokenSeconds = (0...(isBatching ? settings.tokenBudget : 0)).map { count in
      law.terms(decoding: 0, cachedTokens: 0, promptTokens: count, attendedPairs: 0).total
    }
  }

  /// Why a request of this size can never be served, or nil if it can.
  public func refusal(prompt: Int, output: Int) -> DeploymentProblem? {
    let tokens = prompt + output
    if tokens > contextMaximum {
      return .requestExceedsContext(tokens: tokens, limit: contextMaximum)
    }
    if tokens > cacheTokens { return .requestExceedsCache(tokens: tokens, capacity: cacheTokens) }
    return nil
  }

  /// Ticks of `steps` successive steps that each decode the same sequences and read no prompt.
  ///
  /// The cache grows by one token per sequence and step, so the sum is an arithmetic series.
  /// - Parameter attended: Tokens attended to in the first of the steps.
  func ticks(decoding: Int32, attended: Int64, steps: Int64) -> Int64 {
    let first = decodeTicks[Int(decoding)] + cacheTicks * attended
    return steps * first + cacheTicks * Int64(decoding) * (steps * (steps - 1) / 2)
  }

  /// Ticks of one step that reads prompt tokens, and decodes if `decoding` > 0.
  ///
  /// - Parameter doubledPairs: 2·S·C, whole because a chunk of s tokens from position c adds
  ///   s·(2c + s).
  func ticks(
    decoding: Int32, attended: Int64, promptTokens: Int64, doubledPairs: Int64
  ) -> Int64 {
    let seconds =
      tokenSeconds[Int(decoding) + Int(promptTokens)]
      + Double(decoding) * law.overheadPerSequence
      + Double(attended) * law.secondsPerCachedToken
      + Double(doubledPairs) * 0.5 * law.secondsPerAttendedPair
    let scale = law.scale(decoding: Int(decoding), promptTokens: Int(promptTokens))
    return StepClock.ticks(rounding: seconds * scale)
  }
}
