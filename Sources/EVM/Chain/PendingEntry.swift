public import Quantities

/// Links of a chain of pool entries are entry numbers.
@usableFromInline enum PendingChain {
  @usableFromInline static let none = UInt32.max
}

@usableFromInline struct PendingEntry<Transaction: BitwiseCopyable>: BitwiseCopyable {
  @usableFromInline var transaction: Transaction
  /// Wei per gas.
  @usableFromInline var tipMaximum: UInt64
  /// Wei per gas.
  @usableFromInline var feeMaximum: UInt64
  /// Order of arrival, from 1; 0 while the entry is unused.
  @usableFromInline var sequence: UInt64
  @usableFromInline var arrival: SimTime
  @usableFromInline var gasLimit: UInt32
  @usableFromInline var previous: UInt32
  @usableFromInline var next: UInt32

  @inlinable init(
    transaction: Transaction, tipMaximum: UInt64, feeMaximum: UInt64, sequence: UInt64,
    arrival: SimTime, gasLimit: UInt32, previous: UInt32, next: UInt32
  ) {
    self.transaction = transaction
    self.tipMaximum = tipMaximum
    self.feeMaximum = feeMaximum
    self.sequence = sequence
    self.arrival = arrival
    self.gasLimit = gasLimit
    self.previous = previous
    self.next = next
  }
}

/// The chain of entries with one tip maximum, in order of arrival.
@usableFromInline struct PendingBucket: BitwiseCopyable {
  @usableFromInline let tipMaximum: UInt64
  @usableFromInline var head = PendingChain.none
  @usableFromInline var tail = PendingChain.none
  /// No entry has a smaller gas limit, so a block with less room need not look further.
  @usableFromInline var gasLimitFloor = UInt64.max
  /// No entry has a larger fee maximum, so under a higher base fee all of them wait.
  @usableFromInline var feeMaximumCeiling: UInt64 = 0

  @inlinable init(tipMaximum: UInt64) { self.tipMaximum = tipMaximum }
}

/// An entry whose fee maximum leaves less than its tip maximum under the open block's base fee.
@usableFromInline struct CappedEntry: BitwiseCopyable {
  @usableFromInline let effectiveTip: UInt64
  @usableFromInline let sequence: UInt64
  @usableFromInline let slot: UInt32

  @inlinable init(effectiveTip: UInt64, sequence: UInt64, slot: UInt32) {
    self.effectiveTip = effectiveTip
    self.sequence = sequence
    self.slot = slot
  }

  @inlinable func precedes(_ other: CappedEntry) -> Bool {
    effectiveTip > other.effectiveTip
      || (effectiveTip == other.effectiveTip && sequence < other.sequence)
  }
}

/// How far the open block has walked through the pool.
@usableFromInline struct PendingSelection {
  @usableFromInline var isOpen = false
  @usableFromInline var baseFee: UInt64 = 0
  /// Entries from this sequence on arrived after the block was opened and are not for it.
  @usableFromInline var sequenceLimit: UInt64 = 0
  @usableFromInline var bucket = 0
  /// Next entry of the bucket to look at; everything before it was taken or passed over.
  @usableFromInline var cursor = PendingChain.none
  /// Bounds over the entries of this bucket that were passed over.
  @usableFromInline var gasLimitFloor = UInt64.max
  @usableFromInline var feeMaximumCeiling: UInt64 = 0
  @usableFromInline var capped: [CappedEntry] = []

  @inlinable init() {}
}
