public import Quantities

/// A quantity recorded over time that holds each value until the next one: a base-fee record, a
/// load trace.
public struct StepSeries: Hashable, Sendable {
  public enum Defect: Error, Hashable, Sendable {
    case empty
    /// The first point lies after time zero.
    case startsLate
    /// The point at `index` is not later than the one before it.
    case notAscending(index: Int)
    /// The value at `index` is negative, infinite or not a number.
    case absurdValue(index: Int)
  }

  private let times: [SimTime]
  private let values: [Double]

  /// - Throws: the first defect of `points`, which must ascend strictly from time zero or before.
  public init(_ points: [(time: SimTime, value: Double)]) throws(Defect) {
    guard let first = points.first else { throw .empty }
    guard first.time <= .zero else { throw .startsLate }
    for (index, point) in points.enumerated() {
      guard point.value.isFinite && point.value >= 0 else { throw .absurdValue(index: index) }
      guard index == 0 || points[index - 1].time < point.time else {
        throw .notAscending(index: index)
      }
    }
    times = points.map(\.time)
    values = points.map(\.value)
  }

  /// The value in force at `time`; the last one holds for ever.
  ///
  /// - Complexity: O(log n).
  public func value(at time: SimTime) -> Double {
    var low = 0
    var high = times.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle } else { high = middle }
    }
    return values[low]
  }
}
