public import Quantities

/// Transactions that were sent and not yet executed, ordered by effective tip and then arrival.
///
/// The effective tip is min(tip maximum, fee maximum − base fee), so the order is that of one base
/// fee: `beginBlock` fixes it, `next` hands out transactions in it, and what the block has no room
/// for keeps its place for the next one. A transaction whose fee maximum is below the base fee
/// waits. Senders' nonces are not modelled: with equal terms their transactions stay in order.
///
/// Entries live in one slab, chained in order of arrival into a bucket for each tip maximum. While
/// few tips are in use and everything fits, sending and taking are O(1) and allocate nothing once
/// the slab has grown. Entries that the base fee keeps below their tip maximum pass through a heap.
public struct PendingPool<Transaction: BitwiseCopyable>: ~Copyable {
  @usableFromInline var rules: PendingPoolRules
  @usableFromInline var entries = UniqueList<PendingEntry<Transaction>>()
  /// Head of the chain of unused entries.
  @usableFromInline var unused = PendingChain.none
  /// By tip maximum, highest first.
  @usableFromInline var buckets: [PendingBucket] = []
  /// Where the last transaction was put; senders mostly offer the same tip.
  @usableFromInline var latestBucket = 0
  @usableFromInline var nextSequence: UInt64 = 1
  @usableFromInline var latestArrival = SimTime.zero
  @usableFromInline var selection = PendingSelection()

  @usableFromInline var waiting = 0
  @usableFromInline var counts = PendingTally()
  @usableFromInline var departures: [DroppedTransaction<Transaction>] = []

  @inlinable public init(_ rules: PendingPoolRules) {
    self.rules = rules
  }

  /// Transactions waiting.
  @inlinable public var count: Int { waiting }
  /// What became of everything that was ever sent.
  @inlinable public var tally: PendingTally { counts }
  /// Transactions that left without being executed since `forgetDropped`, in order.
  @inlinable public var dropped: [DroppedTransaction<Transaction>] { departures }

  /// Forgets the transactions in `dropped`, keeping their storage.
  @inlinable public mutating func forgetDropped() { departures.removeAll(keepingCapacity: true) }
}

/// Limits of a pending pool.
public struct PendingPoolRules: BitwiseCopyable, Hashable, Sendable {
  /// The largest gas limit that one transaction may state; below 2³².
  public var gasLimitMaximum: Gas
  /// Transactions kept; beyond it the lowest tips leave.
  public var capacity: Int
  /// How long a transaction waits before it is dropped; go-ethereum's pool uses 3 h.
  public var lifetime: SimDuration
  /// By how much, in percent, a replacement must raise both maxima; go-ethereum's pool uses 10.
  public var replacementRaise: UInt64

  public init(
    gasLimitMaximum: Gas, capacity: Int = 1_000_000, lifetime: SimDuration = .hours(3),
    replacementRaise: UInt64 = 10
  ) {
    precondition(gasLimitMaximum.units <= UInt32.max, "entries keep gas limits in 32 bits")
    precondition(capacity > 0 && capacity < Int(UInt32.max), "entries are numbered in 32 bits")
    self.gasLimitMaximum = gasLimitMaximum
    self.capacity = capacity
    self.lifetime = lifetime
    self.replacementRaise = replacementRaise
  }
}

/// Names a pending transaction until it is executed or dropped.
public struct PendingTicket: BitwiseCopyable, Hashable, Sendable {
  @usableFromInline let slot: UInt32
  @usableFromInline let sequence: UInt64

  @inlinable init(slot: UInt32, sequence: UInt64) {
    self.slot = slot
    self.sequence = sequence
  }
}

/// A transaction taken out of the pool for execution.
public struct PendingTransaction<Transaction: BitwiseCopyable>: BitwiseCopyable {
  public let transaction: Transaction
  public let gasLimit: Gas
  /// Wei per gas beyond the base fee of the open block.
  public let effectiveTip: Wei
  public let arrival: SimTime

  @inlinable init(transaction: Transaction, gasLimit: Gas, effectiveTip: Wei, arrival: SimTime) {
    self.transaction = transaction
    self.gasLimit = gasLimit
    self.effectiveTip = effectiveTip
    self.arrival = arrival
  }
}
