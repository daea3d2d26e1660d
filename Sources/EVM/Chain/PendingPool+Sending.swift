public import Quantities

extension PendingPool {
  /// Puts a transaction behind those that offer the same tip.
  ///
  /// - Parameter arrival: When the sequencer learns of it; not before an earlier call's.
  /// - Complexity: O(1) for the tip used last, else O(log tips); O(tips) for a new tip.
  @inlinable public mutating func send(
    _ transaction: Transaction, terms: TransactionTerms, at arrival: SimTime
  ) -> PendingAdmission {
    precondition(arrival >= latestArrival, "transactions are sent in order of time")
    latestArrival = arrival
    counts.sent += 1
    if terms.gasLimit > rules.gasLimitMaximum { return reject(.gasLimitAboveMaximum) }
    if terms.tipMaximum > terms.feeMaximum { return reject(.tipAboveFee) }
    let tip = UInt64(terms.tipMaximum.rawValue)
    if waiting == rules.capacity && !makeRoom(for: tip) { return reject(.poolFull) }
    let sequence = nextSequence
    nextSequence += 1
    let bucket = bucketIndex(ofTip: tip)
    let slot = takeSlot(
      for: PendingEntry(
        transaction: transaction, tipMaximum: tip, feeMaximum: UInt64(terms.feeMaximum.rawValue),
        sequence: sequence, arrival: arrival, gasLimit: UInt32(terms.gasLimit.units),
        previous: buckets[bucket].tail, next: PendingChain.none))
    append(slot, toBucket: bucket)
    waiting += 1
    return .accepted(PendingTicket(slot: slot, sequence: sequence))
  }

  /// Calls a pending transaction off. On a chain this costs a transaction of its own.
  ///
  /// - Returns: Whether it was still pending.
  @inlinable public mutating func cancel(_ ticket: PendingTicket) -> Bool {
    guard isPending(ticket) else { return false }
    drop(ticket.slot, because: .cancelled)
    return true
  }

  /// Supersedes a pending transaction with one that arrives now and pays more.
  ///
  /// - Returns: Nil when the old one is no longer pending or either maximum is not raised by the
  ///   rules' percentage; the old one then stays. Otherwise the answer to the new one.
  @inlinable public mutating func replace(
    _ ticket: PendingTicket, with transaction: Transaction, terms: TransactionTerms,
    at arrival: SimTime
  ) -> PendingAdmission? {
    guard isPending(ticket) else { return nil }
    let old = entries[Int(ticket.slot)]
    guard isRaised(terms.tipMaximum, over: old.tipMaximum),
      isRaised(terms.feeMaximum, over: old.feeMaximum)
    else { return nil }
    drop(ticket.slot, because: .replaced)
    return send(transaction, terms: terms, at: arrival)
  }

  /// Whether the transaction of this ticket still waits.
  @inlinable public func isPending(_ ticket: PendingTicket) -> Bool {
    entries[Int(ticket.slot)].sequence == ticket.sequence
  }

  @inlinable func isRaised(_ offer: Wei, over old: UInt64) -> Bool {
    offer.rawValue * 100 >= UInt128(old) * UInt128(100 + rules.replacementRaise)
      && offer.rawValue > UInt128(old)
  }

  @inlinable mutating func reject(_ reason: PendingRejection) -> PendingAdmission {
    counts.rejections[Int(reason.rawValue)] += 1
    return .rejected(reason)
  }

  /// Drops the latest of the transactions with the lowest tip when `tip` is higher.
  @usableFromInline mutating func makeRoom(for tip: UInt64) -> Bool {
    guard let lowest = buckets.last(where: { $0.tail != PendingChain.none }),
      lowest.tipMaximum < tip
    else { return false }
    drop(lowest.tail, because: .evicted)
    return true
  }

  @inlinable mutating func drop(_ slot: UInt32, because reason: PendingDropReason) {
    let entry = entries[Int(slot)]
    counts.drops[Int(reason.rawValue)] += 1
    departures.append(DroppedTransaction(transaction: entry.transaction, reason: reason))
    remove(slot, fromBucket: bucketIndex(ofTip: entry.tipMaximum))
  }
}
