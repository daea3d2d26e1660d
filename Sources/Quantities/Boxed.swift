/// A value at an address of its own, with one owner.
///
/// For the large and seldom replaced parts of a large structure. Swift 6.3 counts the leaf fields of
/// a noncopyable structure again at every access to it, and copies all of them where a borrowing
/// call is not inlined: behind a box they are one word for both.
///
/// Safe by this invariant: `pointer` has one initialised value from `init` to `deinit`, and only the
/// box reaches it.
@safe public struct Boxed<Value: ~Copyable>: ~Copyable {
  @usableFromInline let pointer: UnsafeMutablePointer<Value>

  @inlinable public init(_ value: consuming Value) {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
  }

  @inlinable deinit {
    unsafe pointer.deinitialize(count: 1)
    unsafe pointer.deallocate()
  }

  @inlinable public var value: Value {
    @inline(__always) unsafeAddress { unsafe UnsafePointer(pointer) }
    @inline(__always) unsafeMutableAddress { unsafe pointer }
  }
}

// Safe to hand over: the one owner is the only one who can reach the memory.
extension Boxed: @unchecked Sendable where Value: ~Copyable & Sendable {}
