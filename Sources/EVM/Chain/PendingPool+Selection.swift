public import Quantities

/// Handing transactions to the open block.
extension PendingPool {
  /// Fixes the order by `baseFee` and drops what has waited too long. What is sent from here on is
  /// for later blocks.
  ///
  /// - Complexity: O(tips), plus what is dropped.
  @inlinable public mutating func beginBlock(baseFee: Wei, at time: SimTime) {
    expire(before: time - rules.lifetime)
    if buckets.count > 64 { buckets.removeAll { $0.head == PendingChain.none } }
    selection.isOpen = true
    selection.baseFee = UInt64(baseFee.rawValue)
    selection.sequenceLimit = nextSequence
    selection.capped.removeAll(keepingCapacity: true)
    enter(bucket: 0)
  }

  /// Takes out the next transaction of the open block that fits its room, nil when none is left.
  ///
  /// A transaction that does not fit is passed over, as op-geth does, and keeps its place. The room
  /// must not grow while a block is open.
  @inlinable public mutating func next(
    in room: BlockRoom
  ) -> PendingTransaction<Transaction>? {
    precondition(selection.isOpen, "transactions are taken for an open block")
    while true {
      guard selection.bucket < buckets.count else {
        guard !selection.capped.isEmpty else { return nil }
        if let taken = takeCapped(in: room) { return taken }
        continue
      }
      let tip = buckets[selection.bucket].tipMaximum
      if let first = selection.capped.first, first.effectiveTip > tip {
        if let taken = takeCapped(in: room) { return taken }
        continue
      }
      guard let slot = advance(room: room.gas(forTip: tip), tip: tip) else {
        leaveBucket()
        continue
      }
      if let first = selection.capped.first, first.effectiveTip == tip,
        first.sequence < entries[Int(slot)].sequence
      {
        if let taken = takeCapped(in: room) { return taken }
        continue
      }
      return take(slot, bucket: selection.bucket, effectiveTip: tip)
    }
  }

  /// The transaction that comes `places` after the next one if nothing intervenes, for fetching what
  /// it will touch.
  @inlinable @inline(__always) public func upcoming(_ places: Int) -> Transaction? {
    var slot = selection.cursor
    for _ in 0..<places where slot != PendingChain.none { slot = entries[Int(slot)].next }
    return slot == PendingChain.none ? nil : entries[Int(slot)].transaction
  }

  /// Ends the open block; what is left waits for the next one.
  @inlinable public mutating func endBlock() {
    selection.isOpen = false
    selection.cursor = PendingChain.none
  }

  /// Walks to the next entry of the bucket that pays its tip maximum and fits; nil at the end.
  @inlinable mutating func advance(room: UInt64, tip: UInt64) -> UInt32? {
    let baseFee = selection.baseFee
    let bucket = buckets[selection.bucket]
    if bucket.gasLimitFloor > room || bucket.feeMaximumCeiling < baseFee { return nil }
    while selection.cursor != PendingChain.none {
      let slot = selection.cursor
      let sequence = entries[Int(slot)].sequence
      if sequence >= selection.sequenceLimit { return nil }
      let feeMaximum = entries[Int(slot)].feeMaximum
      let gasLimit = UInt64(entries[Int(slot)].gasLimit)
      let margin = feeMaximum >= baseFee ? feeMaximum - baseFee : 0
      if margin >= tip && feeMaximum >= baseFee && gasLimit <= room { return slot }
      if margin < tip && feeMaximum >= baseFee {
        insertCapped(CappedEntry(effectiveTip: margin, sequence: sequence, slot: slot))
      }
      selection.gasLimitFloor = min(selection.gasLimitFloor, gasLimit)
      selection.feeMaximumCeiling = max(selection.feeMaximumCeiling, feeMaximum)
      selection.cursor = entries[Int(slot)].next
    }
    // The whole bucket was seen, so its bounds are known exactly.
    buckets[selection.bucket].gasLimitFloor = selection.gasLimitFloor
    buckets[selection.bucket].feeMaximumCeiling = selection.feeMaximumCeiling
    return nil
  }

  @inlinable mutating func leaveBucket() { enter(bucket: selection.bucket + 1) }

  @inlinable mutating func enter(bucket: Int) {
    selection.bucket = bucket
    selection.cursor = bucket < buckets.count ? buckets[bucket].head : PendingChain.none
    selection.gasLimitFloor = .max
    selection.feeMaximumCeiling = 0
  }

  @inlinable mutating func take(
    _ slot: UInt32, bucket: Int, effectiveTip: UInt64
  ) -> PendingTransaction<Transaction> {
    let entry = entries[Int(slot)]
    remove(slot, fromBucket: bucket)
    counts.taken += 1
    return PendingTransaction(
      transaction: entry.transaction, gasLimit: Gas(UInt64(entry.gasLimit)),
      effectiveTip: Wei(UInt128(effectiveTip)), arrival: entry.arrival)
  }

  /// Takes the first capped entry, or discards it for this block when it is gone or does not fit.
  @inlinable mutating func takeCapped(in room: BlockRoom) -> PendingTransaction<Transaction>? {
    let first = popCapped()
    let entry = entries[Int(first.slot)]
    guard entry.sequence == first.sequence,
      UInt64(entry.gasLimit) <= room.gas(forTip: first.effectiveTip)
    else { return nil }
    return take(
      first.slot, bucket: bucketIndex(ofTip: entry.tipMaximum), effectiveTip: first.effectiveTip)
  }

  /// Drops every transaction that arrived at `deadline` or before: the heads of the buckets are the
  /// oldest.
  @inlinable mutating func expire(before deadline: SimTime) {
    for index in buckets.indices {
      while buckets[index].head != PendingChain.none,
        entries[Int(buckets[index].head)].arrival <= deadline
      {
        drop(buckets[index].head, because: .expired)
      }
    }
  }
}

/// The binary heap of capped entries, first to execute on top.
extension PendingPool {
  @inlinable mutating func insertCapped(_ entry: CappedEntry) {
    selection.capped.append(entry)
    var index = selection.capped.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard selection.capped[index].precedes(selection.capped[parent]) else { return }
      selection.capped.swapAt(index, parent)
      index = parent
    }
  }

  @inlinable mutating func popCapped() -> CappedEntry {
    let first = selection.capped[0]
    let last = selection.capped.removeLast()
    let count = selection.capped.count
    guard count > 0 else { return first }
    selection.capped[0] = last
    var index = 0
    while true {
      var best = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < count && selection.capped[child].precedes(selection.capped[best]) {
        best = child
      }
      if best == index { return first }
      selection.capped.swapAt(index, best)
      index = best
    }
  }
}
