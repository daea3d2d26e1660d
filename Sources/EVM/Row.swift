public import Quantities

/// One row of storage: a header that says which of its slots this transaction has read or written,
/// then the slots' bytes.
///
/// All bytes zero is the state of storage that nobody has written. The header is one word: the
/// transaction that last touched the row in the low half, then one warm and one dirty bit for each
/// of up to 16 slots. A row of another transaction is cold and clean without anybody clearing it.
///
/// Safe by this invariant: rows live in chunks that never move and are freed with their machine,
/// and every location is built by a layout whose offsets lie inside the row's stride.
@safe public struct Row: BitwiseCopyable {
  @usableFromInline let base: UnsafeMutableRawPointer

  @inlinable init(_ base: UnsafeMutableRawPointer) { unsafe self.base = base }

  /// Bytes of the header.
  public static var headerSize: Int { 8 }

  @inlinable var header: UInt64 {
    @inline(__always) get { unsafe base.loadUnaligned(as: UInt64.self) }
    @inline(__always) nonmutating set { unsafe base.storeBytes(of: newValue, as: UInt64.self) }
  }

  @inlinable @inline(__always) func word(at offset: Int) -> UInt256 {
    unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt256.self)
  }
  @inlinable @inline(__always) func setWord(_ value: UInt256, at offset: Int) {
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt256.self)
  }
  @inlinable @inline(__always) func bits(at offset: Int) -> UInt64 {
    unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
  @inlinable @inline(__always) func setBits(_ value: UInt64, at offset: Int) {
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }

  @inlinable func isSame(as other: Row) -> Bool { unsafe base == other.base }
}

/// A 256-bit slot of a row.
public struct WideSlot: BitwiseCopyable {
  public var row: Row
  /// Number of the slot in the row's masks, 0 … 15.
  @usableFromInline var slot: UInt8
  @usableFromInline var offset: UInt8
  /// 0, or the ledger whose audit follows this amount.
  @usableFromInline var ledger: UInt8

  @inlinable @inline(__always) public init(_ row: Row, slot: Int, offset: Int, ledger: UInt8 = 0) {
    self.row = row
    self.slot = UInt8(truncatingIfNeeded: slot)
    self.offset = UInt8(truncatingIfNeeded: offset)
    self.ledger = ledger
  }
}

extension WideSlot {
  /// The value without a price, as `Machine.peek` reads it.
  @inlinable @inline(__always) public var current: UInt256 { row.word(at: Int(offset)) }
}

/// A value kept in at most 8 bytes of a slot, such that zero bits stand for the slot's zero and
/// different bits for different values.
public protocol NarrowValue: BitwiseCopyable {
  /// Bytes stored, 1 … 8.
  static var width: Int { get }
  init(slotBits: UInt64)
  var slotBits: UInt64 { get }
}

/// A value in a slot that is kept in at most 8 bytes, alone or packed with others.
public struct Slot<Value: NarrowValue>: BitwiseCopyable {
  public var row: Row
  /// Number of the slot in the row's masks, 0 … 15.
  @usableFromInline var slot: UInt8
  /// Where the slot's bytes start in the row.
  @usableFromInline var slotOffset: UInt8
  /// Bytes of the whole slot.
  @usableFromInline var slotWidth: UInt8
  /// Bits before this value within the slot's bytes.
  @usableFromInline var shift: UInt8

  /// - Parameters:
  ///   - offset: Where the slot's bytes start in the row.
  ///   - width: Bytes of the whole slot, when values are packed.
  ///   - position: Bytes of the slot before this value.
  @inlinable @inline(__always) public init(
    _ row: Row, slot: Int, offset: Int, width: Int = Value.width, position: Int = 0
  ) {
    self.row = row
    self.slot = UInt8(truncatingIfNeeded: slot)
    slotOffset = UInt8(truncatingIfNeeded: offset)
    slotWidth = UInt8(truncatingIfNeeded: width)
    shift = UInt8(truncatingIfNeeded: position * 8)
  }

  @inlinable @inline(__always) var slotMask: UInt64 { ~0 &>> (64 &- UInt64(slotWidth) &* 8) }
  @inlinable @inline(__always) var valueMask: UInt64 { ~0 &>> (64 &- UInt64(Value.width) &* 8) }
  /// The whole slot's bits.
  @inlinable @inline(__always) var bits: UInt64 { row.bits(at: Int(slotOffset)) & slotMask }
  @inlinable @inline(__always) func extract(_ bits: UInt64) -> Value {
    Value(slotBits: (bits &>> UInt64(shift)) & valueMask)
  }
  @inlinable @inline(__always) func insert(_ value: Value, into bits: UInt64) -> UInt64 {
    (bits & ~(valueMask &<< UInt64(shift))) | (value.slotBits &<< UInt64(shift))
  }

  /// The value without a price, as `Machine.peek` reads it.
  @inlinable @inline(__always) public var current: Value { extract(bits) }

  /// The same slot as a value of all its bits, for slots written whole.
  @inlinable public var whole: Slot<UInt64> {
    var slot = Slot<UInt64>(row, slot: Int(slot), offset: Int(slotOffset))
    slot.slotWidth = slotWidth
    return slot
  }
}

extension UInt8: NarrowValue {
  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) { self.init(truncatingIfNeeded: slotBits) }
  @inlinable public var slotBits: UInt64 { UInt64(self) }
}
extension UInt16: NarrowValue {
  @inlinable public static var width: Int { 2 }
  @inlinable public init(slotBits: UInt64) { self.init(truncatingIfNeeded: slotBits) }
  @inlinable public var slotBits: UInt64 { UInt64(self) }
}
extension UInt32: NarrowValue {
  @inlinable public static var width: Int { 4 }
  @inlinable public init(slotBits: UInt64) { self.init(truncatingIfNeeded: slotBits) }
  @inlinable public var slotBits: UInt64 { UInt64(self) }
}
extension UInt64: NarrowValue {
  @inlinable public static var width: Int { 8 }
  @inlinable public init(slotBits: UInt64) { self = slotBits }
  @inlinable public var slotBits: UInt64 { self }
}
extension Bool: NarrowValue {
  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) { self = slotBits != 0 }
  @inlinable public var slotBits: UInt64 { self ? 1 : 0 }
}
extension AccountID: NarrowValue {
  @inlinable public static var width: Int { 4 }
  @inlinable public init(slotBits: UInt64) { self.init(UInt32(truncatingIfNeeded: slotBits)) }
  @inlinable public var slotBits: UInt64 { UInt64(index) }
}
