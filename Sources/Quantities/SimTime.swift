/// A point on the simulation clock: whole nanoseconds since the start of the run.
///
/// Range: 0 … 2⁶³ − 1 ns (292 years). Arithmetic traps on overflow.
public struct SimTime: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var nanoseconds: Int64

  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  @inlinable public static var zero: SimTime { SimTime(nanoseconds: 0) }
  /// Later than every event of any run.
  @inlinable public static var distantFuture: SimTime { SimTime(nanoseconds: .max) }

  /// For reports and models; loses ticks beyond 2⁵³ ns.
  @inlinable public var seconds: Double { Double(nanoseconds) * 1e-9 }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.nanoseconds < rhs.nanoseconds
  }
  @inlinable public static func + (lhs: Self, rhs: SimDuration) -> Self {
    SimTime(nanoseconds: lhs.nanoseconds + rhs.nanoseconds)
  }
  @inlinable public static func - (lhs: Self, rhs: SimDuration) -> Self {
    SimTime(nanoseconds: lhs.nanoseconds - rhs.nanoseconds)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> SimDuration {
    SimDuration(nanoseconds: lhs.nanoseconds - rhs.nanoseconds)
  }
  @inlinable public static func += (lhs: inout Self, rhs: SimDuration) { lhs = lhs + rhs }
}

extension SimTime: CustomStringConvertible {
  public var description: String { "\(seconds) s" }
}
