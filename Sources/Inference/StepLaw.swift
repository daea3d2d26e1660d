/// How long one engine step takes: a smooth roofline over the weights, plus cache reads, attention,
/// all-reduce and overheads. Compiled once per deployment; all members are in seconds, bytes or ratios.
///
/// - Source: doc comments of the terms; fitted on 4,013 published measurements.
public struct StepLaw: Equatable, Sendable {
  /// Bytes of weights that every step reads, and those of the routed experts.
  var denseBytes: Double
  var expertBytes: Double
  /// 1 − k/E: the chance that one token leaves a given expert untouched.
  var untouchedShare: Double
  var secondsPerByte: Double
  var secondsPerToken: Double
  var rooflineExponent: Double
  var shards: Double
  var secondsPerCachedToken: Double
  /// Per prompt token and token of its context.
  var secondsPerAttendedPair: Double
  var communicationPerStep: Double
  var communicationPerToken: Double
  var overheadPerStep: Double
  var overheadPerSequence: Double
  var overheadPerToken: Double
  /// Stages over which whole layers are dealt out; 1 unless layer-split.
  var pipelineStages: Int
  /// A host's own benchmark over the law's prediction; 1 without one.
  public private(set) var decodeScale = 1.0
  public private(set) var prefillScale = 1.0

  /// What one step consists of.
  public struct Terms: Equatable, Sendable {
    /// The weights' part, had it only bytes to read or only products to form.
    public var weightReading, products: Double
    /// Their p-norm.
    public var linear: Double
    public var cache, attention, communication, overhead: Double

    public var total: Double { linear + cache + attention + communication + overhead }
  }

  /// The terms of one step, before benchmark scaling.
  ///
  /// - Parameters:
  ///   - decoding: Sequences that each gain one token, n.
  ///   - cachedTokens: Tokens those sequences attend to in total, K.
  ///   - promptTokens: Prompt tokens processed in the same step, S.
  ///   - attendedPairs: S·C, with C the mean context of a prompt token.
  public func terms(
    decoding: Int, cachedTokens: Double, promptTokens: Int, attendedPairs: Double
  ) -> Terms {
    let tokens = Double(decoding + promptTokens)
    let bytes = denseBytes + expertBytes * (1 - power(untouchedShare, tokens))
    let reading = bytes * secondsPerByte
    let products = tokens * secondsPerToken
    return Terms(
      weightReading: reading / shards, products: products / shards,
      linear: power(
        power(reading, rooflineExponent) + power(products, rooflineExponent), 1 / rooflineExponent)
        / shards,
      cache: cachedTokens * secondsPerCachedToken,
      attention: attendedPairs * secondsPerAttendedPair,
      communication: communicationPerStep + tokens * communicationPerToken,
      overhead: overheadPerStep + Double(decoding) * overheadPerSequence + tokens * overheadPerToken
    )
  }

  /// Seconds that one step takes.
  ///
  /// - Parameter meanContext: C, averaged over the prompt tokens of the step.
  public func stepTime(
    decoding: Int, cachedTokens: Double, promptTokens: Int, meanContext: Double
  ) -> Double {
    let terms = terms(
      decoding: decoding, cachedTokens: cachedTokens, promptTokens: promptTokens,
      attendedPairs: Double(promptTokens) * meanContext)
    return terms.total * scale(decoding: decoding, promptTokens: promptTokens)
  }

  /// Seconds per output token of `concurrency` sequences that each hold `context` tokens.
  public func timePerOutputToken(concurrency: Int, context: Double) -> Double {
    stepTime(
      decoding: concurrency, cachedTokens: Double(concurrency) * context, promptTokens: 0,
      meanContext: 0)
  }

  /// Seconds to read a prompt alone on the host, in chunks of at most `chunk` tokens.
  ///
  /// Full chunks differ only in their context, and Σ sᵢ·(cᵢ + sᵢ/2) = S²/2 for any chunking, so the
  /// sum is closed: O(1).
  public func prefillTime(tokens: Int, chunk: Int) -> Double {
    precondition(tokens >= 0 && chunk > 0)
    let (full, rest) = tokens.quotientAndRemainder(dividingBy: chunk)
    func fixed(_ size: Int) -> Double {
      terms(decoding: 0, cachedTokens: 0, promptTokens: size, attendedPairs: 0).total
    }
    var time = Double(full) * (full > 0 ? fixed(chunk) : 0) + (rest > 0 ? fixed(rest) : 0)
    time += Double(tokens) * Double(tokens) / 2 * secondsPerAttendedPair
    return time * prefillScale * pipelineFactor(promptTokens: tokens)
  }

  /// A step's benchmark factor, weighted by the tokens that decode and that are read.
  func scale(decoding: Int, promptTokens: Int) -> Double {
    if promptTokens == 0 { return decodeScale }
    if decoding == 0 { return prefillScale }
    let share = Double(decoding) / Double(decoding + promptTokens)
    return decodeScale * share + prefillScale * (1 - share)
  }

  /// (m+n−1)/(m·n)/0.8 over n stages with m = min(4, ⌈S/512⌉) micro-batches in flight.
  private func pipelineFactor(promptTokens: Int) -> Double {
    guard pipelineStages > 1, promptTokens > 0 else { return 1 }
    let batches = Double(min(4, (promptTokens + 511) / 512))
    let stages = Double(pipelineStages)
    return (batches + stages - 1) / (batches * stages) / 0.8
  }
}

/// What a host's owner measured, which overrides the law's level but keeps its shape.
public struct BenchmarkPoint: Equatable, Sendable {
  /// Output tokens per second of the whole host while `concurrency` sequences of `context` tokens
  /// decode.
  public var decodeRate: Double?
  public var concurrency: Int
  public var context: Double
  /// Prompt tokens per second of one prompt of `promptTokens` alone.
  public var prefillRate: Double?
  public var promptTokens: Int

  public init(
    decodeRate: Double? = nil, concurrency: Int = 1, context: Double = 512,
    prefillRate: Double? = nil, promptTokens: Int = 512
  ) {
    self.decodeRate = decodeRate
    self.concurrency = concurrency
    self.context = context
    self.prefillRate = prefillRate
    self.promptTokens = promptTokens
  }
}

extension StepLaw {
  /// The same law through a measured point; decode and prefill scale apart.
  ///
  /// - Precondition: Rates are positive, counts at least 1.
  public func calibrated(to point: BenchmarkPoint, prefillChunk: Int) -> StepLaw {
    precondition(point.concurrency >= 1 && point.promptTokens >= 1)
    var law = self
    if let rate = point.decodeRate {
      precondition(rate > 0)
      let predicted = timePerOutputToken(concurrency: point.concurrency, context: point.context)
      law.decodeScale *= Double(point.concurrency) / rate / predicted
    }
    if let rate = point.prefillRate {
      precondition(rate > 0)
      let predicted = prefillTime(tokens: point.promptTokens, chunk: prefillChunk)
      law.prefillScale *= Double(point.promptTokens) / rate / predicted
    }
    return law
  }
}
