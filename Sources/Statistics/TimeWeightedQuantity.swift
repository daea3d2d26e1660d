public import Quantities

/// A real-valued level over simulated time, such as a fee or a share.
///
/// Whole-numbered levels belong in `TimeWeightedLevel`, which is exact. Here the area is summed
/// with Neumaier's compensation: its error does not grow with the number of changes.
///
/// - Source: Neumaier, ZAMM 54, 1974.
public struct TimeWeightedQuantity: BitwiseCopyable, Sendable {
  @usableFromInline var current: Double
  /// When observation began, or began anew after the warm-up.
  public let start: SimTime
  @usableFromInline var last: SimTime
  @usableFromInline var sum = 0.0
  @usableFromInline var compensation = 0.0

  @inlinable public init(value: Double = 0, at start: SimTime = .zero) {
    current = value
    self.start = start
    last = start
  }

  @inlinable public var value: Double { current }

  /// - Precondition: `time` is not before the last change; `value` is not NaN.
  @inlinable public mutating func set(_ value: Double, at time: SimTime) {
    precondition(time >= last, "a quantity changed before its last change")
    precondition(!value.isNaN, "NaN recorded in a time average")
    let area = current * Double(time.nanoseconds - last.nanoseconds)
    let total = sum + area
    compensation += sum.magnitude >= area.magnitude ? (sum - total) + area : (area - total) + sum
    sum = total
    last = time
    current = value
  }

  /// Forgets everything before `time` except the present value: the end of a warm-up.
  public mutating func restart(at time: SimTime) {
    self = TimeWeightedQuantity(value: current, at: time)
  }

  /// Time average from `start` to `end`; NaN when no time has passed.
  public func mean(until end: SimTime) -> Double {
    guard end > start else { return .nan }
    var closed = self
    closed.set(current, at: end)
    return (closed.sum + closed.compensation) / Double(end.nanoseconds - start.nanoseconds)
  }
}
