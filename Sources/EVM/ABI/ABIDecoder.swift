import Quantities

/// Decoding of ABI-encoded bytes with the checks that solc's code makes, in its order: whatever is
/// malformed reverts without data, and a length that no memory could hold panics.
///
/// - Source: solc 0.8.28, `abi_decode_*` of the Yul that it generates; conformance case
///   PS-real-marketplace for foreign answers.
extension Machine {
  /// The values of one tuple of `types` that starts at the first byte. Bytes behind it are ignored.
  ///
  /// - Throws: `.empty` for bytes that are no such tuple, `.panic(.allocation)` for an impossible
  ///   length.
  public mutating func decode(
    _ data: ArraySlice<UInt8>, as types: [ABIType]
  ) throws(CallFailure) -> [ABIValue] {
    let reader = ABIReader(data: data)
    return try decodeTuple(types, at: 0, reader)
  }

  private mutating func decodeTuple(
    _ types: [ABIType], at start: Int, _ reader: ABIReader
  ) throws(CallFailure) -> [ABIValue] {
    let headSize = types.reduce(0) { $0 + $1.headSize }
    guard reader.count - start >= headSize else { throw .empty }
    var values: [ABIValue] = []
    var head = start
    for type in types {
      if type.isDynamic {
        values.append(try decode(type, at: start + (try reader.offset(at: head)), reader))
      } else {
        values.append(try decode(type, at: head, reader))
      }
      head += type.headSize
    }
    return values
  }

  private mutating func decode(
    _ type: ABIType, at position: Int, _ reader: ABIReader
  ) throws(CallFailure) -> ABIValue {
    switch type {
    case .uint(let bits):
      let word = reader.word(at: position)
      guard bits == 256 || word.fits(bits: bits) else { throw .empty }
      return .uint(word)
    case .int(let bits):
      let word = reader.word(at: position)
      let magnitude = word.high >> 127 == 1 ? UInt256.max - word : word
      guard bits == 256 || magnitude.fits(bits: bits - 1) else { throw .empty }
      return .int(bits: word)
    case .bool:
      let word = reader.word(at: position)
      guard word <= 1 else { throw .empty }
      return .bool(!word.isZero)
    case .address:
      let word = reader.word(at: position)
      guard word.fits(bits: 160) else { throw .empty }
      return .address(account(at: Array(reader.bytes(12, at: position, 20))))
    case .fixedBytes(let count):
      guard reader.bytes(count, at: position, 32 - count).allSatisfy({ $0 == 0 }) else {
        throw .empty
      }
      return .fixedBytes(Array(reader.bytes(0, at: position, count)))
    case .bytes: return .bytes(try reader.sequence(at: position))
    case .string: return .string(try reader.sequence(at: position))
    case .array(let element): return try decodeArray(of: element, at: position, reader)
    case .tuple(let members):
      let values = try decodeTuple(members, at: position, reader)
      return .tuple(values.map { ABIValue.Field("", $0) })
    }
  }

  private mutating func decodeArray(
    of element: ABIType, at position: Int, _ reader: ABIReader
  ) throws(CallFailure) -> ABIValue {
    let count = try reader.length(at: position, elementSize: 32)
    let start = position + 32
    let stride = element.isDynamic ? 32 : element.headSize
    guard count <= (reader.count - start) / stride else { throw .empty }
    var elements: [ABIValue] = []
    for index in 0..<count {
      let head = start + index * stride
      let place = element.isDynamic ? start + (try reader.offset(at: head)) : head
      elements.append(try decode(element, at: place, reader))
    }
    return .array(elements)
  }
}

/// Encoded bytes by position from the start of the tuple; bytes beyond the end read as zero.
private struct ABIReader {
  let data: ArraySlice<UInt8>

  var count: Int { data.count }

  /// `count` bytes from `skipped` behind `position` on, all of them inside the data.
  func bytes(_ skipped: Int, at position: Int, _ count: Int) -> ArraySlice<UInt8> {
    data.dropFirst(position + skipped).prefix(count)
  }

  func word(at position: Int) -> UInt256 {
    let found = bytes(0, at: position, 32)
    return UInt256(bigEndian: Array(found) + [UInt8](repeating: 0, count: 32 - found.count))
  }

  /// An offset that is no more than 64 bits; beyond any data, the reads behind it fail.
  func offset(at position: Int) throws(CallFailure) -> Int {
    guard let offset = word(at: position).narrow else { throw .empty }
    return Int(clamping: min(offset, UInt64(Int32.max)))
  }

  /// The length word of a dynamic value whose elements take `elementSize` bytes of memory; memory
  /// addresses have 64 bits.
  func length(at position: Int, elementSize: UInt64) throws(CallFailure) -> Int {
    guard position + 31 < count else { throw .empty }
    guard let length = word(at: position).narrow, length < UInt64.max / elementSize else {
      throw .panic(.allocation)
    }
    return Int(clamping: min(length, UInt64(Int32.max)))
  }

  func sequence(at position: Int) throws(CallFailure) -> [UInt8] {
    let length = try length(at: position, elementSize: 1)
    guard position + 32 + length <= count else { throw .empty }
    return Array(bytes(32, at: position, length))
  }
}

extension ABIType {
  /// Bytes of the type in the head of the tuple that it is in.
  var headSize: Int {
    guard !isDynamic, case .tuple(let members) = self else { return 32 }
    return members.reduce(0) { $0 + $1.headSize }
  }
}

extension UInt256 {
  /// Whether the value is below 2^bits.
  func fits(bits: Int) -> Bool {
    bits >= 128 ? high >> UInt128(bits - 128) == 0 : high == 0 && low >> UInt128(bits) == 0
  }
}
