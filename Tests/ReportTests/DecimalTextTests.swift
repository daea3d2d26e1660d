import Quantities
import Testing

@testable import Report

@Suite("Decimal text") struct DecimalTextTests {
  @Test(
    "lays doubles out by the ECMAScript rule",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (1.5, "1.5"),
      (1e-4, "0.0001"), (1e-5, "0.00001"), (1e-6, "0.000001"), (1e-7, "1e-7"),
      (1.25e-7, "1.25e-7"), (-3.5e-12, "-3.5e-12"), (.leastNonzeroMagnitude, "5e-324"),
      (0x1p53, "9007199254740992"), (0x1p53 + 2, "9007199254740994"), (1e16, "10000000000000000"),
      (123_456_789_012_345_683_968, "123456789012345680000"), (1e20, "100000000000000000000"),
      (1e21, "1e+21"), (1.5e300, "1.5e+300"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, ""),
      (0.30000000000000004, "0.30000000000000004"),
    ])
  func layout(value: Double, expected: String) {
    #expect(text { DecimalText.append(value, to: &$0) } == expected)
  }

  @Test("reads back as the same double, whatever the bits") func roundTrip() {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      let written = text { DecimalText.append(value, to: &$0) }
      #expect(Double(written) == value, "bits \(state) written as \(written)")
    }
  }

  @Test(
    "writes every 64-bit integer exactly", arguments: [0, 7, -1, 9_007_199_254_740_993, .min, .max])
  func integers(value: Int64) {
    #expect(text { DecimalText.append(value, to: &$0) } == String(value))
  }

  @Test(
    "writes nanoseconds as exact seconds",
    arguments: [
      (0, "0"), (1, "0.000000001"), (-1, "-0.000000001"), (1_500_000_000, "1.5"),
      (2_000_000_000, "2"), (86_400_000_000_001, "86400.000000001"),
      (.max, "9223372036.854775807"), (.min, "-9223372036.854775808"),
    ] as [(Int64, String)])
  func seconds(nanoseconds: Int64, expected: String) {
    #expect(text { DecimalText.appendSeconds(nanoseconds: nanoseconds, to: &$0) } == expected)
  }

  @Test(
    "writes amounts exactly in their unit",
    arguments: [
      (UInt256.zero, 18, "0"), (1, 18, "0.000000000000000001"), (1_500_000, 6, "1.5"),
      (1_000_000, 6, "1"), (10_000_000_000_000_000_000, 18, "10"), (42, 0, "42"),
      (5, 25, "0.0000000000000000000000005"),
      (.max, 18, "115792089237316195423570985008687907853269984665640564039457.584007913129639935"),
      (
        .max, 78, "0.115792089237316195423570985008687907853269984665640564039457584007913129639935"
      ),
      (
        .max, 80,
        "0.00115792089237316195423570985008687907853269984665640564039457584007913129639935"
      ),
      (UInt256(high: 0, low: 1_000_000_000_000_000_000_000_000), 18, "1000000"),
      (UInt256(high: 0, low: 20_000_000_000_000_000_000), 18, "20"),
    ])
  func amounts(value: UInt256, decimals: Int, expected: String) {
    #expect(text { DecimalText.append(value, decimals: decimals, to: &$0) } == expected)
  }

  @Test(
    "rounds for people in decimal",
    arguments: [
      (0.123456, "0.12346"), (99_999.6, "100000"), (1_234_567, "1234600"),
      (0.000_012_345_67, "0.000012346"),
      (-2.5, "-2.5"), (9.99995, "10"), (1.000_04, "1"), (0, "0"),
    ])
  func rounding(value: Double, expected: String) {
    #expect(TextTable.text(of: value) == expected)
  }

  private func text(_ append: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    append(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
