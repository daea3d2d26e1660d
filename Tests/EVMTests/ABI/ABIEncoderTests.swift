import EVM
import Quantities
import Testing

@Suite("The ABI encoder") struct ABIEncoderTests {
  /// Words of 32 bytes, as lower-case hexadecimal without leading zeros.
  func words(_ data: [UInt8]) -> [String] {
    stride(from: 0, to: data.count, by: 32).map { start in
      let text = data[start..<(start + 32)].map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }.joined()
      return String(text.drop { $0 == "0" })
    }
  }

  @Test("encodes the examples of the Solidity documentation") func documentation() {
    // sam(bytes,bool,uint256[]) with "dave", true and [1, 2, 3].
    let sam = ABIEncoder().encode([
      .bytes(Array("dave".utf8)), .bool(true), .array([.uint(1), .uint(2), .uint(3)]),
    ])
    #expect(
      words(sam) == [
        "60", "1", "a0", "4", "64617665" + String(repeating: "0", count: 56), "3", "1", "2", "3",
      ])
    // g(uint256[][],string[]) with [[1, 2], [3]] and ["one", "two", "three"].
    let g = ABIEncoder().encode([
      .array([.array([.uint(1), .uint(2)]), .array([.uint(3)])]),
      .array(["one", "two", "three"].map { .string(Array($0.utf8)) }),
    ])
    let zeros = { String(repeating: "0", count: $0) }
    #expect(
      words(g) == [
        "40", "140", "2", "40", "a0", "2", "1", "2", "1", "3", "3", "60", "a0", "e0", "3",
        "6f6e65" + zeros(58), "3", "74776f" + zeros(58), "5", "7468726565" + zeros(54),
      ])
  }

  @Test("encodes static tuples in place and dynamic ones behind an offset") func tuples() {
    let fixed = ABIEncoder().encode([
      .tuple([.init("a", .uint(5)), .init("b", .bool(false))]), .uint(9),
    ])
    #expect(words(fixed) == ["5", "", "9"])
    let dynamic = ABIEncoder().encode([.tuple([.init("a", .string([0x41]))]), .uint(9)])
    #expect(
      words(dynamic) == ["40", "9", "20", "1", "41" + String(repeating: "0", count: 62)])
  }

  @Test("keeps the selector before the arguments and the sign of integers") func calldata() {
    let data = ABIEncoder().calldata(
      selector: [1, 2, 3, 4], arguments: [.int(bits: -UInt256(1)), .address(.zero)])
    #expect(data.count == 4 + 64)
    #expect(Array(data[..<4]) == [1, 2, 3, 4])
    #expect(data[4..<36].allSatisfy { $0 == 0xff })
    #expect(data[36...].allSatisfy { $0 == 0 })
  }
}
