/// How long one engine step takes: smooth rooflines over the weights of layers, experts and output
/// matrix, plus cache reads, attention, all-reduce and overheads. Compiled once per deployment; all
/// members are in seconds or ratios.
///
/// - Source: doc comments of the terms; fitted on 4,013 published measurements, or from kernel
///   profiles where a GPU has them.
public struct StepLaw: Equatable, Sendable {
  /// Divided by the GPUs that share them.
  var layers = Roofline.none
  var experts = Roofline.none
  var head = Roofline.none
  /// 1 − k/E: the chance that one token leaves a given expert untouched.
  var untouchedShare = 1.0
  /// In steps that only decode, and in steps that also read prompts.
  var secondsPerCachedToken = 0.0
  var secondsPerCachedTokenMixed = 0.0
  /// Per prompt token and token of its context.
  package var secondsPerAttendedPair = 0.0
  var communicationPerStep = 0.0
  var communicationPerToken = 0.0
  var overheadPerStep = 0.0
  var overheadPerSequence = 0.0
  var overheadPerSequenceMixed = 0.0
  var overheadPerToken = 0.0
  var overheadPerPromptToken = 0.0
  /// Of every step that reads a prompt: weights written out at 16 bits.
  var overheadPerPromptStep = 0.0
  /// Before a request's first step and after its last: handing it in and its tokens back.
  package var firstTokenDelay = 0.0
  /// Share of other requests' prompts that a request sees read while it decodes; 1 when steps mix
  /// prompts and decodes evenly, 1/2 when all prompts of a burst are read before any decode.
  package var interference = 1.0
  /// Stages over which whole layers are dealt out; 1 unless layer-split.
  var pipelineStages = 1
  var pipelineEfficiency = 1.0
  /// A host's own benchmark over the law's prediction; 1 without one.
  public private(set) var decodeScale = 1.0
  public private(set) var prefillScale = 1.0

  /// A law of overheads alone, whose servers are queues with closed forms: `fifo` serves one after the
  /// other; steps that cost the same for any number of sequences are that many servers; steps that cost
  /// so much per sequence share one server's time.
  package static func overheads(perStep: Double = 0, perSequence: Double = 0) -> StepLaw {
    StepLaw(
      overheadPerStep: perStep, overheadPerSequence: perSequence,
      overheadPerSequenceMixed: perSequence)
  }

  /// What one step consists of.
  public struct Terms: Equatable, Sendable {
    /// The weights' part, had it only bytes to read or only products to form.
    public var weightReading, products: Double
    /// The sum of their p-norms.
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
    terms(
      decoding: Double(decoding), cachedTokens: cachedTokens, promptTokens: Double(promptTokens),
      attendedPairs: attendedPairs)
  }

  /// As above, for the mean sizes of a benchmark, which need not be whole.
  package func terms(
    decoding: Double, cachedTokens: Double, promptTokens: Double, attendedPairs: Double
  ) -> Terms {
    let tokens = decoding + promptTokens
    // Only tokens that are continued meet the output matrix: one per sequence, not one per prompt
    // token.
    let sequences = max(decoding, 1)
    let touched = touchedShare(tokens: tokens)
    let reading = layers.reading + experts.reading * touched + head.reading
    let products =
      tokens * (layers.perToken + experts.perToken) + sequences * head.perToken
    let isMixed = promptTokens > 0
    return Terms(
      weightReading: reading, products: products,
      linear: layerTime(tokens: tokens) + head.time(tokens: sequences),
      cache: cachedTokens * (isMixed ? secondsPerCachedTokenMixed : secondsPerCachedToken),
      attention: attendedPairs * secondsPerAttendedPair
        + promptTokens * overheadPerPromptToken,
      communication: communicationPerStep + tokens * communicationPerToken,
      overhead: overheadPerStep + tokens * overheadPerToken
        + decoding * (isMixed ? overheadPerSequenceMixed : overheadPerSequence)
        + (isMixed ? overheadPerPromptStep : 0))
  }

  /// Expected share of the experts that at least one of the tokens chooses.
  private func touchedShare(tokens: Double) -> Double { 1 - power(untouchedShare, tokens) }

  /// Products of the layers, dense and expert.
  private func layerTime(tokens: Double) -> Double {
    layers.time(tokens: tokens)
      + experts.time(tokens: tokens, readingShare: touchedShare(tokens: tokens))
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
  /// Full chunks differ only in their context, and Σ sᵢ·(cᵢ + sᵢ/2) = S·(c₀ + S/2) for any chunking,
  /// so the sum is closed: O(1).
  /// - Parameter cached: c₀, tokens before them that are in the cache already.
  public func prefillTime(tokens: Int, after cached: Int = 0, chunk: Int) -> Double {
    precondition(tokens >= 0 && cached >= 0 && chunk > 0)
    let (full, rest) = tokens.quotientAndRemainder(dividingBy: chunk)
    func fixed(_ size: Int) -> Double {
      terms(decoding: 0, cachedTokens: 0, promptTokens: size, attendedPairs: 0).total
    }
    var time = Double(full) * (full > 0 ? fixed(chunk) : 0) + (rest > 0 ? fixed(rest) : 0)
    time += Double(tokens) * (Double(cached) + Double(tokens) / 2) * secondsPerAttendedPair
    return time * prefillScale * pipelineFactor(promptTokens: tokens)
  }

  /// A step's benchmark factor, weighted by the tokens that decode and that are read.
  func scale(decoding: Int, promptTokens: Int) -> Double {
    if promptTokens == 0 { return decodeScale }
    if decoding == 0 { return prefillScale }
    let share = Double(decoding) / Double(decoding + promptTokens)
    return decodeScale * share + prefillScale * (1 - share)
  }

  func scaled(decode: Double, prefill: Double) -> StepLaw {
    var law = self
    law.decodeScale *= decode
    law.prefillScale *= prefill
    return law
  }

  /// (m+n−1)/(m·n) over n stages with m micro-batches of 512 tokens, over the efficiency reached.
  package func pipelineFactor(promptTokens: Int) -> Double {
    guard pipelineStages > 1, promptTokens > 0 else { return 1 }
    let batches = Double((promptTokens + 511) / 512)
    let stages = Double(pipelineStages)
    return min(1, (batches + stages - 1) / (batches * stages) / pipelineEfficiency)
  }
}

/// Parts of a step that `StepTables` adds up.
extension StepLaw {
  /// Seconds that depend on the tokens of a step alone, without its output matrix.
  func tokenTime(_ tokens: Int) -> Double {
    layerTime(tokens: Double(tokens)) + communicationPerStep + overheadPerStep
      + Double(tokens) * (communicationPerToken + overheadPerToken)
  }

  /// Seconds that depend on how many sequences decode in a step that also reads prompts.
  func mixedSequenceTime(_ decoding: Int) -> Double {
    head.time(tokens: Double(max(decoding, 1))) + Double(decoding) * overheadPerSequenceMixed
      + overheadPerPromptStep
  }
}
