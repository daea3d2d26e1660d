public import Quantities

/// A string or byte array of the chain by number; equal bytes have equal numbers, 0 is empty.
public struct StringID: BitwiseCopyable, Hashable, Sendable, NarrowValue {
  public let index: UInt32

  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static var empty: StringID { StringID(0) }

  @inlinable public static var width: Int { 4 }
  @inlinable public init(slotBits: UInt64) { index = UInt32(truncatingIfNeeded: slotBits) }
  @inlinable public var slotBits: UInt64 { UInt64(index) }
}

/// Every string of the chain once, so that rows, logs and calls carry numbers.
public struct StringTable: ~Copyable {
  @usableFromInline struct Entry: BitwiseCopyable {
    @usableFromInline let start: Int
    @usableFromInline let length: UInt32
    /// Bytes other than zero, for the price of calldata.
    @usableFromInline let nonzeroCount: UInt32
    /// Whole zero words among the storage words, which cost less to store.
    @usableFromInline let zeroWordCount: UInt32
  }
  @usableFromInline var entries = UniqueList<Entry>()
  var storedBytes: [UInt8] = []
  var numbers: [[UInt8]: UInt32] = [:]

  init() { _ = intern([]) }

  /// The number of these bytes, new or known.
  public mutating func intern(_ bytes: [UInt8]) -> StringID {
    if let known = numbers[bytes] { return StringID(known) }
    let number = UInt32(entries.count)
    var zeroWords = 0
    for start in stride(from: 0, to: bytes.count, by: 32)
    where bytes[start..<min(start + 32, bytes.count)].allSatisfy({ $0 == 0 }) {
      zeroWords += 1
    }
    entries.append(
      Entry(
        start: storedBytes.count, length: UInt32(bytes.count),
        nonzeroCount: UInt32(bytes.count { $0 != 0 }), zeroWordCount: UInt32(zeroWords)))
    storedBytes.append(contentsOf: bytes)
    numbers[bytes] = number
    return StringID(number)
  }

  @inlinable @inline(__always) func entry(of string: StringID) -> Entry {
    entries[Int(string.index)]
  }

  public mutating func intern(_ text: String) -> StringID { intern(Array(text.utf8)) }

  /// Length in bytes.
  @inlinable @inline(__always) public func length(of string: StringID) -> Int {
    Int(entry(of: string).length)
  }

  /// Storage words that the string takes besides its head.
  @inlinable @inline(__always) public func dataWords(of string: StringID) -> Int {
    let length = length(of: string)
    return length > 31 ? (length &+ 31) >> 5 : 0
  }

  @inlinable @inline(__always) public func nonzeroCount(of string: StringID) -> Int {
    Int(entry(of: string).nonzeroCount)
  }

  @inlinable @inline(__always) func zeroWordCount(of string: StringID) -> Int {
    Int(entry(of: string).zeroWordCount)
  }

  public func bytes(of string: StringID) -> ArraySlice<UInt8> {
    let entry = entry(of: string)
    return storedBytes[entry.start..<entry.start + Int(entry.length)]
  }

  /// A data word in storage; zero beyond the data words.
  func dataWord(_ index: Int, of string: StringID) -> UInt256 {
    index < dataWords(of: string) ? word(index, of: string) : .zero
  }

  /// A stand-in for the head slot's content: equal where the slot's are, zero where it is zero.
  @inline(__always) func head(of string: StringID) -> UInt64 {
    let length = length(of: string)
    return length > 31 ? UInt64(length) << 32 : string.slotBits
  }

  /// The string's 32-byte words, the last padded with zeros; zero beyond the end.
  public func word(_ index: Int, of string: StringID) -> UInt256 {
    let bytes = bytes(of: string).dropFirst(index * 32).prefix(32)
    var value = UInt256.zero
    for (position, byte) in bytes.enumerated() {
      if position < 16 {
        value.high |= UInt128(byte) << UInt128((15 - position) * 8)
      } else {
        value.low |= UInt128(byte) << UInt128((31 - position) * 8)
      }
    }
    return value
  }
}
