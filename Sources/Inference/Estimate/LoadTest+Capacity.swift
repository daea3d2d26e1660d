extension LoadTest {
  /// The most load under which every service level holds.
  public enum Capacity: Equatable, Sendable {
    /// At this many requests per second; beyond, one of the levels breaks.
    case limited(rate: Double, Outcome)
    /// The host saturates before any level breaks.
    case saturated(rate: Double, Outcome)
    /// A level breaks even with hardly any load, at this value.
    case unreachable(ServiceLevel, value: Double)
  }

  /// Bisects the arrival rate to a thousandth of saturation; about 12 load tests of `gaps.count`
  /// requests. The same gaps serve every rate, so that rates differ in nothing but speed.
  ///
  /// - Parameter gaps: As for `openLoop`.
  public func capacity(meeting levels: [ServiceLevel], gaps: [Double]) -> Capacity {
    let most = saturation(requests: max(gaps.count, 20)).requestsPerSecond
    var low = most / 1_000
    var lowOutcome = openLoop(gaps: gaps, rate: low)
    if let broken = levels.first(where: { !$0.isMet(by: lowOutcome) }) {
      return .unreachable(broken, value: broken.value(in: lowOutcome) ?? .nan)
    }
    let full = openLoop(gaps: gaps, rate: most)
    if levels.allSatisfy({ $0.isMet(by: full) }) { return .saturated(rate: most, full) }
    var high = most
    while high - low > most / 1_000 {
      let middle = (low + high) / 2
      let outcome = openLoop(gaps: gaps, rate: middle)
      if levels.allSatisfy({ $0.isMet(by: outcome) }) {
        (low, lowOutcome) = (middle, outcome)
      } else {
        high = middle
      }
    }
    return .limited(rate: low, lowOutcome)
  }
}
