/// A figure with an interval that need not be symmetric.
public struct Estimate: Hashable, Sendable {
  public let value: Double
  public let lower: Double
  public let upper: Double
  /// 0 … 1, such as 0.95.
  public let confidence: Double

  public init(value: Double, lower: Double, upper: Double, confidence: Double) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }

  public func contains(_ truth: Double) -> Bool { lower <= truth && truth <= upper }
}

extension Estimate {
  init(_ interval: ConfidenceInterval) {
    self.init(
      value: interval.mean, lower: interval.lower, upper: interval.upper,
      confidence: interval.confidence)
  }
}
