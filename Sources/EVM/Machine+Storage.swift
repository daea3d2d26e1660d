public import Quantities

/// Reading and writing slots at their price.
///
/// Source of the rules: EIP-2200 with the prices of EIP-2929 and the refunds of EIP-3529.
extension Machine {
  /// The row's header for this transaction: as it stands, or cold and clean.
  @inlinable func currentHeader(_ row: Row) -> UInt64 {
    let header = row.header
    return UInt32(truncatingIfNeeded: header) == epoch ? header : UInt64(epoch)
  }

  @inlinable static func warmBit(_ slot: UInt8) -> UInt64 { 1 << (32 + UInt64(slot)) }
  @inlinable static func dirtyBit(_ slot: UInt8) -> UInt64 { 1 << (48 + UInt64(slot)) }

  /// SLOAD.
  @inlinable public mutating func load<Value>(_ slot: Slot<Value>) throws(CallFailure) -> Value {
    try chargeLoad(slot.row, slot.slot)
    return slot.extract(slot.bits)
  }

  /// SLOAD.
  @inlinable public mutating func load(_ slot: WideSlot) throws(CallFailure) -> UInt256 {
    try chargeLoad(slot.row, slot.slot)
    return slot.row.word(at: Int(slot.offset))
  }

  /// The value without a price: for views of the model itself, never for contract code.
  @inlinable public func peek<Value>(_ slot: Slot<Value>) -> Value { slot.extract(slot.bits) }
  @inlinable public func peek(_ slot: WideSlot) -> UInt256 { slot.row.word(at: Int(slot.offset)) }

  @inlinable mutating func chargeLoad(_ row: Row, _ slot: UInt8) throws(CallFailure) {
    let header = currentHeader(row)
    let bit = Machine.warmBit(slot)
    if header & bit != 0 { return try charge(GasSchedule.warmAccess) }
    row.header = header | bit
    if catchDepth > 0 { journalWarmth(row, slot) }
    try charge(GasSchedule.coldSlot)
  }

  @usableFromInline mutating func journalWarmth(_ row: Row, _ slot: UInt8) {
    journal.append(
      JournalEntry(
        row: row, offset: 0, width: 0, slot: slot, ledger: 0, isFirst: false, old: .zero))
  }

  /// SSTORE of a slot that this value shares with others or has alone. The caller pays the SLOAD
  /// that precedes the write of a packed slot.
  @inlinable public mutating func store<Value>(
    _ value: Value, _ slot: Slot<Value>
  ) throws(CallFailure) {
    let old = slot.bits
    let new = slot.insert(value, into: old)
    try chargeStore(
      slot.row, slot.slot, offset: slot.slotOffset, width: slot.slotWidth, ledger: 0,
      old: UInt256(high: 0, low: UInt128(old)), new: UInt256(high: 0, low: UInt128(new)))
    if old != new {
      let around = slot.row.bits(at: Int(slot.slotOffset)) & ~slot.slotMask
      slot.row.setBits(around | new, at: Int(slot.slotOffset))
    }
  }

  /// SSTORE.
  @inlinable public mutating func store(_ value: UInt256, _ slot: WideSlot) throws(CallFailure) {
    let old = slot.row.word(at: Int(slot.offset))
    try chargeStore(
      slot.row, slot.slot, offset: slot.offset, width: 32, ledger: slot.ledger, old: old,
      new: value)
    slot.row.setWord(value, at: Int(slot.offset))
  }

  /// Prices one SSTORE and journals the value that it replaces.
  @inlinable mutating func chargeStore(
    _ row: Row, _ slot: UInt8, offset: UInt8, width: UInt8, ledger: UInt8, old: UInt256,
    new: UInt256
  ) throws(CallFailure) {
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
    if old == new {
      row.header = header | warm
      return try charge(price + GasSchedule.warmAccess)
    }
    let isFirst = header & dirty == 0
    if isFirst {
      price += old.isZero ? GasSchedule.slotSet : GasSchedule.slotReset
      if new.isZero { refund += GasSchedule.refundForClearing }
    } else {
      price += GasSchedule.warmAccess
      refund += Machine.refundForRewriting(
        original: original(row, offset) ?? old, current: old, new: new)
    }
    row.header = header | warm | dirty
    journal.append(
      JournalEntry(
        row: row, offset: offset, width: width, slot: slot, ledger: ledger, isFirst: isFirst,
        old: old))
    try charge(price)
  }

  /// Refund of a write to a slot that the transaction has already changed.
  @usableFromInline static func refundForRewriting(
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
