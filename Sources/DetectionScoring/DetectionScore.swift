public import Statistics

/// How right a detector's scores are.
public struct DetectionScore: Hashable, Sendable {
  /// Area under the ROC curve with DeLong's interval; NaN without frauds or without honest hosts.
  public let area: Estimate
  /// Area under precision over recall, which falls where frauds are rare; NaN without a fraud.
  public let averagePrecision: Double
  public let frauds: Int
  public let honest: Int
  /// Frauds and honest hosts with a score at or above the threshold.
  public let fraudsFlagged: Int
  public let honestFlagged: Int
  /// Share of frauds among the k most suspicious, equals in expected order.
  public let precisionAtTop: Double
  /// The k of `precisionAtTop`.
  public let top: Int
  /// Share of frauds caught at the loosest threshold that flags at most 1 % of the honest.
  public let recallAtOnePercent: Double

  /// Hosts that have not entered are left out.
  ///
  /// - Parameters:
  ///   - scores: Higher for more suspicious, finite. Shape `[hosts]`.
  ///   - threshold: Score from which on the detector flags.
  ///   - top: k of precision@k; nil for as many as there are frauds.
  /// - Complexity: O(n log n).
  public init(
    scores: [Double], truth: GroundTruth, threshold: Double, top: Int? = nil,
    confidence: Double = 0.95
  ) {
    let judged = scores.indices.filter(truth.hasEntered)
    let curve = OperatingCurve(
      scores: judged.map { scores[$0] }, isFraud: judged.map { truth.isFraud[$0] })
    frauds = curve.frauds
    honest = curve.honest
    let positive = judged.filter { truth.isFraud[$0] }.map { scores[$0] }
    let negative = judged.filter { !truth.isFraud[$0] }.map { scores[$0] }
    area =
      positive.isEmpty || negative.isEmpty
      ? Estimate(value: .nan, lower: .nan, upper: .nan, confidence: confidence)
      : Discrimination(positive: positive, negative: negative).interval(confidence: confidence)
    averagePrecision = curve.averagePrecision
    fraudsFlagged = positive.count { $0 >= threshold }
    honestFlagged = negative.count { $0 >= threshold }
    self.top = top ?? curve.frauds
    precisionAtTop = curve.precision(ofTop: self.top)
    recallAtOnePercent = curve.recall(hurtingAtMost: 0.01)
  }

  /// Share of frauds among the flagged; NaN when nobody is.
  public var precision: Double { Double(fraudsFlagged) / Double(fraudsFlagged + honestFlagged) }
  /// Share of the frauds that are flagged; NaN without a fraud.
  public var recall: Double { Double(fraudsFlagged) / Double(frauds) }
  /// Share of the honest that are flagged; NaN without an honest host.
  public var falsePositiveRate: Double { Double(honestFlagged) / Double(honest) }
}
