/// When to stop adding replications: once the interval of a mean is narrow enough.
public struct PrecisionRule: Hashable, Sendable {
  /// Half-width over the magnitude of the mean, > 0.
  public let relativeHalfWidth: Double
  public let confidence: Double
  /// Replications at which the rule gives up.
  public let limit: Int

  public init(relativeHalfWidth: Double, confidence: Double = 0.95, limit: Int) {
    precondition(relativeHalfWidth > 0 && confidence > 0 && confidence < 1 && limit > 0)
    self.relativeHalfWidth = relativeHalfWidth
    self.confidence = confidence
    self.limit = limit
  }

  /// Whether `tally`'s interval is narrow enough; a mean of 0 is precise when nothing varies.
  public func isMet(by tally: Tally) -> Bool {
    guard tally.count > 1 else { return false }
    let interval = tally.interval(confidence: confidence)
    return interval.halfWidth <= relativeHalfWidth * interval.mean.magnitude
  }
}
