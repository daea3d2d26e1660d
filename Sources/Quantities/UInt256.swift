/// The EVM word as an unsigned integer, 0 … 2²⁵⁶ − 1, as two 128-bit halves.
///
/// `addingReportingOverflow` and its kin tell the caller that Solidity 0.8 would panic; the plain
/// operators trap, and serve amounts that the model has already checked.
public struct UInt256: BitwiseCopyable, Hashable, Sendable {
  public var low: UInt128
  public var high: UInt128

  @inlinable public init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }
  @inlinable public init(_ value: some BinaryInteger) {
    self.init(high: 0, low: UInt128(value))
  }

  @inlinable public static var zero: UInt256 { UInt256(high: 0, low: 0) }
  @inlinable public static var max: UInt256 { UInt256(high: .max, low: .max) }

  @inlinable public var isZero: Bool { (low | high) == 0 }

  /// The value when it fits in 64 bits.
  @inlinable public var narrow: UInt64? {
    high == 0 && low <= UInt128(UInt64.max) ? UInt64(truncatingIfNeeded: low) : nil
  }

  /// For reports only: nearest double.
  @inlinable public var approximate: Double { Double(high) * 0x1p128 + Double(low) }
}

extension UInt256: Comparable {
  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.high < rhs.high || (lhs.high == rhs.high && lhs.low < rhs.low)
  }
}

extension UInt256: ExpressibleByIntegerLiteral {
  @inlinable public init(integerLiteral value: UInt64) { self.init(high: 0, low: UInt128(value)) }
}

extension UInt256 {
  @inlinable public func addingReportingOverflow(
    _ other: Self
  ) -> (partialValue: Self, overflow: Bool) {
    let (sumLow, carry) = low.addingReportingOverflow(other.low)
    let (sumHigh, overflowHigh) = high.addingReportingOverflow(other.high)
    let (total, overflowCarry) = sumHigh.addingReportingOverflow(carry ? 1 : 0)
    return (Self(high: total, low: sumLow), overflowHigh || overflowCarry)
  }

  @inlinable public func subtractingReportingOverflow(
    _ other: Self
  ) -> (partialValue: Self, overflow: Bool) {
    let (differenceLow, borrow) = low.subtractingReportingOverflow(other.low)
    let (differenceHigh, overflowHigh) = high.subtractingReportingOverflow(other.high)
    let (total, overflowBorrow) = differenceHigh.subtractingReportingOverflow(borrow ? 1 : 0)
    return (Self(high: total, low: differenceLow), overflowHigh || overflowBorrow)
  }

  @inlinable public func multipliedReportingOverflow(
    by other: Self
  ) -> (partialValue: Self, overflow: Bool) {
    let product = low.multipliedFullWidth(by: other.low)
    if high == 0, other.high == 0 {
      return (Self(high: product.high, low: product.low), false)
    }
    let (crossA, overflowA) = high.multipliedReportingOverflow(by: other.low)
    let (crossB, overflowB) = low.multipliedReportingOverflow(by: other.high)
    let (cross, overflowCross) = crossA.addingReportingOverflow(crossB)
    let (total, overflowTotal) = product.high.addingReportingOverflow(cross)
    let overflow =
      (high != 0 && other.high != 0) || overflowA || overflowB || overflowCross || overflowTotal
    // Modulo 2²⁵⁶ the wrapped halves are right whatever overflowed.
    return (Self(high: total, low: product.low), overflow)
  }

  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    let (sum, overflow) = lhs.addingReportingOverflow(rhs)
    precondition(!overflow, "UInt256 addition overflows")
    return sum
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    let (difference, overflow) = lhs.subtractingReportingOverflow(rhs)
    precondition(!overflow, "UInt256 subtraction underflows")
    return difference
  }
  @inlinable public static func * (lhs: Self, rhs: Self) -> Self {
    let (product, overflow) = lhs.multipliedReportingOverflow(by: rhs)
    precondition(!overflow, "UInt256 multiplication overflows")
    return product
  }
  @inlinable public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }
  @inlinable public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }

  /// Wraps modulo 2²⁵⁶, as `unchecked` blocks and casts to `int256` do.
  @inlinable public static prefix func - (value: Self) -> Self {
    UInt256.zero.subtractingReportingOverflow(value).partialValue
  }

  /// Quotient and remainder, both rounded down.
  ///
  /// - Precondition: `divisor` is not zero.
  /// - Complexity: constant when the divisor fits in 128 bits, else 256 shift-subtract steps.
  @inlinable public func quotientAndRemainder(
    dividingBy divisor: Self
  ) -> (quotient: Self, remainder: Self) {
    precondition(!divisor.isZero, "UInt256 division by zero")
    if divisor.high == 0 {
      if high == 0 {
        let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor.low)
        return (Self(high: 0, low: quotient), Self(high: 0, low: remainder))
      }
      let upper = high.quotientAndRemainder(dividingBy: divisor.low)
      let lower = divisor.low.dividingFullWidth((upper.remainder, low))
      return (Self(high: upper.quotient, low: lower.quotient), Self(high: 0, low: lower.remainder))
    }
    return longDivision(by: divisor)
  }

  @usableFromInline func longDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
    var quotient = Self.zero
    var remainder = Self.zero
    for bit in (0..<256).reversed() {
      let carry = remainder.high >> 127 == 1
      remainder = remainder.shiftedLeftOnce
      if bit >= 128 ? (high >> (bit - 128)) & 1 == 1 : (low >> bit) & 1 == 1 { remainder.low |= 1 }
      if carry || remainder >= divisor {
        remainder = remainder.subtractingReportingOverflow(divisor).partialValue
        if bit >= 128 { quotient.high |= 1 << (bit - 128) } else { quotient.low |= 1 << bit }
      }
    }
    return (quotient, remainder)
  }

  @usableFromInline var shiftedLeftOnce: Self { Self(high: high << 1 | low >> 127, low: low << 1) }

  @inlinable public static func / (lhs: Self, rhs: Self) -> Self {
    lhs.quotientAndRemainder(dividingBy: rhs).quotient
  }
  @inlinable public static func % (lhs: Self, rhs: Self) -> Self {
    lhs.quotientAndRemainder(dividingBy: rhs).remainder
  }
}
