/// An amount of ETH in wei for fees and prices. Range 0 … 2¹²⁸ − 1; arithmetic traps.
///
/// Contract balances are `UInt256`; fees never come near 2¹²⁸, and 128-bit arithmetic is cheaper.
public struct Wei: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var rawValue: UInt128

  @inlinable public init(_ rawValue: UInt128) { self.rawValue = rawValue }

  @inlinable public static var zero: Wei { Wei(0) }

  /// The fee for `gas` at this price per unit of gas.
  @inlinable public func times(_ gas: Gas) -> Wei { Wei(rawValue * UInt128(gas.units)) }

  /// The nearest number, as `Double(rawValue)` has it, which goes through generic code for 300 ns.
  @inlinable public var approximation: Double {
    let high = UInt64(truncatingIfNeeded: rawValue >> 64)
    if high == 0 { return Double(UInt64(truncatingIfNeeded: rawValue)) }
    // The 64 leading bits; that some bit follows them decides no more than a tie.
    let shift = 64 - high.leadingZeroBitCount
    let leading = UInt64(truncatingIfNeeded: rawValue >> UInt128(shift))
    let hasRest = rawValue & (1 << UInt128(shift) - 1) != 0
    let scale = Double(sign: .plus, exponent: shift, significand: 1)
    return Double(leading | (hasRest ? 1 : 0)) * scale
  }

  /// For reports only.
  @inlinable public var gwei: Double { approximation * 1e-9 }
  /// For reports only.
  @inlinable public var eth: Double { approximation * 1e-18 }

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
