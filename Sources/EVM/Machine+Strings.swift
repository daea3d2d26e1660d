import Quantities

/// A `string` or `bytes` in storage: a head slot, and data slots when it has 32 bytes or more.
public struct StringSlot: BitwiseCopyable {
  @usableFromInline var head: Slot<StringID>
  /// The bit of the masks that stands for all data slots.
  @usableFromInline var dataSlot: UInt8

  @inlinable public init(_ row: Row, slot: Int, dataSlot: Int, offset: Int) {
    head = Slot(row, slot: slot, offset: offset)
    self.dataSlot = UInt8(truncatingIfNeeded: dataSlot)
  }
}

/// Strings in storage at the price that solc's code pays.
///
/// Data slots share one warm bit: code of the reference reads or writes a string whole, so its
/// data slots are warm together.
extension Machine {
  /// Reads a string into memory: its head, and every data word of a long one.
  @inlinable public mutating func load(_ slot: StringSlot) throws(CallFailure) -> StringID {
    let string = try load(slot.head)
    let words = strings.dataWords(of: string)
    if words > 0 {
      try chargeKeccak(bytes: 32)
      try chargeDataLoads(slot, words: words)
    }
    return string
  }

  /// Reads a string into memory and pays `wordCost` of plain computation for each of its data words.
  @inlinable public mutating func load(
    _ slot: StringSlot, computing wordCost: Int64
  ) throws(CallFailure) -> StringID {
    let string = try load(slot.head)
    let words = strings.dataWords(of: string)
    if words > 0 {
      try chargeKeccak(bytes: 32)
      try chargeDataLoads(slot, words: words)
      try compute(wordCost * Int64(words))
    }
    return string
  }

  @inlinable public func peek(_ slot: StringSlot) -> StringID { peek(slot.head) }

  @usableFromInline mutating func chargeDataLoads(
    _ slot: StringSlot, words: Int
  ) throws(CallFailure) {
    let row = slot.head.row
    let header = currentHeader(row)
    let isWarm = header & Machine.warmBit(slot.dataSlot) != 0
    if !isWarm {
      row.header = header | Machine.warmBit(slot.dataSlot)
      if catchDepth > 0 { journalWarmth(row, slot.dataSlot) }
    }
    try charge(Int64(words) * (isWarm ? GasSchedule.warmAccess : GasSchedule.coldSlot))
  }

  /// Writes a string from memory as solc does: read the head, clear data slots that the new string
  /// no longer needs, write its data, write the head.
  public mutating func store(_ new: StringID, _ slot: StringSlot) throws(CallFailure) {
    let old = try load(slot.head)
    let row = slot.head.row
    let oldWords = strings.dataWords(of: old)
    let newWords = strings.dataWords(of: new)
    if oldWords > 0 { try chargeKeccak(bytes: 32) }
    if newWords > 0 { try chargeKeccak(bytes: 32) }
    let isDirty = currentHeader(row) & Machine.dirtyBit(slot.head.slot) != 0
    if oldWords == 0, newWords > 0, !isDirty {
      try chargeFreshWords(of: new, count: newWords, slot)
    } else if oldWords + newWords > 0 {
      try chargeRewrittenWords(slot, old: old, new: new)
    }
    try chargeHead(slot, old: old, new: new, isFirst: !isDirty)
    if old != new {
      let around = row.bits(at: Int(slot.head.slotOffset)) & ~slot.head.slotMask
      row.setBits(around | new.slotBits, at: Int(slot.head.slotOffset))
    }
  }

  /// Data words where all stood zero when the transaction began.
  private mutating func chargeFreshWords(
    of string: StringID, count: Int, _ slot: StringSlot
  ) throws(CallFailure) {
    let row = slot.head.row
    let header = currentHeader(row)
    let bit = Machine.warmBit(slot.dataSlot)
    let zeroWords = Int64(strings.zeroWordCount(of: string))
    var price =
      (Int64(count) - zeroWords) * GasSchedule.slotSet + zeroWords * GasSchedule.warmAccess
    if header & bit == 0 {
      price += Int64(count) * GasSchedule.coldSlot
      row.header = header | bit
      if catchDepth > 0 { journalWarmth(row, slot.dataSlot) }
    }
    try charge(price)
  }

  /// Data words in general: cleared beyond the new end, written up to it.
  private mutating func chargeRewrittenWords(
    _ slot: StringSlot, old: StringID, new: StringID
  ) throws(CallFailure) {
    let row = slot.head.row
    let header = currentHeader(row)
    let bit = Machine.warmBit(slot.dataSlot)
    let access = header & bit == 0 ? GasSchedule.coldSlot : 0
    if access > 0 {
      row.header = header | bit
      if catchDepth > 0 { journalWarmth(row, slot.dataSlot) }
    }
    let originalBits = journal.original(row, slot.head.slotOffset)
    let first = originalBits.map { StringID(slotBits: UInt64(truncatingIfNeeded: $0.low)) } ?? old
    let newWords = strings.dataWords(of: new)
    for index in 0..<max(strings.dataWords(of: old), newWords) {
      let originalWord = strings.dataWord(index, of: first)
      let current = strings.dataWord(index, of: old)
      let value = strings.dataWord(index, of: new)
      try charge(access)
      if current == value {
        try charge(GasSchedule.warmAccess)
      } else {
        try chargeRewriting(original: originalWord, current: current, new: value)
      }
    }
  }

  /// The head of a long string holds its length only, so two long strings of one length have equal
  /// heads.
  private mutating func chargeHead(
    _ slot: StringSlot, old: StringID, new: StringID, isFirst: Bool
  ) throws(CallFailure) {
    let row = slot.head.row
    let oldHead = strings.head(of: old)
    let newHead = strings.head(of: new)
    if oldHead == newHead {
      try charge(GasSchedule.warmAccess)
    } else if isFirst {
      if newHead == 0 { refund += GasSchedule.refundForClearing }
      try charge(oldHead == 0 ? GasSchedule.slotSet : GasSchedule.slotReset)
    } else {
      let first = journal.original(row, slot.head.slotOffset)
      let firstHead =
        if let first {
          strings.head(of: StringID(slotBits: UInt64(truncatingIfNeeded: first.low)))
        } else { oldHead }
      try chargeRewriting(
        original: UInt256(high: 0, low: UInt128(firstHead)),
        current: UInt256(high: 0, low: UInt128(oldHead)),
        new: UInt256(high: 0, low: UInt128(newHead)))
    }
    if old == new { return }
    row.header = currentHeader(row) | Machine.dirtyBit(slot.head.slot)
    journal.append(
      JournalEntry(
        row: row, offset: slot.head.slotOffset, width: 4, slot: slot.head.slot, ledger: 0,
        isFirst: isFirst, old: UInt256(high: 0, low: UInt128(old.slotBits))))
  }
}
