import Quantities
import Testing

@testable import EVM

@Suite("The ABI decoder") struct ABIDecoderTests {
  private static let updates = ABIType.array(
    of: .tuple([.address, .fixedBytes(count: 4), .string, .uint(bits: 256)]))

  @Test("reads back what the encoder writes") func roundTrip() throws {
    var machine = Machine()
    let known = machine.account(at: [UInt8](1...20))
    let derived = machine.addSyntheticAccount()
    let values: [ABIValue] = [
      .array([
        .tuple([
          .init("", .address(known)), .init("", .fixedBytes([1, 2, 3, 4])),
          .init("", .string(Array("minimumStake".utf8))), .init("", .uint(.max)),
        ]),
        .tuple([
          .init("", .address(derived)), .init("", .fixedBytes([0, 0, 0, 0])),
          .init("", .string([])), .init("", .uint(0)),
        ]),
      ]),
      .bool(true), .int(bits: -UInt256(7)), .bytes([UInt8](repeating: 9, count: 33)),
      .array([.string([65]), .string([])]), .uint(255), .address(.zero),
    ]
    let types: [ABIType] = [
      Self.updates, .bool, .int(bits: 16), .bytes, .array(of: .string), .uint(bits: 8), .address,
    ]
    let encoded = machine.encode(values)
    #expect(try machine.decode(encoded[...], as: types) == values)
    #expect(try machine.decode((encoded + [1, 2, 3])[...], as: types) == values)
    #expect(machine.accountCount == 3)
  }

  @Test(
    "refuses values outside their type",
    arguments: [
      (ABIType.uint(bits: 8), UInt256(256)), (.bool, 2), (.address, UInt256(high: 1 << 32, low: 0)),
      (.int(bits: 8), 128), (.int(bits: 8), UInt256.max - 128), (.fixedBytes(count: 4), 1),
    ])
  func range(type: ABIType, word: UInt256) {
    var machine = Machine()
    #expect(throws: CallFailure.empty) {
      _ = try machine.decode(word.bigEndianBytes[...], as: [type])
    }
  }

  @Test(
    "takes the extreme values of a type",
    arguments: [
      (ABIType.uint(bits: 8), UInt256(255)), (.address, UInt256(high: (1 << 32) - 1, low: .max)),
      (.int(bits: 8), 127), (.int(bits: 8), UInt256.max - 127), (.int(bits: 256), UInt256.max),
      (.fixedBytes(count: 32), 1),
    ])
  func extremes(type: ABIType, word: UInt256) throws {
    var machine = Machine()
    let values = try machine.decode(word.bigEndianBytes[...], as: [type])
    #expect(machine.encode(values) == word.bigEndianBytes)
  }

  @Test("refuses what ends too early or points beyond the end") func truncated() {
    var machine = Machine()
    let encoded = machine.encode([.string(Array("forty bytes of text, more than one word.".utf8))])
    for count in [0, 31, 32, 63, 64, 64 + 39] {
      #expect(throws: CallFailure.empty, "\(count) bytes") {
        _ = try machine.decode(encoded.prefix(count), as: [.string])
      }
    }
    let outside = UInt256(high: 1, low: 0).bigEndianBytes
    #expect(throws: CallFailure.empty) { _ = try machine.decode(outside[...], as: [.string]) }
    #expect(throws: CallFailure.empty) {
      _ = try machine.decode([0], as: [Self.updates])
    }
  }

  @Test(
    "panics at lengths that no memory holds",
    arguments: [
      (ABIType.string, UInt256(high: 0, low: 1 << 64), true), (.string, UInt256(1 << 40), false),
      (.array(of: .bool), UInt256(1 << 60), true), (.array(of: .bool), UInt256(1 << 50), false),
    ])
  func impossibleLength(type: ABIType, length: UInt256, panics: Bool) {
    var machine = Machine()
    let data = UInt256(32).bigEndianBytes + length.bigEndianBytes
    #expect(throws: panics ? CallFailure.panic(.allocation) : .empty) {
      _ = try machine.decode(data[...], as: [type])
    }
  }
}
