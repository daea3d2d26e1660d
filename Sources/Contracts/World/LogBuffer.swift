import EVM

/// The logs of the running or last transaction, in order.
///
/// A handle of memory that the world owns and reuses, so that emitting neither allocates nor checks
/// for sharing. Valid until the next transaction of the same world overwrites it.
///
/// Safe by this invariant: `memory` is made and freed by the world; `count` never exceeds
/// `capacity`, and indices are checked against it.
@safe public struct LogBuffer: RandomAccessCollection {
  @unsafe private struct Memory {
    var start: UnsafeMutablePointer<Log>
    var count = 0
    var capacity: Int
  }
  private let memory: UnsafeMutablePointer<Memory>

  init() {
    unsafe memory = .allocate(capacity: 1)
    unsafe memory.initialize(to: Memory(start: .allocate(capacity: 64), capacity: 64))
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { unsafe memory.pointee.count }

  public subscript(position: Int) -> Log {
    precondition(position >= 0 && position < endIndex, "log number out of range")
    return unsafe memory.pointee.start[position]
  }

  @inline(__always) func append(_ log: Log) {
    if unsafe memory.pointee.count == memory.pointee.capacity { grow() }
    unsafe (memory.pointee.start + memory.pointee.count).initialize(to: log)
    unsafe memory.pointee.count += 1
  }

  /// Drops the logs from `count` on.
  @inline(__always) func truncate(to count: Int) {
    precondition(count >= 0 && count <= endIndex, "logs can only be dropped")
    unsafe memory.pointee.count = count
  }

  @inline(never) private func grow() {
    let capacity = unsafe memory.pointee.capacity * 2
    let start = UnsafeMutablePointer<Log>.allocate(capacity: capacity)
    unsafe start.update(from: memory.pointee.start, count: memory.pointee.count)
    unsafe memory.pointee.start.deallocate()
    unsafe memory.pointee.start = start
    unsafe memory.pointee.capacity = capacity
  }

  func deallocate() {
    unsafe memory.pointee.start.deallocate()
    unsafe memory.deallocate()
  }
}
