internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Finished runs of an unfinished sweep, one row each in order of finishing.
///
/// A row is appended by one system call, so whatever kills the process leaves whole rows and at most
/// one torn one at the end, which is cut off when the file is opened again. The file may be read at
/// any time.
final class SweepJournal: Sendable {
  let path: String
  private let descriptor: Int32
  private let lastSynchronised: Mutex<ContinuousClock.Instant>
  /// Rows that a power cut may cost are those of this time.
  private static let interval = Duration.seconds(5)

  /// Opens the file for appending after its first `length` bytes, and writes `header` to a new one.
  init(_ path: String, keeping length: Int, header: [UInt8]) throws {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError("create", path, code: errno) }
    lastSynchronised = Mutex(.now)
    guard ftruncate(descriptor, off_t(length)) == 0 else {
      throw OutputError("write", path, code: errno)
    }
    if length == 0 { try append(header) }
  }

  deinit { close(descriptor) }

  func append(_ row: [UInt8]) throws {
    try lastSynchronised.withLock { last in
      try Disk.write(row, to: descriptor, at: path)
      guard last.duration(to: .now) > Self.interval else { return }
      try Disk.synchronise(descriptor, at: path)
      last = .now
    }
  }

  func synchronise() throws { try Disk.synchronise(descriptor, at: path) }
}
