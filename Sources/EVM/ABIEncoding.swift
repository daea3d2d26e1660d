public import Quantities

extension UInt256 {
  /// 32 bytes, most significant first.
  public var bigEndianBytes: [UInt8] {
    [high, low].flatMap { half in
      stride(from: 120, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: half >> UInt128($0))
      }
    }
  }

  /// From at most 32 bytes, most significant first.
  public init(bigEndian bytes: some Collection<UInt8>) {
    precondition(bytes.count <= 32, "a word has 32 bytes")
    self = .zero
    for byte in bytes {
      self = UInt256(high: high << 8 | low >> 120, low: low << 8 | UInt128(byte))
    }
  }

  /// Bytes other than zero, for the price of calldata.
  @inlinable @inline(__always) public var nonzeroByteCount: Int {
    if high == 0, low <= UInt128(UInt64.max) {
      return UInt64(truncatingIfNeeded: low).nonzeroByteCount
    }
    return UInt64(truncatingIfNeeded: low).nonzeroByteCount
      + UInt64(truncatingIfNeeded: low >> 64).nonzeroByteCount
      + UInt64(truncatingIfNeeded: high).nonzeroByteCount
      + UInt64(truncatingIfNeeded: high >> 64).nonzeroByteCount
  }
}

extension UInt64 {
  /// Sets the low bit of every byte that has a bit set, and counts.
  @inlinable @inline(__always) public var nonzeroByteCount: Int {
    var bits = self | self >> 4
    bits |= bits >> 2
    bits |= bits >> 1
    // The product's top byte is the sum of the bytes, at most 8.
    let sums = (bits & 0x0101_0101_0101_0101) &* 0x0101_0101_0101_0101
    return Int(truncatingIfNeeded: sums &>> 56)
  }
}

/// Solidity's ABI encoding of decoded values.
extension Machine {
  /// The first four bytes of the hash of a signature.
  public static func selector(_ signature: String) -> [UInt8] {
    Array(Keccak.hash(signature.utf8).prefix(4))
  }

  /// Heads, then tails.
  public func encode(_ values: [ABIValue]) -> [UInt8] {
    var heads: [[UInt8]] = []
    var tails: [[UInt8]] = []
    for value in values {
      let body = encode(value)
      heads.append(value.isDynamic ? [] : body)
      tails.append(value.isDynamic ? body : [])
    }
    var offset = zip(values, heads).reduce(0) { $0 + ($1.0.isDynamic ? 32 : $1.1.count) }
    var bytes: [UInt8] = []
    for (index, value) in values.enumerated() {
      if value.isDynamic {
        bytes += UInt256(UInt64(offset)).bigEndianBytes
        offset += tails[index].count
      } else {
        bytes += heads[index]
      }
    }
    return tails.reduce(into: bytes) { $0 += $1 }
  }

  private func encode(_ value: ABIValue) -> [UInt8] {
    switch value {
    case .uint(let word), .int(let word): word.bigEndianBytes
    case .bool(let flag): UInt256(flag ? 1 : 0).bigEndianBytes
    case .address(let account): [UInt8](repeating: 0, count: 12) + address(of: account)
    case .fixedBytes(let bytes): bytes + [UInt8](repeating: 0, count: 32 - bytes.count)
    case .bytes(let bytes), .string(let bytes):
      UInt256(UInt64(bytes.count)).bigEndianBytes + bytes
        + [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
    case .array(let elements): UInt256(UInt64(elements.count)).bigEndianBytes + encode(elements)
    case .tuple(let fields): encode(fields.map(\.value))
    }
  }
}

extension ABIValue {
  var isDynamic: Bool {
    switch self {
    case .bytes, .string, .array: true
    case .tuple(let fields): fields.contains { $0.value.isDynamic }
    default: false
    }
  }
}
