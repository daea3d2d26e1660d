/// The figures of a server kind that its inner loop needs, as one plain row; tables lie elsewhere.
struct StepTiming: BitwiseCopyable {
  var isFIFO: Bool
  var schedulesAhead: Bool
  var keepsFreedBlocks: Bool
  var blockShift: Int32
  var cacheBlocks: Int32
  var tokenBudget: Int32
  var sequencesMaximum: Int32
  /// Prompt and output together, by memory and by the model's context.
  var requestTokensMaximum: Int64
  /// Where the kind's entries begin in `StepTables`.
  var decodeOffset = 0
  var tokenOffset = 0
  var sequenceOffset = 0
  /// Ticks per cached token that decoding attends to.
  var cacheTicks: Int64
  /// Per cached token that sequences attend to in a step that also reads prompts.
  var secondsPerCachedToken: Double
  var secondsPerAttendedPair: Double
  var secondsPerPromptToken: Double
  var decodeScale: Double
  var prefillScale: Double
}

/// What steps last by what they hold, for any number of kinds.
struct StepTables: ~Copyable {
  /// By kind.
  var timings = Pool<StepTiming>()
  /// Ticks of a step that decodes n sequences and reads no prompt, without its cache reads; by n.
  var decodeTicks = Pool<Int64>()
  /// Seconds of a step of T tokens that depend on T alone; by T.
  var tokenSeconds = Pool<Double>()
  /// Seconds of a step that reads prompts that depend on its decoding sequences alone; by n.
  var sequenceSeconds = Pool<Double>()

  /// - Returns: The number of the kind.
  mutating func add(_ timing: StepTiming, of law: StepLaw) -> Int {
    var timing = timing
    timing.decodeOffset = decodeTicks.count
    timing.tokenOffset = tokenSeconds.count
    timing.sequenceOffset = sequenceSeconds.count
    timings.append(timing)
    if !timing.isFIFO { tabulate(timing, of: law) }
    return timings.count - 1
  }

  private mutating func tabulate(_ timing: StepTiming, of law: StepLaw) {
    for count in 0...Int(timing.sequencesMaximum) {
      let terms = law.terms(decoding: count, cachedTokens: 0, promptTokens: 0, attendedPairs: 0)
      decodeTicks.append(StepClock.ticks(rounding: terms.total * law.decodeScale))
      sequenceSeconds.append(law.mixedSequenceTime(count))
    }
    for count in 0...Int(timing.tokenBudget) {
      tokenSeconds.append(law.tokenTime(count))
    }
  }

  /// Ticks of `steps` successive steps that each decode the same sequences and read no prompt.
  ///
  /// The cache grows by one token per sequence and step, so the sum is an arithmetic series.
  /// - Parameter attended: Tokens attended to in the first of the steps.
  @inline(__always)
  func ticks(kind: Int, decoding: Int32, attended: Int64, steps: Int64) -> Int64 {
    let perToken = timings[kind].cacheTicks
    let first = decodeTicks[timings[kind].decodeOffset + Int(decoding)] + perToken * attended
    return steps * first + perToken * Int64(decoding) * (steps * (steps - 1) / 2)
  }

  /// Ticks of one step that reads prompt tokens, and decodes if `decoding` > 0.
  ///
  /// - Parameter doubledPairs: 2·S·C, whole because a chunk of s tokens from position c adds
  ///   s·(2c + s).
  @inline(__always)
  func ticks(
    kind: Int, decoding: Int32, attended: Int64, promptTokens: Int64, doubledPairs: Int64
  ) -> Int64 {
    let seconds =
      tokenSeconds[timings[kind].tokenOffset + Int(decoding) + Int(promptTokens)]
      + sequenceSeconds[timings[kind].sequenceOffset + Int(decoding)]
      + Double(promptTokens) * timings[kind].secondsPerPromptToken
      + Double(attended) * timings[kind].secondsPerCachedToken
      + Double(doubledPairs) * 0.5 * timings[kind].secondsPerAttendedPair
    let (decode, prefill) = (timings[kind].decodeScale, timings[kind].prefillScale)
    if decode == prefill { return StepClock.ticks(rounding: seconds * decode) }
    let share = Double(decoding) / Double(Int64(decoding) + promptTokens)
    return StepClock.ticks(rounding: seconds * (decode * share + prefill * (1 - share)))
  }
}
