import EVM
import Quantities

/// Decoded arguments of a call by position. A value of the wrong kind or range fails as Solidity's
/// decoding does: without data.
struct Arguments {
  let values: [ABIValue]

  func address(_ index: Int) throws(CallFailure) -> AccountID {
    guard index < values.count, case .address(let account) = values[index] else { throw .empty }
    return account
  }

  func uint(_ index: Int) throws(CallFailure) -> UInt256 {
    guard index < values.count, case .uint(let value) = values[index] else { throw .empty }
    return value
  }

  /// A `uintN` that must fit in its width.
  func uint(_ index: Int, bits: Int) throws(CallFailure) -> UInt64 {
    guard let value = try uint(index).narrow, bits == 64 || value >> UInt64(bits) == 0 else {
      throw .empty
    }
    return value
  }

  func bool(_ index: Int) throws(CallFailure) -> Bool {
    guard index < values.count, case .bool(let flag) = values[index] else { throw .empty }
    return flag
  }

  func word(_ index: Int) throws(CallFailure) -> UInt256 {
    guard index < values.count, case .fixedBytes(let bytes) = values[index], bytes.count == 32
    else { throw .empty }
    return UInt256(bigEndian: bytes)
  }

  /// A `string` or `bytes`, interned.
  func string(_ index: Int, _ world: inout World) throws(CallFailure) -> StringID {
    guard index < values.count else { throw .empty }
    switch values[index] {
    case .string(let bytes), .bytes(let bytes): return world.evm.strings.intern(bytes)
    default: throw .empty
    }
  }

  /// A `bytes` argument as it stands.
  func bytes(_ index: Int) throws(CallFailure) -> [UInt8] {
    guard index < values.count, case .bytes(let bytes) = values[index] else { throw .empty }
    return bytes
  }

  func array(_ index: Int) throws(CallFailure) -> Arguments {
    guard index < values.count, case .array(let elements) = values[index] else { throw .empty }
    return Arguments(values: elements)
  }

  /// A struct's members.
  func tuple(_ index: Int) throws(CallFailure) -> Arguments {
    guard index < values.count, case .tuple(let fields) = values[index] else { throw .empty }
    return Arguments(values: fields.map(\.value))
  }

  var count: Int { values.count }
}

/// The result of a function that returns nothing.
func returnNothing(_ result: Void) -> [ABIValue] { [] }
