extension FutureEventList {
  /// Drops the entries whose ticket names nothing any more, keeping the order of the others.
  ///
  /// - Complexity: O(entries), so it is called when most entries are dead.
  @inlinable @inline(never) mutating func removeAll<Event>(notIn slab: borrowing EventSlab<Event>) {
    var kept = head
    for index in head..<tail where slab.holds(bottom[index].ticket) {
      bottom[kept] = bottom[index]
      kept += 1
    }
    tail = kept
    for level in 0..<Self.levelCount {
      var digits = occupied[level]
      while digits != 0 {
        let digit = digits.trailingZeroBitCount
        digits &= digits - 1
        rebuild(level: level, digit: digit, keepingThoseIn: slab)
      }
    }
  }

  /// Empties one bucket and appends what remains to it again.
  @inlinable mutating func rebuild<Event>(
    level: Int, digit: Int, keepingThoseIn slab: borrowing EventSlab<Event>
  ) {
    let index = level * Self.digitCount + digit
    var chunk = buckets[index].firstChunk
    var left = Int(buckets[index].count)
    close(index, level: level, digit: digit)
    while left > 0 {
      let here = min(left, Self.chunkLength)
      let start = Int(chunk) * Self.chunkLength
      fetchSlots(ofChunk: chunk, count: here, from: slab.slots.lines)
      for offset in 0..<here where slab.holds(entries[start + offset].ticket) {
        append(entries[start + offset], atLevel: level)
      }
      left -= here
      chunk = free(chunk)
    }
  }

  /// Asks for all slots of a chunk at once: whether an entry lives is hard to guess, and each wrong
  /// guess would wait for its slot alone.
  @usableFromInline func fetchSlots(ofChunk chunk: UInt32, count: Int, from slots: CacheLines) {
    let start = Int(chunk) * Self.chunkLength
    for offset in 0..<count { slots.prefetch(entries[start + offset].ticket.slot) }
  }
}
