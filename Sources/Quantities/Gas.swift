/// Units of EVM gas. Arithmetic traps on overflow and on a negative difference.
public struct Gas: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var units: UInt64

  @inlinable public init(_ units: UInt64) { self.units = units }

  @inlinable public static var zero: Gas { Gas(0) }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.units < rhs.units }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self { Gas(lhs.units + rhs.units) }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self { Gas(lhs.units - rhs.units) }
  @inlinable public static func * (lhs: Self, rhs: UInt64) -> Self { Gas(lhs.units * rhs) }
  @inlinable public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }
  @inlinable public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }
}

extension Gas: CustomStringConvertible { public var description: String { "\(units) gas" } }
