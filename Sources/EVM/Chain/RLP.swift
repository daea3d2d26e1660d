/// Recursive length prefix encoding, as far as a signed transaction needs it.
///
/// - Source: Ethereum Yellow Paper, appendix B.
enum RLP {
  indirect enum Item {
    case bytes([UInt8])
    case list([Item])

    /// Big-endian without leading zeros; zero is the empty string.
    static func integer(_ value: UInt128) -> Item { .bytes(bigEndian(value)) }
  }

  static func encode(_ item: Item) -> [UInt8] {
    switch item {
    case .bytes(let bytes):
      if bytes.count == 1 && bytes[0] < 0x80 { return bytes }
      return prefix(0x80, count: bytes.count) + bytes
    case .list(let items):
      let payload = items.flatMap(encode)
      return prefix(0xc0, count: payload.count) + payload
    }
  }

  static func bigEndian(_ value: UInt128) -> [UInt8] {
    var rest = value
    var reversed: [UInt8] = []
    while rest > 0 {
      reversed.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    return reversed.reversed()
  }

  private static func prefix(_ base: UInt8, count: Int) -> [UInt8] {
    if count < 56 { return [base + UInt8(count)] }
    let length = bigEndian(UInt128(count))
    return [base + 55 + UInt8(length.count)] + length
  }
}
