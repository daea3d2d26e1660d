/// A growing list with one owner.
///
/// Reading or changing an element neither counts references nor checks for sharing, as an array
/// would do on every call between contracts.
///
/// Safe by this invariant: `start` has `count` initialised elements, indices are checked against
/// it, and the list alone owns its memory.
@safe public struct UniqueList<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Element>
  @usableFromInline var initialized = 0
  @usableFromInline var capacity: Int

  @inlinable public init(reserving capacity: Int = 4) {
    self.capacity = max(capacity, 1)
    unsafe start = .allocate(capacity: self.capacity)
  }

  @inlinable public init(_ elements: [Element]) {
    self.init(reserving: elements.count)
    for element in elements { append(element) }
  }

  deinit { unsafe start.deallocate() }

  @inlinable public var count: Int { @inline(__always) get { initialized } }
  @inlinable public var isEmpty: Bool { initialized == 0 }
  @inlinable public var indices: Range<Int> { 0..<initialized }

  @inlinable public subscript(_ index: Int) -> Element {
    // Addresses, so that an element is used in place instead of copied out and back.
    @inline(__always) unsafeAddress {
      // Unsigned, so that a negative index is beyond the end.
      precondition(UInt(bitPattern: index) < UInt(bitPattern: initialized), "no such element")
      return unsafe UnsafePointer(start + index)
    }
    @inline(__always) unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: initialized), "no such element")
      return unsafe start + index
    }
  }

  /// Asks the cache for an element that will be used soon; an index beyond the end does nothing.
  @inlinable @inline(__always) public func fetch(_ index: Int) {
    unsafe CacheFetch.lines(from: start + index, size: MemoryLayout<Element>.size)
  }

  @inlinable @inline(__always) public mutating func append(_ element: Element) {
    if initialized == capacity { grow() }
    unsafe (start + initialized).initialize(to: element)
    initialized &+= 1
  }

  /// Takes the last element off, nil when there is none.
  @inlinable @inline(__always) public mutating func popLast() -> Element? {
    guard initialized > 0 else { return nil }
    initialized &-= 1
    return unsafe start[initialized]
  }

  @inlinable @inline(never) mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    unsafe larger.update(from: start, count: initialized)
    unsafe start.deallocate()
    unsafe start = larger
    capacity *= 2
  }
}

// Safe to hand over: the one owner is the only one who can reach the memory.
extension UniqueList: @unchecked Sendable where Element: Sendable {}
