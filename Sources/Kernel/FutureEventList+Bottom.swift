extension FutureEventList {
  /// The earliest entry when the bottom holds any; `refillBottom` first when it does not.
  @inlinable @inline(__always) var first: Entry? { head < tail ? bottom[head] : nil }

  @inlinable @inline(__always) mutating func removeFirst() { head &+= 1 }

  /// Inserts in order, after entries with the same key.
  @usableFromInline mutating func insertIntoBottom(_ entry: Entry) {
    if head == tail {
      head = 0
      tail = 0
    } else if head > 0, entry.key < bottom[head].key {
      // An earlier phase of the current instant, in front of what may be thousands of entries.
      head -= 1
      bottom[head] = entry
      return
    }
    if tail == bottom.capacity { makeRoomInBottom() }
    var place = tail
    while place > head, bottom[place - 1].key > entry.key {
      bottom[place] = bottom[place - 1]
      place -= 1
    }
    bottom[place] = entry
    tail += 1
    if place < tail - 1, tail - head > Self.longBottom { spreadBottom() }
  }

  @inline(never) mutating func makeRoomInBottom() {
    if head > bottom.capacity / 2 {
      bottom.move(tail - head, from: head, to: 0)
      tail -= head
      head = 0
    } else {
      bottom.double()
    }
  }

  /// Returns a bottom that many insertions made long to the buckets one level below it.
  @inline(never) mutating func spreadBottom() {
    let level = max(floor - 1, 0)
    // At level 0 the entries may precede `base`, but only by their phase.
    if level == floor { base &= ~7 }
    floor = level
    limit = base
    for index in head..<tail { append(bottom[index], atLevel: level) }
    head = 0
    tail = 0
  }

  /// Moves the earliest bucket into the empty bottom.
  ///
  /// - Parameter horizon: The last key that may be wanted before the next insertion.
  /// - Returns: False when no entry has a key up to `horizon`; then later insertions may have any key
  ///   above the last one removed or up to `horizon`.
  @usableFromInline @inline(never) mutating func refillBottom(
    upTo horizon: UInt64, fetching slots: CacheLines
  ) -> Bool {
    assert(head == tail, "the bottom still holds entries")
    head = 0
    tail = 0
    while occupiedLevels != 0 {
      let level = occupiedLevels.trailingZeroBitCount
      let digit = occupied[level].trailingZeroBitCount
      let index = level * Self.digitCount + digit
      let shift = UInt64(level) * Self.digitBits
      let count = Int(buckets[index].count)
      let anyKey = entries[Int(buckets[index].firstChunk) * Self.chunkLength].key
      // The bucket's first key: what its entries share, then its digit, then zeros.
      let start = (anyKey &>> shift) &<< shift
      guard start <= horizon else { return false }
      if count <= Self.shortBucket || level == 0 {
        base = start
        limit = start + (1 &<< shift)
        floor = level
        moveToBottom(index, fetching: slots)
        close(index, level: level, digit: digit)
        return true
      }
      // Entries stay where they are in the list of chunks until all have moved on.
      let chunk = buckets[index].firstChunk
      close(index, level: level, digit: digit)
      base = start
      limit = start
      floor = level - 1
      spread(count, from: chunk, toLevel: level - 1, fetching: slots)
    }
    // Empty: cancelled entries may have carried `base` past the clock, so start over.
    base = 0
    limit = 0
    floor = 0
    return false
  }

  /// Empties the bucket's row; its chunks belong to whoever reads them.
  @inlinable @inline(__always) mutating func close(_ index: Int, level: Int, digit: Int) {
    buckets[index] = Bucket()
    occupied[level] &= ~(1 &<< UInt64(digit))
    if occupied[level] == 0 { occupiedLevels &= ~(1 &<< UInt64(level)) }
  }

  @inline(__always) mutating func moveToBottom(_ index: Int, fetching slots: CacheLines) {
    var chunk = buckets[index].firstChunk
    var left = Int(buckets[index].count)
    while left > 0 {
      let here = min(left, Self.chunkLength)
      let start = Int(chunk) * Self.chunkLength
      while tail + here > bottom.capacity { bottom.double() }
      for offset in 0..<here {
        let entry = entries[start + offset]
        slots.prefetch(entry.ticket.slot)
        var place = tail
        while place > 0, bottom[place - 1].key > entry.key {
          bottom[place] = bottom[place - 1]
          place -= 1
        }
        bottom[place] = entry
        tail += 1
      }
      left -= here
      chunk = free(chunk)
    }
  }

  @inline(__always) mutating func spread(
    _ count: Int, from first: UInt32, toLevel level: Int, fetching slots: CacheLines
  ) {
    var chunk = first
    var left = count
    let isNear = count <= 512
    while left > 0 {
      let here = min(left, Self.chunkLength)
      let start = Int(chunk) * Self.chunkLength
      for offset in 0..<here {
        let entry = entries[start + offset]
        if isNear { slots.prefetch(entry.ticket.slot) }
        append(entry, atLevel: level)
      }
      left -= here
      chunk = free(chunk)
    }
  }

  /// - Returns: The chunk that followed.
  @inlinable @inline(__always) mutating func free(_ chunk: UInt32) -> UInt32 {
    let next = nextChunk[Int(chunk)]
    nextChunk[Int(chunk)] = firstFreeChunk
    firstFreeChunk = chunk
    return next
  }
}
