import Quantities

/// The addresses of a run of elements, of use only to fetch their cache lines early.
@usableFromInline @safe struct CacheLines {
  // Never dereferenced, so it may dangle without harm.
  @usableFromInline let start: UnsafeRawPointer
  @usableFromInline let stride: Int

  @usableFromInline init(start: UnsafeRawPointer, stride: Int) {
    unsafe self.start = unsafe start
    self.stride = stride
  }

  @inline(__always) func prefetch(_ index: UInt32) {
    unsafe CacheFetch.lines(from: start + Int(index) &* stride, size: 1)
  }
}
