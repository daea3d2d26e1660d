public import Quantities

/// What a model remembers beside the contracts' storage: journalled like it, so that a failing frame
/// takes it back, but without a price, and no slot becomes warm or dirty by it.
extension Machine {
  @inlinable @inline(__always) public mutating func note(_ value: UInt256, at slot: WideSlot) {
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.offset, width: 32, slot: slot.slot, ledger: 0,
        isFirst: false, old: slot.current))
    slot.row.setWord(value, at: Int(slot.offset))
  }

  @inlinable @inline(__always) public mutating func note<Value>(
    _ value: Value, at slot: Slot<Value>
  ) {
    let old = slot.bits
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.slotOffset, width: slot.slotWidth, slot: slot.slot, ledger: 0,
        isFirst: false, old: UInt256(high: 0, low: UInt128(old))))
    let around = slot.row.bits(at: Int(slot.slotOffset)) & ~slot.slotMask
    slot.row.setBits(around | slot.insert(value, into: old), at: Int(slot.slotOffset))
  }
}
