/// An amount of ETH in wei for fees and prices. Range 0 … 2¹²⁸ − 1; arithmetic traps.
///
/// Contract balances are `UInt256`; fees never come near 2¹²⁸, and 128-bit arithmetic is cheaper.
public struct Wei: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var rawValue: UInt128

  @inlinable public init(_ rawValue: UInt128) { self.rawValue = rawValue }

  public static let zero = Wei(0)

  /// The fee for `gas` at this price per unit of gas.
  @inlinable public func times(_ gas: Gas) -> Wei { Wei(rawValue * UInt128(gas.units)) }

  /// For reports only.
  @inlinable public var gwei: Double { Double(rawValue) * 1e-9 }
  /// For reports only.
  @inlinable public var eth: Double { Double(rawValue) * 1e-18 }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    Wei(lhs.rawValue + rhs.rawValue)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    Wei(lhs.rawValue - rhs.rawValue)
  }
  @inlinable public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }
  @inlinable public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }
}

extension Wei: CustomStringConvertible { public var description: String { "\(rawValue) wei" } }
