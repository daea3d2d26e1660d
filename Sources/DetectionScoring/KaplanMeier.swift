/// How long frauds stay undetected, from histories of which some end before detection.
///
/// - Source: Kaplan, Meier, JASA 53(282), 1958; Greenwood's variance.
public struct KaplanMeier: Sendable {
  /// At `after`, the chance of being undetected falls to `survival`.
  public struct Step: Hashable, Sendable {
    /// In the unit of the histories: seconds or jobs.
    public let after: Double
    public let survival: Double
    /// Greenwood's; 0 once nobody is left undetected.
    public let standardError: Double
    public let atRisk: Int
    public let detected: Int
  }

  /// One for each instant at which something was detected, ascending.
  public let steps: [Step]
  public let subjects: Int
  public let detected: Int

  /// - Parameters:
  ///   - durations: How long each was watched, in one unit, not negative. Shape `[n]`.
  ///   - isDetected: Whether the watch ended in detection, not for another reason. Shape `[n]`.
  /// - Complexity: O(n log n).
  public init(durations: [Double], isDetected: [Bool]) {
    precondition(durations.count == isDetected.count, "each duration ends in one way")
    precondition(durations.allSatisfy { $0 >= 0 }, "a duration is not negative")
    subjects = durations.count
    detected = isDetected.count { $0 }
    let order = durations.indices.sorted { (durations[$0], $0) < (durations[$1], $1) }
    var steps: [Step] = []
    var survival = 1.0
    var greenwood = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var events = 0
      while end < order.count, durations[order[end]] == durations[order[start]] {
        if isDetected[order[end]] { events += 1 }
        end += 1
      }
      let atRisk = order.count - start
      if events > 0 {
        survival *= 1 - Double(events) / Double(atRisk)
        if atRisk > events {
          greenwood += Double(events) / (Double(atRisk) * Double(atRisk - events))
        }
        steps.append(
          Step(
            after: durations[order[start]], survival: survival,
            standardError: survival * greenwood.squareRoot(), atRisk: atRisk, detected: events))
      }
      start = end
    }
    self.steps = steps
  }

  /// The chance of still being undetected at `duration`.
  public func survival(at duration: Double) -> Double {
    steps.last { $0.after <= duration }?.survival ?? 1
  }

  /// The least duration by which half are detected; nil where the estimate never falls to a half.
  public var median: Double? { steps.first { $0.survival <= 0.5 }?.after }
}
