public import Quantities

/// A key of a `mapping` whose keys are too sparse to number rows.
public protocol MappingKey: BitwiseCopyable, Equatable {
  /// Spreads keys over the index; equal keys give equal bits.
  var indexBits: UInt64 { get }
}

/// Multiplies to the full 128 bits and folds them: every input bit reaches the upper half.
@inlinable func folded(_ value: UInt64) -> UInt64 {
  let (high, low) = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return high ^ low
}

extension UInt64: MappingKey {
  @inlinable public var indexBits: UInt64 { folded(self) }
}
extension UInt256: MappingKey {
  @inlinable public var indexBits: UInt64 {
    folded(
      UInt64(truncatingIfNeeded: low) ^ folded(UInt64(truncatingIfNeeded: low >> 64))
        ^ folded(UInt64(truncatingIfNeeded: high) &+ folded(UInt64(truncatingIfNeeded: high >> 64)))
    )
  }
}

/// A `mapping` with sparse keys: an open-addressing index from key to row.
///
/// The key stands in the row behind the header, the index holds row numbers only. A key once asked
/// for keeps its row for ever; a row of zeros is what an absent key reads as, so lookups need not
/// be undone. A handle like `Table`, with the same invariant.
@safe public struct Mapping<Key: MappingKey>: BitwiseCopyable {
  @unsafe @usableFromInline struct Index {
    /// Row number + 1 at each position, 0 where free.
    @usableFromInline var positions: UnsafeMutablePointer<UInt32>
    /// Power of two.
    @usableFromInline var capacity: Int
    @usableFromInline var count: Int
  }
  public let rows: Table
  @usableFromInline let index: UnsafeMutablePointer<Index>

  /// Where a row's values start.
  @inlinable public static var valueOffset: Int { Row.headerSize + MemoryLayout<Key>.size }

  init(valueSize: Int, chunkShift: Int) {
    rows = Table(stride: Self.valueOffset + valueSize, chunkShift: chunkShift)
    unsafe index = .allocate(capacity: 1)
    unsafe index.initialize(to: Index(positions: .allocate(capacity: 16), capacity: 16, count: 0))
    unsafe index.pointee.positions.initialize(repeating: 0, count: 16)
  }

  /// Keys ever asked for.
  @inlinable public var count: Int { unsafe index.pointee.count }

  /// The row of `key`, made on first use.
  @inlinable public func row(_ key: Key) -> Row {
    let mask = unsafe index.pointee.capacity &- 1
    var position = Int(truncatingIfNeeded: key.indexBits >> 20) & mask
    while true {
      let entry = unsafe index.pointee.positions[position]
      if entry == 0 { return insert(key, at: position) }
      let row = rows.row(Int(entry) &- 1)
      if self.key(of: row) == key { return row }
      position = (position &+ 1) & mask
    }
  }

  /// Asks the cache for the place in the index where a look-up of `key` will begin.
  @inlinable @inline(__always) public func fetchIndex(of key: Key) {
    unsafe CacheFetch.lines(from: index.pointee.positions + start(of: key), size: 4)
  }

  /// Asks the cache for the row that is most likely the key's, once the index has been fetched; a row
  /// not yet made stays so.
  @inlinable @inline(__always) public func fetchRow(of key: Key) {
    let entry = unsafe index.pointee.positions[start(of: key)]
    if entry != 0 { rows.fetchRow(Int(entry) &- 1) }
  }

  @inlinable @inline(__always) func start(of key: Key) -> Int {
    unsafe Int(truncatingIfNeeded: key.indexBits >> 20) & (index.pointee.capacity &- 1)
  }

  /// The number of the key's row, in the order of first use.
  ///
  /// - Complexity: O(chunks of rows).
  public func number(of key: Key) -> Int {
    guard let number = rows.number(of: row(key)) else {
      preconditionFailure("a mapping's row is in its table")
    }
    return number
  }

  /// The key that a row of this mapping belongs to.
  @inlinable public func key(of row: Row) -> Key {
    unsafe row.base.loadUnaligned(fromByteOffset: Row.headerSize, as: Key.self)
  }

  @usableFromInline @inline(never) func insert(_ key: Key, at position: Int) -> Row {
    let number = unsafe index.pointee.count
    let row = rows.row(number)
    unsafe row.base.storeBytes(of: key, toByteOffset: Row.headerSize, as: Key.self)
    unsafe index.pointee.positions[position] = UInt32(number + 1)
    unsafe index.pointee.count = number + 1
    if unsafe (number + 1) * 2 > index.pointee.capacity { grow() }
    return row
  }

  private func grow() {
    unsafe index.pointee.positions.deallocate()
    let capacity = unsafe index.pointee.capacity * 2
    let positions = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    unsafe positions.initialize(repeating: 0, count: capacity)
    for number in unsafe 0..<index.pointee.count {
      var position =
        Int(truncatingIfNeeded: key(of: rows.row(number)).indexBits >> 20) & (capacity - 1)
      while unsafe positions[position] != 0 { position = (position + 1) & (capacity - 1) }
      unsafe positions[position] = UInt32(number + 1)
    }
    unsafe index.pointee.positions = positions
    unsafe index.pointee.capacity = capacity
  }

  /// Index part only; the machine frees the rows with its tables.
  func deallocateIndex() {
    unsafe index.pointee.positions.deallocate()
    unsafe index.deallocate()
  }
}
