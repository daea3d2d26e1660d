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
    1 &<< (32 &+ UInt64(slot))
  }
  @inlinable @inline(__always) static func dirtyBit(_ slot: UInt8) -> UInt64 {
    1 &<< (48 &+ UInt64(slot))
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
    slot.current
  }
  @inlinable @inline(__always) public func peek(_ slot: WideSlot) -> UInt256 { slot.current }

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
    let (header, access) = try touchForStore(slot.row, slot.slot)
    let old = slot.bits
    let new = slot.insert(value, into: old)
    if old == new {
      slot.row.header = header
      return try charge(access &+ GasSchedule.warmAccess)
    }
    let dirty = Machine.dirtyBit(slot.slot)
    if header & dirty == 0 {
      try chargeFirstStore(access: access, wasZero: old == 0, isZero: new == 0)
      slot.row.header = header | dirty
    } else {
      try chargeRewriting(slot.row, slot.slotOffset, currentBits: old, newBits: new)
    }
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.slotOffset, width: slot.slotWidth, slot: slot.slot,
        ledger: 0, isFirst: header & dirty == 0, old: UInt256(high: 0, low: UInt128(old))))
    let around = slot.row.bits(at: Int(slot.slotOffset)) & ~slot.slotMask
    slot.row.setBits(around | new, at: Int(slot.slotOffset))
  }

  /// SSTORE.
  @inlinable @inline(__always) public mutating func store(
    _ value: UInt256, _ slot: WideSlot
  ) throws(CallFailure) {
    let (header, access) = try touchForStore(slot.row, slot.slot)
    let old = slot.row.word(at: Int(slot.offset))
    if old == value {
      slot.row.header = header
      return try charge(access &+ GasSchedule.warmAccess)
    }
    let dirty = Machine.dirtyBit(slot.slot)
    // The call comes last, so that nothing need be kept over it.
    if header & dirty != 0 { return try storeAgain(value, slot) }
    try chargeFirstStore(access: access, wasZero: old.isZero, isZero: value.isZero)
    slot.row.header = header | dirty
    if slot.ledger != 0 { journal.touchesLedger = true }
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.offset, width: 32, slot: slot.slot, ledger: slot.ledger,
        isFirst: true, old: old))
    slot.row.setWord(value, at: Int(slot.offset))
  }

  /// Fails without the sentry's gas; else the row's header with the slot warm, not yet stored, and
  /// the price of a cold slot.
  ///
  /// The header of a slot that is not warm yet is journalled where a failure may be caught.
  @inlinable @inline(__always) mutating func touchForStore(
    _ row: Row, _ slot: UInt8
  ) throws(CallFailure) -> (header: UInt64, access: Int64) {
    if gas <= GasSchedule.storeSentry {
      gas = 0
      throw .outOfGas
    }
    let header = currentHeader(row)
    let warm = Machine.warmBit(slot)
    if header & warm != 0 { return (header, 0) }
    if catchDepth > 0 { journalWarmth(row, slot) }
    return (header | warm, GasSchedule.coldSlot)
  }

  @inlinable @inline(__always) mutating func chargeFirstStore(
    access: Int64, wasZero: Bool, isZero: Bool
  ) throws(CallFailure) {
    if isZero { refund &+= GasSchedule.refundForClearing }
    try charge(access &+ (wasZero ? GasSchedule.slotSet : GasSchedule.slotReset))
  }

  /// SSTORE of a slot that the transaction has changed before, which is therefore warm.
  @usableFromInline @inline(never) mutating func storeAgain(
    _ value: UInt256, _ slot: WideSlot
  ) throws(CallFailure) {
    let old = slot.row.word(at: Int(slot.offset))
    try chargeRewriting(slot.row, slot.offset, current: old, new: value)
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.offset, width: 32, slot: slot.slot, ledger: slot.ledger,
        isFirst: false, old: old))
    slot.row.setWord(value, at: Int(slot.offset))
  }

  @usableFromInline @inline(never) mutating func chargeRewriting(
    _ row: Row, _ offset: UInt8, current: UInt256, new: UInt256
  ) throws(CallFailure) {
    let original = journal.original(row, offset) ?? current
    try chargeRewriting(original: original, current: current, new: new)
  }

  @usableFromInline @inline(never) mutating func chargeRewriting(
    _ row: Row, _ offset: UInt8, currentBits: UInt64, newBits: UInt64
  ) throws(CallFailure) {
    let original = journal.original(row, offset)?.low ?? UInt128(currentBits)
    let originalBits = UInt64(truncatingIfNeeded: original)
    // Most often a reentrancy guard that opens again, for which the rule below says the same.
    if originalBits == newBits, originalBits != 0, currentBits != 0, originalBits != currentBits {
      refund &+= GasSchedule.refundForRestoringValue
      return try charge(GasSchedule.warmAccess)
    }
    try chargeRewriting(
      original: UInt256(high: 0, low: original),
      current: UInt256(high: 0, low: UInt128(currentBits)),
      new: UInt256(high: 0, low: UInt128(newBits)))
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
