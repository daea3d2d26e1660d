public import Quantities

/// Rows of one stride, numbered from 0, that never move; a row nobody has written is all zeros.
///
/// A handle: copies name the same rows. Chunks of rows keep every `Row` valid while the table
/// grows, so a contract can hold two rows while a third is made, and the journal can keep rows.
/// Chunks are made when first touched, so row numbers may be sparse.
///
/// Safe by this invariant: `memory` is made by `Machine.makeTable` and freed by the machine's
/// deinit; handles do not leave the world that owns the machine.
@safe public struct Table: BitwiseCopyable {
  @unsafe @usableFromInline struct Memory {
    @usableFromInline var chunks: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    @usableFromInline var chunkCount: Int
    @usableFromInline let stride: Int
    @usableFromInline let chunkShift: Int
    /// Rows of a chunk, less one.
    @usableFromInline let withinMask: Int
  }
  @usableFromInline let memory: UnsafeMutablePointer<Memory>

  /// - Parameters:
  ///   - stride: Bytes a row, header included, at most 255.
  ///   - chunkShift: Binary logarithm of the rows a chunk holds.
  init(stride: Int, chunkShift: Int) {
    precondition(stride >= Row.headerSize && stride <= 255, "row stride out of range")
    unsafe memory = .allocate(capacity: 1)
    unsafe memory.initialize(
      to: Memory(
        chunks: .allocate(capacity: 1), chunkCount: 1, stride: stride, chunkShift: chunkShift,
        withinMask: 1 << chunkShift - 1))
    unsafe memory.pointee.chunks.initialize(to: nil)
  }

  /// The row of that number.
  ///
  /// - Complexity: O(1); the first touch of a chunk clears it.
  @inlinable @inline(__always) public func row(_ number: Int) -> Row {
    let chunk = unsafe number &>> memory.pointee.chunkShift
    // Unsigned, so that a negative number is beyond every chunk.
    if unsafe UInt(bitPattern: chunk) < UInt(bitPattern: memory.pointee.chunkCount),
      let base = unsafe memory.pointee.chunks[chunk]
    {
      let within = unsafe number & memory.pointee.withinMask
      return unsafe Row(base + within &* memory.pointee.stride)
    }
    return makeRow(number)
  }

  /// Asks the cache for a row that will be used soon; a row not yet made stays so.
  @inlinable @inline(__always) public func fetchRow(_ number: Int) {
    let chunk = unsafe number &>> memory.pointee.chunkShift
    guard unsafe UInt(bitPattern: chunk) < UInt(bitPattern: memory.pointee.chunkCount),
      let base = unsafe memory.pointee.chunks[chunk]
    else { return }
    let within = unsafe number & memory.pointee.withinMask
    unsafe CacheFetch.lines(
      from: base + within &* memory.pointee.stride, size: memory.pointee.stride)
  }

  @usableFromInline @inline(never) func makeRow(_ number: Int) -> Row {
    precondition(number >= 0, "row number is negative")
    let chunk = unsafe number >> memory.pointee.chunkShift
    if unsafe chunk >= memory.pointee.chunkCount { growDirectory(toHold: chunk) }
    // The last row's slots may be read 8 bytes at a time, so a chunk has 8 bytes of slack.
    let size = unsafe memory.pointee.stride << memory.pointee.chunkShift + 8
    let base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    unsafe memory.pointee.chunks[chunk] = base
    return row(number)
  }

  private func growDirectory(toHold chunk: Int) {
    let old = unsafe memory.pointee.chunks
    let oldCount = unsafe memory.pointee.chunkCount
    let newCount = max(chunk + 1, oldCount * 2)
    let new = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: newCount)
    unsafe new.initialize(repeating: nil, count: newCount)
    unsafe new.update(from: old, count: oldCount)
    unsafe old.deallocate()
    unsafe memory.pointee.chunks = new
    unsafe memory.pointee.chunkCount = newCount
  }

  /// Bytes that the table holds.
  public var memoryUsed: Int {
    var bytes = unsafe memory.pointee.chunkCount * 8
    for chunk in unsafe 0..<memory.pointee.chunkCount
    where unsafe memory.pointee.chunks[chunk] != nil {
      unsafe bytes += memory.pointee.stride << memory.pointee.chunkShift
    }
    return bytes
  }

  /// The number of a row of this table, nil for another table's row. Searches the chunks.
  public func number(of row: Row) -> Int? {
    let size = unsafe memory.pointee.stride << memory.pointee.chunkShift
    for chunk in unsafe 0..<memory.pointee.chunkCount {
      guard let base = unsafe memory.pointee.chunks[chunk] else { continue }
      let distance = unsafe row.base - base
      if distance >= 0, distance < size {
        return unsafe chunk << memory.pointee.chunkShift + distance / memory.pointee.stride
      }
    }
    return nil
  }

  /// Calls `body` with every row that has a byte other than zero after its header.
  public func forEachWrittenRow(_ body: (Int, UnsafeRawBufferPointer) -> Void) {
    for chunk in unsafe 0..<memory.pointee.chunkCount {
      guard let base = unsafe memory.pointee.chunks[chunk] else { continue }
      for within in unsafe 0..<(1 << memory.pointee.chunkShift) {
        let bytes = unsafe UnsafeRawBufferPointer(
          start: base + within * memory.pointee.stride + Row.headerSize,
          count: memory.pointee.stride - Row.headerSize)
        if unsafe bytes.contains(where: { $0 != 0 }) {
          unsafe body(chunk << memory.pointee.chunkShift + within, bytes)
        }
      }
    }
  }

  /// Makes every row cold and clean, when the transaction counter starts again.
  func clearHeaders() {
    for chunk in unsafe 0..<memory.pointee.chunkCount
    where unsafe memory.pointee.chunks[chunk] != nil {
      let rows = unsafe 1 << memory.pointee.chunkShift
      for within in 0..<rows { row(chunk * rows + within).header = 0 }
    }
  }

  func deallocate() {
    for chunk in unsafe 0..<memory.pointee.chunkCount {
      unsafe memory.pointee.chunks[chunk]?.deallocate()
    }
    unsafe memory.pointee.chunks.deallocate()
    unsafe memory.deallocate()
  }
}
