#if canImport(Glibc)
  import Glibc
#endif

/// A growable run of plain values at one address, owned by exactly one structure.
///
/// An `Array` checks for shared storage at every write and its bounds at every access. Here one
/// owner is guaranteed by `~Copyable`; bounds are asserted in debug builds, in which the tests run
/// against a safe twin, and follow from the callers' invariants in release. All unsafety of the
/// event kernel is in this file.
@usableFromInline @safe struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
  // Invariant: `start` addresses room for `capacity` elements until `deinit`. An element is read
  // only after it was written; the room beyond is left untouched, so that it costs no memory.
  @usableFromInline var start: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int

  @usableFromInline init(capacity: Int) {
    unsafe start = Self.allocate(capacity)
    self.capacity = capacity
  }

  @usableFromInline init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    unsafe start.initialize(repeating: value, count: count)
  }

  @inlinable deinit { unsafe start.deallocate() }

  @inlinable subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < capacity, "index outside the buffer")
      return unsafe start[index]
    }
    @inline(__always) _modify {
      assert(index >= 0 && index < capacity, "index outside the buffer")
      yield unsafe &start[index]
    }
  }

  @inlinable var reservedBytes: Int { capacity * MemoryLayout<Element>.stride }

  /// Where the elements lie, for asking the cache for them ahead of use.
  @inlinable var lines: CacheLines {
    unsafe CacheLines(start: UnsafeRawPointer(start), stride: MemoryLayout<Element>.stride)
  }

  @usableFromInline @inline(never) mutating func double() {
    let larger = unsafe Self.allocate(capacity * 2)
    unsafe larger.moveInitialize(from: start, count: capacity)
    unsafe start.deallocate()
    unsafe start = larger
    capacity *= 2
  }

  /// Large buffers are read at random, and with 4 KiB pages every other read would first miss the
  /// translation buffer; pages of 2 MiB, where Linux has them to give, avoid that.
  @usableFromInline static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    #if os(Linux)
      let page = 1 << 21
      let bytes = count * MemoryLayout<Element>.stride
      if bytes >= 2 * page {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
        // Only advice: when it is refused, the pages are small and the program as correct.
        _ = unsafe madvise(memory, bytes, MADV_HUGEPAGE)
        return unsafe memory.bindMemory(to: Element.self, capacity: count)
      }
    #endif
    return UnsafeMutablePointer<Element>.allocate(capacity: count)
  }

  /// Moves `count` elements from index `source` to index `target`; the ranges may overlap.
  @usableFromInline mutating func move(_ count: Int, from source: Int, to target: Int) {
    assert(source >= 0 && target >= 0 && max(source, target) + count <= capacity)
    unsafe (start + target).update(from: start + source, count: count)
  }
}

// Safe to hand over: the one owner is the only one who can reach the memory.
extension FlatBuffer: @unchecked Sendable where Element: Sendable {}
