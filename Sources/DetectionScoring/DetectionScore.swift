public import Statistics

/// How right a detector's scores are.
public struct DetectionScore: Hashable, Sendable {
  /// Area under the ROC curve with DeLong's interval, hosts of one operator taken together; NaN without
  /// frauds or without honest hosts.
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
  ///   - known: Hosts whose label the detector was told; left out too.
  ///   - threshold: Score from which on the detector flags.
  ///   - top: k of precision@k; nil for as many as there are frauds.
  /// - Complexity: O(n log n).
  public init(
    scores: [Double], truth: GroundTruth, known: [Int] = [], threshold: Double, top: Int? = nil,
    confidence: Double = 0.95
  ) {
    let known = Set(known)
    let judged = scores.indices.filter { truth.hasEntered($0) && !known.contains($0) }
    let curve = OperatingCurve(
      scores: judged.map { scores[$0] }, isFraud: judged.map { truth.isFraud[$0] })
    frauds = curve.frauds
    honest = curve.honest
    let (guilty, innocent) = (
      judged.filter { truth.isFraud[$0] }, judged.filter { !truth.isFraud[$0] }
    )
    let (positive, negative) = (guilty.map { scores[$0] }, innocent.map { scores[$0] })
    area =
      positive.isEmpty || negative.isEmpty
      ? Estimate(value: .nan, lower: .nan, upper: .nan, confidence: confidence)
      : Discrimination(
        positive: positive, negative: negative,
        clusters: (guilty.map { truth.operators[$0] }, innocent.map { truth.operators[$0] })
      ).interval(confidence: confidence)
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
