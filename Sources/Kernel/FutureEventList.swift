/// The tickets of pending events in order of (time, phase, scheduling): a radix queue over a small
/// sorted bottom.
///
/// A key is the time in ticks, times 8, plus the phase. Keys below `limit` are in the bottom, a
/// short sorted run from which events leave. All others lie in buckets: level L has 64 of them, one
/// per value of the key's L-th group of six bits, and a key goes to the level of the highest group
/// in which it differs from `base`. When the bottom is empty, the lowest bucket becomes the new
/// bottom if it is short, else it is spread over the buckets of a lower level.
///
/// An event is moved a few times, each time by a sequential read and a write to one of 64 places,
/// so the cost per event hardly depends on how many are pending or how their times are spread; a
/// heap's cache misses grow with its depth, and a calendar queue must guess its bucket width. Every
/// move keeps the order of arrival, so equal keys need no sequence number: 16 bytes an entry.
///
/// - Source: Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the shortest path problem",
///   JACM 37(2), 1990 (radix heap); Tang, Goh, Thng, "Ladder queue", TOMACS 15(3), 2005 (bottom).
@usableFromInline struct FutureEventList: ~Copyable, Sendable {
  @usableFromInline struct Entry: BitwiseCopyable, Sendable {
    @usableFromInline var key: UInt64
    @usableFromInline var ticket: Ticket

    @inlinable init(key: UInt64, ticket: Ticket) {
      self.key = key
      self.ticket = ticket
    }
  }

  /// Entries in order of arrival, in a list of chunks.
  @usableFromInline struct Bucket: BitwiseCopyable, Sendable {
    @usableFromInline var firstChunk: UInt32 = 0
    /// Where the next entry goes, unless the chunk is full, which `count` tells.
    @usableFromInline var end: UInt32 = 0
    @usableFromInline var count: UInt32 = 0
    @inlinable init() {}
  }

  @usableFromInline static var digitBits: UInt64 { 6 }
  @usableFromInline static var digitCount: Int { 64 }
  @usableFromInline static var levelCount: Int { 11 }
  @usableFromInline static var chunkLength: Int { 16 }
  /// The longest bucket that is sorted into the bottom rather than spread.
  @usableFromInline static var shortBucket: Int { 32 }
  /// The longest bottom that an insertion in its middle leaves alone.
  @usableFromInline static var longBottom: Int { 96 }
  @usableFromInline static var noChunk: UInt32 { .max }

  // Invariants: every pending key below `limit` is in the bottom, every other in a bucket; a bucket's
  // key agrees with `base` in all digits above its level, except that digits below `floor` do not
  // count: levels below `floor` are empty. `base` is not above any key still to come.
  @usableFromInline var base: UInt64 = 0
  @usableFromInline var limit: UInt64 = 0
  @usableFromInline var floor = 0

  // The bottom is `bottom[head..<tail]`, ascending.
  @usableFromInline var bottom = FlatBuffer<Entry>(capacity: 256)
  @usableFromInline var head = 0
  @usableFromInline var tail = 0

  @usableFromInline var buckets = FlatBuffer<Bucket>(repeating: Bucket(), count: 64 * 11)
  /// Bit d of word L is set when bucket d of level L holds entries; bit L of `occupiedLevels` when
  /// any of the level does.
  @usableFromInline var occupied = FlatBuffer<UInt64>(repeating: 0, count: 11)
  @usableFromInline var occupiedLevels: UInt64 = 0

  @usableFromInline var entries = FlatBuffer<Entry>(capacity: 64 * 16)
  /// The chunk after each chunk in its bucket, or in the list of free chunks.
  @usableFromInline var nextChunk = FlatBuffer<UInt32>(capacity: 64)
  @usableFromInline var usedChunks = 0
  @usableFromInline var firstFreeChunk = UInt32.max

  @inlinable init() {}

  @usableFromInline var reservedBytes: Int {
    bottom.reservedBytes + buckets.reservedBytes + occupied.reservedBytes
      + entries.reservedBytes + nextChunk.reservedBytes
  }
}

extension FutureEventList {
  /// - Precondition: `key` is not below any key already popped, but for its phase.
  @inlinable @inline(__always) mutating func insert(_ entry: Entry) {
    if entry.key < limit { return insertIntoBottom(entry) }
    let difference = (entry.key ^ base) | 1
    let level = max(Int(truncatingIfNeeded: 63 &- difference.leadingZeroBitCount) / 6, floor)
    append(entry, atLevel: level)
  }

  @inlinable @inline(__always) mutating func append(_ entry: Entry, atLevel level: Int) {
    let digit = (entry.key &>> (UInt64(truncatingIfNeeded: level) &* Self.digitBits)) & 63
    let index = level &* Self.digitCount &+ Int(truncatingIfNeeded: digit)
    let count = buckets[index].count
    var place = buckets[index].end
    if count % UInt32(Self.chunkLength) == 0 {
      place = placeInNewChunk(of: index)
      occupied[level] |= 1 &<< digit
      occupiedLevels |= 1 &<< UInt64(truncatingIfNeeded: level)
    }
    entries[Int(place)] = entry
    buckets[index].end = place &+ 1
    buckets[index].count = count &+ 1
  }

  @usableFromInline @inline(__always) mutating func placeInNewChunk(of index: Int) -> UInt32 {
    let chunk: UInt32
    if firstFreeChunk != Self.noChunk {
      chunk = firstFreeChunk
      firstFreeChunk = nextChunk[Int(chunk)]
    } else {
      if usedChunks == nextChunk.capacity { growChunks() }
      chunk = UInt32(usedChunks)
      usedChunks += 1
    }
    nextChunk[Int(chunk)] = Self.noChunk
    if buckets[index].count == 0 {
      buckets[index].firstChunk = chunk
    } else {
      let last = (buckets[index].end &- 1) / UInt32(Self.chunkLength)
      nextChunk[Int(last)] = chunk
    }
    return chunk &* UInt32(Self.chunkLength)
  }

  @usableFromInline @inline(never) mutating func growChunks() {
    precondition(usedChunks < Int(UInt32.max) / Self.chunkLength / 2, "too many pending events")
    nextChunk.double()
    entries.double()
  }
}
