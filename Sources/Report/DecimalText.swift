public import Quantities

/// Numbers as decimal text, appended to a byte buffer; the same in every locale.
///
/// Doubles take the shortest digits that read back as the same number, laid out by ECMAScript's
/// rule, which JSON canonicalisation (RFC 8785) and browsers share: plain from 1e-6 up to 1e21,
/// with an exponent outside. Negative zero is written `0`.
public enum DecimalText {
  public static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(minus) }
    append(value.magnitude, to: &bytes)
  }

  public static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var count = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    append(value, digits: count, to: &bytes)
  }

  /// Writes `inf` or `-inf` for infinities, and nothing for NaN, which stands for an absent number.
  public static func append(_ value: Double, to bytes: inout [UInt8]) {
    // Whole numbers that a double holds exactly need no search for the shortest digits.
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
      return append(Int64(value), to: &bytes)
    }
    if value.isNaN { return }
    if value.isInfinite { return bytes.append(contentsOf: value < 0 ? "-inf".utf8 : "inf".utf8) }
    // In this range the standard library writes the plain form itself.
    if value.magnitude >= 1e-4, value.magnitude < 0x1p53 {
      return bytes.append(contentsOf: value.description.utf8)
    }
    if value < 0 { bytes.append(minus) }
    ShortestDigits(of: value.magnitude).append(to: &bytes)
  }

  /// `value` / 10^`decimals`, exact, without trailing zeros: 1,500,000 with 6 decimals is `1.5`.
  public static func append(_ value: UInt256, decimals: Int, to bytes: inout [UInt8]) {
    if value.high == 0, value.low <= UInt128(UInt64.max) / 10 {
      return appendScaled(UInt64(value.low), decimals: decimals, to: &bytes)
    }
    let digits = Array(value.description.utf8)
    let whole = digits.count - decimals
    if whole > 0 {
      bytes.append(contentsOf: digits[..<whole])
    } else {
      bytes.append(zero)
    }
    guard let last = digits.lastIndex(where: { $0 != zero }), last >= whole else { return }
    bytes.append(point)
    if whole < 0 { bytes.append(contentsOf: repeatElement(zero, count: -whole)) }
    bytes.append(contentsOf: digits[Swift.max(whole, 0)...last])
  }

  /// Nanoseconds as exact decimal seconds: 1,500,000,000 is `1.5`.
  public static func appendSeconds(nanoseconds: Int64, to bytes: inout [UInt8]) {
    if nanoseconds < 0 { bytes.append(minus) }
    appendScaled(nanoseconds.magnitude, decimals: 9, to: &bytes)
  }
}

extension DecimalText {
  static let zero = UInt8(ascii: "0")
  static let minus = UInt8(ascii: "-")
  static let point = UInt8(ascii: ".")

  /// The last `count` decimal digits of `value`, with leading zeros.
  static func append(_ value: UInt64, digits count: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(zero, count: count))
    var rest = value
    var position = start + count - 1
    while rest > 0, position >= start {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[position] = zero + UInt8(truncatingIfNeeded: digit)
      rest = quotient
      position -= 1
    }
  }

  private static func appendScaled(_ value: UInt64, decimals: Int, to bytes: inout [UInt8]) {
    guard decimals < powersOfTen.count else {
      // The scale exceeds every 64-bit value: only a fraction is left.
      return appendFraction(value, digits: decimals, after: 0, to: &bytes)
    }
    let (whole, fraction) = value.quotientAndRemainder(dividingBy: powersOfTen[decimals])
    appendFraction(fraction, digits: decimals, after: whole, to: &bytes)
  }

  private static func appendFraction(
    _ fraction: UInt64, digits: Int, after whole: UInt64, to bytes: inout [UInt8]
  ) {
    append(whole, to: &bytes)
    guard fraction > 0 else { return }
    var significant = fraction
    var count = digits
    while significant.isMultiple(of: 10) {
      significant /= 10
      count -= 1
    }
    bytes.append(point)
    append(significant, digits: count, to: &bytes)
  }

  private static let powersOfTen: [UInt64] = (0..<20).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
