import Market
import Quantities
import Testing

@testable import Scenario

@Suite("A quantity")
struct QuantityTests {
  private func read<Value>(_ kind: Kind<Value>, _ text: String) -> Value? {
    let reading = Reading { _, _ in .failure(.missing) }
    let tree = DocumentTree(content: .scalar(text), location: SourceLocation(source: "s"))
    let value = kind.read(tree, .top.appending("key"), reading)
    #expect((value == nil) == !reading.errors.isEmpty)
    return value
  }

  @Test(
    "of time is read to the nanosecond",
    arguments: [
      ("1ns", 1), ("2us", 2_000), ("3 ms", 3_000_000), ("1.5h", 5_400_000_000_000),
      ("0.1 s", 100_000_000), ("7d", 604_800_000_000_000), ("1w", 604_800_000_000_000),
      ("1_000min", 60_000_000_000_000), ("1e-3s", 1_000_000), ("0.000000001s", 1),
    ])
  func duration(text: String, ticks: Int64) {
    let kind = Kind<SimDuration>.duration(from: .init(nanoseconds: 1), to: .days(10))
    #expect(read(kind, text) == SimDuration(nanoseconds: ticks))
  }

  @Test("of time keeps its limits exactly") func durationLimits() {
    let kind = Kind<SimDuration>.duration(from: .seconds(60), to: .days(365))
    #expect(read(kind, "60s") == .seconds(60))
    #expect(read(kind, "365d") == .days(365))
    #expect(read(kind, "59.999999999s") == nil)
    #expect(read(kind, "31536000.000000001s") == nil)
    #expect(read(kind, "1e30 d") == nil)
    #expect(read(kind, "1e999 d") == nil)
  }

  @Test(
    "of money on the chain is exact to the wei",
    arguments: [
      ("0.1 gwei", UInt128(100_000_000)), ("0.3 gwei", 300_000_000), ("1 wei", 1),
      ("0.000000001gwei", 1), ("0 wei", 0), ("1_000_000 gwei", 1_000_000_000_000_000),
      ("12.345678901 gwei", 12_345_678_901),
    ])
  func wei(text: String, amount: UInt128) {
    #expect(read(.gasPrice, text) == Wei(amount))
  }

  @Test("smaller than the wei is refused", arguments: ["0.5 wei", "0.0000000001 gwei", "-1 wei"])
  func fractionOfWei(text: String) { #expect(read(.gasPrice, text) == nil) }

  @Test("that is a share may be a percentage") func share() {
    let kind = Kind<Double>.fraction(in: .from(0, to: 1))
    #expect(read(kind, "2.5%") == 0.025)
    #expect(read(kind, "0.025") == 0.025)
    #expect(read(kind, "100 %") == 1)
    #expect(read(kind, "100.1%") == nil)
    #expect(read(kind, "-0.1") == nil)
    #expect(read(kind, "5 percent") == nil)
    #expect(read(.basisPoints, "2.5%") == 250)
    #expect(read(.basisPoints, "0.0029") == 29)
    #expect(read(.basisPoints, "0.005%") == nil)
  }

  @Test("that is a rate counts per second") func rate() {
    let kind = Kind<Double>.rate(in: .above(0, to: 1e6))
    #expect(read(kind, "5/s") == 5)
    #expect(read(kind, "300 /min") == 5)
    #expect(read(kind, "2/h") == 2.0 / 3_600)
    #expect(read(kind, "5 per s") == nil)
    #expect(read(kind, "0/s") == nil)
  }

  @Test("that is a count may group its digits, and nothing else") func count() {
    let kind = Kind<Int>.integer(in: 0...1_000_000)
    #expect(read(kind, "1_000_000") == 1_000_000)
    #expect(read(kind, "1e3") == 1_000)
    #expect(read(kind, "5.0") == 5)
    for text in ["1_", "_1", "1__0", "0x10", "5.5", "1,000", "", "1000001", "-1", "+", ".5", "1e"] {
      #expect(read(kind, text) == nil, "\(text)")
    }
    #expect(read(Kind<UInt64>.integer(in: 0...UInt64.max), "18446744073709551615") == .max)
    #expect(read(Kind<UInt64>.integer(in: 0...UInt64.max), "18446744073709551616") == nil)
  }

  @Test("has as many digits as it needs and no more") func digits() {
    let kind = Kind<Double>.number(in: .from(0, to: 1e9))
    #expect(read(kind, "0.1234567890123456789012345") == 0.1234567890123456789012345)
    #expect(read(kind, String(repeating: "1", count: 5_000)) == nil)
  }
}

@Suite("The nearest name")
struct NearestTests {
  @Test(
    "is found through a slip",
    arguments: [
      ("arivals", "arrivals"), ("pateince", "patience"), ("H100-sxm", "h100-sxm"),
      ("h100", "h100-sxm"), ("rtx4O90", "rtx4090"),
    ])
  func slip(text: String, name: String) {
    let names = ["arrivals", "patience", "rtx4090", "h100-sxm", "count"]
    #expect(Nearest.name(to: text, among: names) == name)
  }

  @Test("is nothing when nothing is near") func far() {
    #expect(Nearest.name(to: "zebra", among: ["arrivals", "count"]) == nil)
    #expect(Nearest.name(to: "", among: ["a"]) == nil)
    #expect(Nearest.name(to: String(repeating: "a", count: 1_000), among: ["a"]) == nil)
  }
}
