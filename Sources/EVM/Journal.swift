public import Quantities

/// What one write or one first access replaced, so that a failing frame can put it back.
@usableFromInline struct JournalEntry: BitwiseCopyable {
  @usableFromInline var row: Row
  @usableFromInline var offset: UInt8
  /// Bytes of the slot; 0 when only the warm bit is to be cleared.
  @usableFromInline var width: UInt8
  @usableFromInline var slot: UInt8
  @usableFromInline var ledger: UInt8
  /// Whether it is the slot's first write in the transaction, so that `old` is the original value.
  @usableFromInline var isFirst: Bool
  @usableFromInline var old: UInt256

  @inlinable init(
    row: Row, offset: UInt8, width: UInt8, slot: UInt8, ledger: UInt8, isFirst: Bool, old: UInt256
  ) {
    self.row = row
    self.offset = offset
    self.width = width
    self.slot = slot
    self.ledger = ledger
    self.isFirst = isFirst
    self.old = old
  }
}

/// The changes of the running transaction, newest last. Its memory is kept from one transaction to
/// the next.
@safe @usableFromInline struct Journal: ~Copyable {
  @usableFromInline var entries: UnsafeMutablePointer<JournalEntry>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  /// Whether a balance or a supply may have changed.
  @usableFromInline var touchesLedger = false

  init() {
    capacity = 256
    unsafe entries = .allocate(capacity: capacity)
  }

  @inlinable deinit { unsafe entries.deallocate() }

  @inlinable @inline(__always) mutating func append(_ entry: JournalEntry) {
    if count == capacity { grow() }
    unsafe (entries + count).initialize(to: entry)
    count &+= 1
  }

  @usableFromInline @inline(never) mutating func grow() {
    let larger = UnsafeMutablePointer<JournalEntry>.allocate(capacity: capacity * 2)
    unsafe larger.update(from: entries, count: count)
    unsafe entries.deallocate()
    unsafe entries = larger
    capacity *= 2
  }

  @inlinable @inline(__always) subscript(_ index: Int) -> JournalEntry { unsafe entries[index] }

  /// What the audit asks of every entry.
  @inline(__always) func marks(of index: Int) -> (ledger: UInt8, isFirst: Bool) {
    let entry = unsafe entries + index
    return unsafe (entry.pointee.ledger, entry.pointee.isFirst)
  }

  /// The value that a slot had when the transaction began, nil when nothing wrote it.
  ///
  /// A forward scan, since the first entry holds it; journals of one transaction are short.
  @inline(__always) func original(_ row: Row, _ offset: UInt8) -> UInt256? {
    for index in 0..<count {
      let entry = unsafe entries + index
      if unsafe entry.pointee.row.isSame(as: row) && entry.pointee.offset == offset
        && entry.pointee.isFirst
      {
        return unsafe entry.pointee.old
      }
    }
    return nil
  }
}
