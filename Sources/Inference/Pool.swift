import Quantities

/// Rows of plain values in one growing allocation, reached by index without further checks.
///
/// The inner loop of a server touches a dozen rows per step. Array's bounds and uniqueness checks and
/// the copies of whole rows that they entail took more than half of its time (1,400 against 640 ns a
/// job when the two were compared, all else equal), hence the pointer.
///
/// Invariant: `storage` holds `capacity` elements of which the first `count` are initialised; it is
/// owned by this value alone, which cannot be copied. Every index handed in comes from `append` of the
/// same pool; debug builds, and so the tests, check each one.
@safe
struct Pool<Element: BitwiseCopyable>: ~Copyable {
  private var storage: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = max(capacity, 16)
    unsafe storage = .allocate(capacity: self.capacity)
  }

  deinit { unsafe storage.deallocate() }

  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    unsafe (storage + count).initialize(to: element)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    unsafe larger.moveInitialize(from: storage, count: count)
    unsafe storage.deallocate()
    unsafe storage = larger
    capacity *= 2
  }

  @inline(__always) func fetch(_ index: Int) {
    unsafe CacheFetch.lines(from: storage + index, size: MemoryLayout<Element>.size)
  }

  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      assert(index >= 0 && index < count)
      return unsafe UnsafePointer(storage + index)
    }
    @inline(__always) unsafeMutableAddress {
      assert(index >= 0 && index < count)
      return unsafe storage + index
    }
  }
}
