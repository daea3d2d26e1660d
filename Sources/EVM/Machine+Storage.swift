public import Quantities

/// Reading and writing slots at their price.
///
/// Source of the rules: EIP-2200 with the prices of EIP-2929 and the refunds of EIP-3529.
extension Machine {
  /// The row's header for this transaction: as it stands, or cold and clean.
  @inlinable @inline(__always) func currentHeader(_ row: Row) -> UInt64 {
    let header = row.header
    return UInt32(truncatingIfNeeded: header) == epoch ? header : UInt64(epoch)
  }

  @inlinable @inline(__always) static func warmBit(_ slot: UInt8) -> UInt64 {
    1 << (32 + UInt64(slot))
  }
  @inlinable @inline(__always) static func dirtyBit(_ slot: UInt8) -> UInt64 {
    1 << (48 + UInt64(slot))
  }

  /// SLOAD.
  @inlinable @inline(__always) public mutating func load<Value>(_ slot: Slot<Value>)
    throws(CallFailure) -> Value
  {
    try chargeLoad(slot.row, slot.slot)
    return slot.extract(slot.bits)
  }

  /// SLOAD.
  @inlinable @inline(__always) public mutating func load(_ slot: WideSlot) throws(CallFailure)
    -> UInt256
  {
    try chargeLoad(slot.row, slot.slot)
    return slot.row.word(at: Int(slot.offset))
  }

  /// The value without a price: for views of the model itself, never for contract code.
  @inlinable @inline(__always) public func peek<Value>(_ slot: Slot<Value>) -> Value {
    slot.extract(slot.bits)
  }
  @inlinable @inline(__always) public func peek(_ slot: WideSlot) -> UInt256 {
    slot.row.word(at: Int(slot.offset))
  }

  @inlinable @inline(__always) mutating func chargeLoad(_ row: Row, _ slot: UInt8)
    throws(CallFailure)
  {
    let header = currentHeader(row)
    let bit = Machine.warmBit(slot)
    if header & bit != 0 { return try charge(GasSchedule.warmAccess) }
    row.header = header | bit
    if catchDepth > 0 { journalWarmth(row, slot) }
    try charge(GasSchedule.coldSlot)
  }

  @usableFromInline @inline(never) mutating func journalWarmth(_ row: Row, _ slot: UInt8) {
    journal.append(
      JournalEntry(
        row: row, offset: 0, width: 0, slot: slot, ledger: 0, isFirst: false, old: .zero))
  }

