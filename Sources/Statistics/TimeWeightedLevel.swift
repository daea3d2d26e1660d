public import Quantities

/// A whole-numbered level over simulated time, with its exact time integral.
///
/// The area is kept in level × ticks as a 128-bit integer, so Little's law can be checked with `==`
/// and no run is long enough to overflow it.
public struct TimeWeightedLevel: BitwiseCopyable, Sendable {
  @usableFromInline var current: Int64
  @usableFromInline var greatest: Int64
  @usableFromInline var least: Int64
  /// When observation began, or began anew after the warm-up.
  public let start: SimTime
  /// The last time at which the level was told.
  @usableFromInline var last: SimTime
  @usableFromInline var closedArea: Int128 = 0

  @inlinable public init(level: Int64 = 0, at start: SimTime = .zero) {
    current = level
    greatest = level
    least = level
    self.start = start
    last = start
  }

  @inlinable public var level: Int64 { current }
  public var maximum: Int64 { greatest }
  public var minimum: Int64 { least }

  /// - Precondition: `time` is not before the last change.
  @inlinable public mutating func set(_ level: Int64, at time: SimTime) {
    precondition(time >= last, "a level changed before its last change")
    closedArea += Int128(current) * Int128(time.nanoseconds - last.nanoseconds)
    last = time
    current = level
    if level > greatest { greatest = level }
    if level < least { least = level }
  }

  @inlinable public mutating func add(_ change: Int64, at time: SimTime) {
    set(current + change, at: time)
  }

  /// Forgets everything before `time` except the present level: the end of a warm-up.
  public mutating func restart(at time: SimTime) {
    self = TimeWeightedLevel(level: current, at: time)
  }

  /// The integral from `start` to `end` in level × nanoseconds.
  public func area(until end: SimTime) -> Int128 {
    precondition(end >= last, "the area is asked for a time before the last change")
    return closedArea + Int128(current) * Int128(end.nanoseconds - last.nanoseconds)
  }

  /// Time average from `start` to `end`; NaN when no time has passed.
  public func mean(until end: SimTime) -> Double {
    guard end > start else { return .nan }
    return Double(area(until: end)) / Double(end.nanoseconds - start.nanoseconds)
  }
}
