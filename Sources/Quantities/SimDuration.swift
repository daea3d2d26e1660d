/// A span of simulated time in whole nanoseconds; may be negative as a difference.
public struct SimDuration: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var nanoseconds: Int64

  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  @inlinable public static var zero: SimDuration { SimDuration(nanoseconds: 0) }

  @inlinable public static func nanoseconds(_ count: Int64) -> Self { Self(nanoseconds: count) }
  @inlinable public static func microseconds(_ count: Int64) -> Self {
    Self(nanoseconds: count * 1_000)
  }
  @inlinable public static func milliseconds(_ count: Int64) -> Self {
    Self(nanoseconds: count * 1_000_000)
  }
  @inlinable public static func seconds(_ count: Int64) -> Self {
    Self(nanoseconds: count * 1_000_000_000)
  }
  @inlinable public static func minutes(_ count: Int64) -> Self { .seconds(count * 60) }
  @inlinable public static func hours(_ count: Int64) -> Self { .seconds(count * 3_600) }
  @inlinable public static func days(_ count: Int64) -> Self { .seconds(count * 86_400) }

  /// The one place where model time in `Double` seconds becomes ticks, rounded to nearest.
  ///
  /// - Precondition: `seconds` is finite and below 9.2e9 in magnitude.
  @inlinable public init(rounding seconds: Double) {
    nanoseconds = Int64((seconds * 1e9).rounded())
  }

  @inlinable public var seconds: Double { Double(nanoseconds) * 1e-9 }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.nanoseconds < rhs.nanoseconds
  }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    Self(nanoseconds: lhs.nanoseconds + rhs.nanoseconds)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    Self(nanoseconds: lhs.nanoseconds - rhs.nanoseconds)
  }
  @inlinable public static func * (lhs: Self, rhs: Int64) -> Self {
    Self(nanoseconds: lhs.nanoseconds * rhs)
  }
  @inlinable public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }
  @inlinable public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }
}

extension SimDuration: CustomStringConvertible {
  public var description: String { "\(seconds) s" }
}