  /// SSTORE of a slot that this value shares with others or has alone. The caller pays the SLOAD
  /// that precedes the write of a packed slot.
  @inlinable @inline(__always) public mutating func store<Value>(
    _ value: Value, _ slot: Slot<Value>
  ) throws(CallFailure) {
    let old = slot.bits
    let new = slot.insert(value, into: old)
    let write = try beginStore(
      slot.row, slot.slot, isSame: old == new, wasZero: old == 0, isZero: new == 0)
    if write == .none { return }
    let oldWord = UInt256(high: 0, low: UInt128(old))
    if write == .again {
      try chargeRewriting(
        slot.row, slot.slotOffset, current: oldWord, new: UInt256(high: 0, low: UInt128(new)))
    }
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.slotOffset, width: slot.slotWidth, slot: slot.slot,
        ledger: 0, isFirst: write == .first, old: oldWord))
    let around = slot.row.bits(at: Int(slot.slotOffset)) & ~slot.slotMask
    slot.row.setBits(around | new, at: Int(slot.slotOffset))
  }

  /// SSTORE.
  @inlinable public mutating func store(_ value: UInt256, _ slot: WideSlot) throws(CallFailure) {
    let old = slot.row.word(at: Int(slot.offset))
    let write = try beginStore(
      slot.row, slot.slot, isSame: old == value, wasZero: old.isZero, isZero: value.isZero)
    if write == .none { return }
    if write == .again {
      try chargeRewriting(slot.row, slot.offset, current: old, new: value)
    }
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.offset, width: 32, slot: slot.slot, ledger: slot.ledger,
        isFirst: write == .first, old: old))
    slot.row.setWord(value, at: Int(slot.offset))
  }

  /// What an SSTORE does to its slot.
  @usableFromInline enum Write: BitwiseCopyable {
    case none
    /// The transaction's first change of the slot.
    case first
    /// A change of a slot that the transaction has changed before; not yet paid for.
    case again
  }

  /// Prices one SSTORE that changes nothing or is the slot's first change, and marks the slot.
  @inlinable @inline(__always) mutating func beginStore(
    _ row: Row, _ slot: UInt8, isSame: Bool, wasZero: Bool, isZero: Bool
  ) throws(CallFailure) -> Write {
    if gas <= GasSchedule.storeSentry {
      gas = 0
      throw .outOfGas
    }
    let header = currentHeader(row)
    let warm = Machine.warmBit(slot)
    let dirty = Machine.dirtyBit(slot)
    var price: Int64 = 0
    if header & warm == 0 {
      price = GasSchedule.coldSlot
      if catchDepth > 0 { journalWarmth(row, slot) }
    }
    if isSame {
      row.header = header | warm
      try charge(price + GasSchedule.warmAccess)
      return .none
    }
    row.header = header | warm | dirty
    if header & dirty != 0 {
      try charge(price)
      return .again
    }
    if isZero { refund += GasSchedule.refundForClearing }
    try charge(price + (wasZero ? GasSchedule.slotSet : GasSchedule.slotReset))
    return .first
  }

  @usableFromInline @inline(never) mutating func chargeRewriting(
    _ row: Row, _ offset: UInt8, current: UInt256, new: UInt256
  ) throws(CallFailure) {
    try chargeRewriting(original: original(row, offset) ?? current, current: current, new: new)
  }

  /// Pays for changing a slot that the transaction has changed before. Back at its original value,
  /// it costs as if it had never been changed.
  mutating func chargeRewriting(
    original: UInt256, current: UInt256, new: UInt256
  ) throws(CallFailure) {
    if original == current {
      if new.isZero { refund += GasSchedule.refundForClearing }
      return try charge(original.isZero ? GasSchedule.slotSet : GasSchedule.slotReset)
    }
    refund += Machine.refundForRewriting(original: original, current: current, new: new)
    try charge(GasSchedule.warmAccess)
  }

  /// Refund of a write to a slot that holds another value than when the transaction began.
  static func refundForRewriting(
    original: UInt256, current: UInt256, new: UInt256
  ) -> Int64 {
    var refund: Int64 = 0
    if !original.isZero {
      if current.isZero {
        refund -= GasSchedule.refundForClearing
      } else if new.isZero {
        refund += GasSchedule.refundForClearing
      }
    }
    if original == new {
      refund +=
        original.isZero ? GasSchedule.refundForRestoringZero : GasSchedule.refundForRestoringValue
    }
    return refund
  }

  /// The value that a slot had when the transaction began, nil when nothing wrote it.
  ///
  /// A forward scan, since the first entry holds it; journals of one transaction are short.
  @usableFromInline func original(_ row: Row, _ offset: UInt8) -> UInt256? {
    for index in 0..<journal.count {
      let entry = journal[index]
      if entry.isFirst, entry.offset == offset, entry.row.isSame(as: row) { return entry.old }
    }
    return nil
  }
}

extension Row {
  /// Writes a slot during deployment: no price, no journal.
  public func initialize<Value>(_ slot: Slot<Value>, to value: Value) {
    let around = slot.row.bits(at: Int(slot.slotOffset)) & ~slot.slotMask
    setBits(around | slot.insert(value, into: slot.bits), at: Int(slot.slotOffset))
  }
  public func initialize(_ slot: WideSlot, to value: UInt256) {
    setWord(value, at: Int(slot.offset))
  }
  public func initialize(_ slot: StringSlot, to value: StringID) {
    initialize(slot.head, to: value)
  }
}
