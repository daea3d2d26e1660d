/// A server's own clock: whole nanoseconds and a fraction in ticks of 1/4096 ns.
///
/// Steps last whole ticks, so that many of them add up to exactly the same time as one sum in closed
/// form. Whatever leaves the server is rounded down to the nanosecond: a whole-nanosecond arrival is
/// then at or before a boundary exactly when it is at or before the boundary's rounded time.
struct StepClock: BitwiseCopyable, Equatable, Sendable {
  static let ticksPerNanosecond: Int64 = 4_096

  var nanoseconds: Int64
  /// 0 ..< 4096.
  private(set) var fraction: Int32 = 0

  init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// - Precondition: `ticks` ≥ 0. Overflow traps beyond 26 days in one stretch.
  func advanced(byTicks ticks: Int64) -> StepClock {
    let total = Int64(fraction) + ticks
    var clock = StepClock(nanoseconds: nanoseconds + (total >> 12))
    clock.fraction = Int32(truncatingIfNeeded: total & (Self.ticksPerNanosecond - 1))
    return clock
  }

  /// The fewest ticks after which the rounded time has reached `time`.
  func ticks(until time: Int64) -> Int64 {
    (time - nanoseconds) * Self.ticksPerNanosecond - Int64(fraction)
  }

  /// The one place where seconds of a step become ticks: to nearest, at least one nanosecond.
  static func ticks(rounding seconds: Double) -> Int64 {
    max(ticksPerNanosecond, wholeTicks(seconds))
  }

  /// Seconds ≥ 0 in ticks, to nearest, halves up.
  @inline(__always)
  static func wholeTicks(_ seconds: Double) -> Int64 {
    Int64(seconds * (1e9 * Double(ticksPerNanosecond)) + 0.5)
  }
}
