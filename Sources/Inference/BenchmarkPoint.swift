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
    var (decode, prefill) = (1.0, 1.0)
    if let rate = point.decodeRate {
      precondition(rate > 0)
      let predicted = timePerOutputToken(concurrency: point.concurrency, context: point.context)
      decode = Double(point.concurrency) / rate / predicted
    }
    if let rate = point.prefillRate {
      precondition(rate > 0)
      let predicted = prefillTime(tokens: point.promptTokens, chunk: prefillChunk)
      prefill = Double(point.promptTokens) / rate / predicted
    }
    return scaled(decode: decode, prefill: prefill)
  }
}
