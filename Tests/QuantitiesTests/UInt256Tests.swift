import Testing

@testable import Quantities

@Suite("A 256-bit word") struct UInt256Tests {
  static let samples: [UInt256] = [
    0, 1, 2, 10, UInt256(UInt64.max), UInt256(high: 0, low: .max), UInt256(high: 1, low: 0),
    UInt256(high: 1, low: 1), UInt256(high: 1 << 127, low: 0), UInt256(high: .max, low: 0),
    UInt256(high: 12_345_678_901_234_567_890, low: 98_765_432_109_876_543_210), .max,
  ]

  @Test("divides so that quotient × divisor + remainder gives the dividend back")
  func divisionIdentity() {
    for dividend in Self.samples {
      for divisor in Self.samples where !divisor.isZero {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        #expect(remainder < divisor)
        #expect(quotient * divisor + remainder == dividend)
        #expect(dividend.longDivision(by: divisor) == (quotient, remainder))
      }
    }
  }

  @Test("prints and reads every sample") func textRoundTrip() {
    for value in Self.samples { #expect(UInt256(decimal: value.description) == value) }
    #expect(
      UInt256.max.description
        == "115792089237316195423570985008687907853269984665640564039457584007913129639935")
    #expect(
      UInt256(
        decimal: "115792089237316195423570985008687907853269984665640564039457584007913129639936")
        == nil)
    #expect(UInt256(decimal: "") == nil)
    #expect(UInt256(decimal: "-1") == nil)
  }

  @Test("reports the overflow that Solidity panics on") func overflow() {
    #expect(UInt256.max.addingReportingOverflow(1) == (0, true))
    #expect(UInt256.zero.subtractingReportingOverflow(1) == (.max, true))
    #expect(UInt256(high: 1, low: 0).multipliedReportingOverflow(by: UInt256(high: 1, low: 0)).1)
    #expect(UInt256.max.multipliedReportingOverflow(by: 2) == (.max - 1, true))
    #expect(-UInt256(1) == .max)
  }
}

private func == (
  lhs: (partialValue: UInt256, overflow: Bool), rhs: (UInt256, Bool)
) -> Bool { lhs.partialValue == rhs.0 && lhs.overflow == rhs.1 }

private func == (
  lhs: (quotient: UInt256, remainder: UInt256), rhs: (UInt256, UInt256)
) -> Bool { lhs.quotient == rhs.0 && lhs.remainder == rhs.1 }
