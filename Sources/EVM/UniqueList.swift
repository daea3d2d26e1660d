/// A growing list with one owner.
///
/// Reading or changing an element neither counts references nor checks for sharing, as an array
/// would do on every call between contracts.
///
/// Safe by this invariant: `start` has `count` initialised elements, indices are checked against
/// it, and the list alone owns its memory.
@safe public struct UniqueList<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Element>
  public internal(set) var count = 0
  private var capacity = 4

  public init() { unsafe start = .allocate(capacity: capacity) }

  deinit { unsafe start.deallocate() }

  @inlinable public subscript(_ index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count, "list index out of range")
      return unsafe start[index]
    }
    @inline(__always) _modify {
      precondition(index >= 0 && index < count, "list index out of range")
      yield unsafe &start[index]
    }
  }

  public mutating func append(_ element: Element) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
      unsafe larger.update(from: start, count: count)
      unsafe start.deallocate()
      unsafe start = larger
      capacity *= 2
    }
    unsafe (start + count).initialize(to: element)
    count += 1
  }
}
