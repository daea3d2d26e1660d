extension UInt256 {
  /// Decimal digits only, as JSON and scenario files carry amounts; nil when malformed or too large.
  public init?(decimal text: some StringProtocol) {
    guard !text.isEmpty else { return nil }
    var value = UInt256.zero
    for byte in text.utf8 {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (scaled, overflowScale) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowSum) = scaled.addingReportingOverflow(UInt256(byte - 0x30))
      if overflowScale || overflowSum { return nil }
      value = sum
    }
    self = value
  }
}

extension UInt256: CustomStringConvertible {
  public var description: String {
    if high == 0 { return String(low) }
    // 10³⁸ is the largest power of ten below 2¹²⁸.
    let chunk = UInt256(high: 0, low: 100_000_000_000_000_000_000_000_000_000_000_000_000)
    let (upper, lower) = quotientAndRemainder(dividingBy: chunk)
    let digits = String(lower.low)
    return upper.description + String(repeating: "0", count: 38 - digits.count) + digits
  }
}
