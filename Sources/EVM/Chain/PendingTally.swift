/// Why the pool refuses a transaction when it is sent.
public enum PendingRejection: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  /// The gas limit is above the cap of one transaction (EIP-7825).
  case gasLimitAboveMaximum
  /// The tip maximum is above the fee maximum, which no node accepts.
  case tipAboveFee
  /// The pool is full of transactions that offer at least as high a tip.
  case poolFull
}

/// Why a pending transaction left without being executed.
public enum PendingDropReason: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  /// Pushed out of a full pool by a higher tip.
  case evicted
  /// Waited longer than the pool keeps transactions.
  case expired
  /// Called off by its sender.
  case cancelled
  /// Superseded by a transaction of the same sender with a higher price.
  case replaced
}

/// Counts of what became of the transactions sent: sent = waiting + taken + dropped + rejected.
public struct PendingTally: BitwiseCopyable, Hashable, Sendable {
  public var sent: UInt64 = 0
  /// Handed out for execution.
  public var taken: UInt64 = 0
  /// By reason, in the order of the cases.
  @usableFromInline var rejections: SIMD4<UInt64> = .zero
  @usableFromInline var drops: SIMD4<UInt64> = .zero

  @inlinable public func rejected(_ reason: PendingRejection) -> UInt64 {
    rejections[Int(reason.rawValue)]
  }
  @inlinable public func dropped(_ reason: PendingDropReason) -> UInt64 {
    drops[Int(reason.rawValue)]
  }

  @inlinable init() {}
}

/// A transaction that left the pool without being executed.
public struct DroppedTransaction<Transaction: BitwiseCopyable>: BitwiseCopyable {
  public let transaction: Transaction
  public let reason: PendingDropReason

  @inlinable init(transaction: Transaction, reason: PendingDropReason) {
    self.transaction = transaction
    self.reason = reason
  }
}

extension DroppedTransaction: Sendable where Transaction: Sendable {}

/// The pool's answer to a transaction sent.
public enum PendingAdmission: BitwiseCopyable, Hashable, Sendable {
  case accepted(PendingTicket)
  case rejected(PendingRejection)

  /// The ticket of an accepted transaction.
  @inlinable public var ticket: PendingTicket? {
    if case .accepted(let ticket) = self { ticket } else { nil }
  }
}
