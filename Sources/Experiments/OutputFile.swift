#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A file that appears under its name when it is complete, or never.
///
/// Bytes go to a temporary name beside it. `commit()` flushes them to the device and renames;
/// without it the temporary file is removed.
struct OutputFile: ~Copyable {
  let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isOpen = true

  init(_ path: String) throws(OutputError) {
    self.path = path
    temporary = path + ".tmp"
    descriptor = try Disk.openForWriting(temporary)
  }

  deinit { if isOpen { Self.abandon(descriptor, temporary) } }

  mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try Disk.write(bytes, to: descriptor, at: path)
  }

  mutating func commit() throws(OutputError) {
    try Disk.synchronise(descriptor, at: path)
    isOpen = false
    guard close(descriptor) == 0 else {
      let code = errno
      Disk.remove(temporary)
      throw OutputError("write", path, code: code)
    }
    do {
      try Disk.move(temporary, to: path)
    } catch {
      Disk.remove(temporary)
      throw error
    }
  }

  private static func abandon(_ descriptor: Int32, _ temporary: String) {
    close(descriptor)
    Disk.remove(temporary)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    var file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
