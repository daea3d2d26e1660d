public import Quantities

/// The slab and its chains.
extension PendingPool {
  /// The bucket of `tip`, made when there is none.
  @inlinable mutating func bucketIndex(ofTip tip: UInt64) -> Int {
    if latestBucket < buckets.count && buckets[latestBucket].tipMaximum == tip {
      return latestBucket
    }
    latestBucket = searchBucket(ofTip: tip)
    return latestBucket
  }

  @inlinable mutating func searchBucket(ofTip tip: UInt64) -> Int {
    var low = 0
    var high = buckets.count
    while low < high {
      let middle = (low + high) / 2
      if buckets[middle].tipMaximum > tip { low = middle + 1 } else { high = middle }
    }
    if low < buckets.count && buckets[low].tipMaximum == tip { return low }
    buckets.insert(PendingBucket(tipMaximum: tip), at: low)
    // The open block's walk stands on a bucket that has moved.
    if selection.isOpen && low <= selection.bucket { selection.bucket += 1 }
    return low
  }

  @inlinable mutating func takeSlot(for entry: PendingEntry<Transaction>) -> UInt32 {
    let slot = unused
    if slot != PendingChain.none {
      unused = entries[Int(slot)].next
      entries[Int(slot)] = entry
      return slot
    }
    entries.append(entry)
    return UInt32(entries.count - 1)
  }

  @inlinable mutating func append(_ slot: UInt32, toBucket index: Int) {
    let entry = entries[Int(slot)]
    if entry.previous == PendingChain.none {
      buckets[index].head = slot
    } else {
      entries[Int(entry.previous)].next = slot
    }
    buckets[index].tail = slot
    buckets[index].gasLimitFloor = min(buckets[index].gasLimitFloor, UInt64(entry.gasLimit))
    buckets[index].feeMaximumCeiling = max(buckets[index].feeMaximumCeiling, entry.feeMaximum)
    // The open block sets the bounds of this bucket when it has walked it to the end.
    if selection.isOpen && index == selection.bucket {
      selection.gasLimitFloor = min(selection.gasLimitFloor, UInt64(entry.gasLimit))
      selection.feeMaximumCeiling = max(selection.feeMaximumCeiling, entry.feeMaximum)
    }
  }

  /// Unchains an entry and marks it unused; its transaction has been read.
  @inlinable mutating func remove(_ slot: UInt32, fromBucket index: Int) {
    let previous = entries[Int(slot)].previous
    let next = entries[Int(slot)].next
    if selection.cursor == slot { selection.cursor = next }
    if previous == PendingChain.none {
      buckets[index].head = next
    } else {
      entries[Int(previous)].next = next
    }
    if next == PendingChain.none {
      buckets[index].tail = previous
    } else {
      entries[Int(next)].previous = previous
    }
    if previous == PendingChain.none && next == PendingChain.none {
      buckets[index].gasLimitFloor = .max
      buckets[index].feeMaximumCeiling = 0
    }
    entries[Int(slot)].sequence = 0
    entries[Int(slot)].next = unused
    unused = slot
    waiting -= 1
  }
}
