public import Quantities

/// A 256-bit value in four bytes: itself when it is below 2³¹, else the number of a stored word.
///
/// Exact for every value: equal values have equal bits and zero is zero, so storage prices can be
/// decided on the bits. Times and prices of jobs nearly always fit.
public struct Compact: BitwiseCopyable, Hashable, Sendable, NarrowValue {
  @usableFromInline let raw: UInt32

  @inlinable init(raw: UInt32) { self.raw = raw }

  @inlinable public static var width: Int { 4 }
  @inlinable public init(slotBits: UInt64) { raw = UInt32(truncatingIfNeeded: slotBits) }
  @inlinable public var slotBits: UInt64 { UInt64(raw) }
}

/// The wide values behind `Compact`, each once.
public struct WideWords: ~Copyable {
  @usableFromInline var words = UniqueList<UInt256>()
  var numbers: [UInt256: UInt32] = [:]

  init() {}

  @inlinable @inline(__always) public mutating func compact(_ value: UInt256) -> Compact {
    if value.high == 0, value.low < 1 << 31 {
      return Compact(raw: UInt32(truncatingIfNeeded: value.low))
    }
    return intern(value)
  }

  @usableFromInline @inline(never) mutating func intern(_ value: UInt256) -> Compact {
    if let known = numbers[value] { return Compact(raw: known) }
    precondition(words.count < 1 << 31, "too many wide words")
    let number = UInt32(words.count) | 1 << 31
    words.append(value)
    numbers[value] = number
    return Compact(raw: number)
  }

  @inlinable @inline(__always) public func value(_ compact: Compact) -> UInt256 {
    if compact.raw < 1 << 31 { return UInt256(high: 0, low: UInt128(compact.raw)) }
    return words[Int(compact.raw & ~(1 << 31))]
  }
}
