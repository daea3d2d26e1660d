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
