public import CacheHints

/// Asking the cache for rows ahead of their use.
///
/// A market of thousands of hosts outgrows the caches, and an event touches a dozen rows that nobody
/// has touched for long: fetched while the event before it is handled, they cost nothing.
@safe public enum CacheFetch {
  @usableFromInline static var lineLength: Int { 64 }

  /// Fetches every line of `size` bytes from `start` on. Nothing is read or written, so any address
  /// will do.
  @inlinable @inline(__always) public static func lines(
    from start: UnsafeRawPointer, size: Int
  ) {
    var offset = 0
    while offset < size {
      unsafe cache_fetch(start + offset)
      offset &+= lineLength
    }
    // The last byte may lie on one line more.
    if size > 1 { unsafe cache_fetch(start + (size &- 1)) }
  }
}
