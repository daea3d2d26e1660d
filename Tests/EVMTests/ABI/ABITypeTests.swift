import Quantities
import Testing

@testable import EVM

@Suite("ABI types and encoding") struct ABITests {
  @Test("reads nested signatures") func signature() {
    let types = ABIType.parameters(ofSignature: "f((string,uint32)[],address,bytes32)")
    #expect(
      types == [
        .array(of: .tuple([.string, .uint(bits: 32)])), .address, .fixedBytes(count: 32),
      ])
    #expect(types?.map(\.description) == ["(string,uint32)[]", "address", "bytes32"])
    #expect(ABIType.parameters(ofSignature: "receive()") == [])
  }

  @Test(
    "refuses what is no type",
    arguments: ["uint7", "uint264", "bytes33", "bytes0", "(uint256", "", "string[]x", "uint256,"])
  func malformed(text: String) {
    #expect(ABIType(text) == nil)
  }

  @Test("encodes the examples of the Solidity documentation") func documented() {
    let machine = Machine()
    // sam(bytes,bool,uint256[]) with "dave", true and [1, 2, 3].
    let encoded = machine.encode([
      .bytes(Array("dave".utf8)), .bool(true), .array([.uint(1), .uint(2), .uint(3)]),
    ])
    let words = stride(from: 0, to: encoded.count, by: 32).map {
      UInt256(bigEndian: encoded[$0..<$0 + 32])
    }
    let dave = UInt256(bigEndian: Array("dave".utf8) + [UInt8](repeating: 0, count: 28))
    #expect(words == [0x60, 1, 0xA0, 4, dave, 3, 1, 2, 3])
    #expect(Machine.selector("sam(bytes,bool,uint256[])") == [0xA5, 0x64, 0x3B, 0xF2])
  }

  @Test("counts bytes other than zero", arguments: [0, 1, 0xFF00, 0x0100_0000_0000_0001])
  func nonzeroBytes(value: UInt64) {
    let expected = UInt256(value).bigEndianBytes.count { $0 != 0 }
    #expect(value.nonzeroByteCount == expected)
    #expect(UInt256(high: UInt128(value), low: 0).nonzeroByteCount == expected)
  }
}
