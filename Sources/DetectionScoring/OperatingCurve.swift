/// What each threshold of a score would catch: the confusion counts, from the strictest down.
///
/// Hosts of equal score stand or fall together.
struct OperatingCurve {
  struct Point {
    /// Frauds and honest hosts at or above the threshold.
    var caught = 0
    var hurt = 0
  }

  /// Starts with nobody flagged and ends with all.
  private(set) var points = [Point()]
  let frauds: Int
  let honest: Int

  /// - Complexity: O(n log n).
  init(scores: [Double], isFraud: [Bool]) {
    precondition(scores.count == isFraud.count, "a score for each label")
    precondition(scores.allSatisfy(\.isFinite), "a score is finite")
    frauds = isFraud.count { $0 }
    honest = isFraud.count - frauds
    let order = scores.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
    var point = Point()
    for (place, host) in order.enumerated() {
      if isFraud[host] { point.caught += 1 } else { point.hurt += 1 }
      let isLastOfTie = place + 1 == order.count || scores[order[place + 1]] != scores[host]
      if isLastOfTie { points.append(point) }
    }
  }

  /// Share of frauds caught at the loosest threshold that hurts at most `share` of the honest.
  func recall(hurtingAtMost share: Double) -> Double {
    guard frauds > 0 else { return .nan }
    let allowed = share * Double(honest)
    let caught = points.last { Double($0.hurt) <= allowed }?.caught ?? 0
    return Double(caught) / Double(frauds)
  }

  /// Share of frauds among the `count` most suspicious, expected over random orders of equals.
  func precision(ofTop count: Int) -> Double {
    guard count > 0, count <= frauds + honest else { return .nan }
    var before = Point()
    for point in points {
      let flagged = point.caught + point.hurt
      if flagged >= count {
        let tied = flagged - before.caught - before.hurt
        let taken = Double(count - before.caught - before.hurt)
        let expected = tied > 0 ? taken * Double(point.caught - before.caught) / Double(tied) : 0
        return (Double(before.caught) + expected) / Double(count)
      }
      before = point
    }
    return .nan
  }

  /// Area under precision over recall as a sum of steps, which does not flatter as trapezia do.
  var averagePrecision: Double {
    guard frauds > 0 else { return .nan }
    var sum = 0.0
    var before = Point()
    for point in points.dropFirst() {
      let flagged = Double(point.caught + point.hurt)
      sum += Double(point.caught - before.caught) * Double(point.caught) / flagged
      before = point
    }
    return sum / Double(frauds)
  }
}
