#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The few system calls that result files need, with errors that name the path.
enum Disk {
  static func openForWriting(_ path: String) throws(OutputError) -> Int32 {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError("create", path, code: errno) }
    return descriptor
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, at path: String) throws(OutputError) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        // Within bounds: offset < count.
        unsafe systemWrite(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw OutputError("write", path, code: errno)
      }
      offset += written
    }
  }

  /// Returns when the bytes would survive a power cut.
  static func synchronise(_ descriptor: Int32, at path: String) throws(OutputError) {
    // A device such as /dev/full cannot be synchronised, and has nothing to lose.
    if fsync(descriptor) != 0, errno != EINVAL { throw OutputError("write", path, code: errno) }
  }

  static func move(_ from: String, to path: String) throws(OutputError) {
    if unsafe rename(from, path) != 0 { throw OutputError("rename to", path, code: errno) }
  }

  static func makeFolder(_ path: String) throws(OutputError) {
    if unsafe mkdir(path, 0o755) == 0 { return }
    if errno == EEXIST, isFolder(path) { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw OutputError("create folder", path, code: errno)
    }
    try makeFolder(String(path[..<slash]))
    if unsafe mkdir(path, 0o755) != 0, errno != EEXIST {
      throw OutputError("create folder", path, code: errno)
    }
  }

  /// Makes `path` another name of the file `original`, when the file system can.
  static func link(_ original: String, as path: String) -> Bool {
    systemLink(original, path) == 0
  }

  /// The whole of a small file; nil when it cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    do { try forEachChunk(of: path) { chunk in bytes.append(contentsOf: chunk) } } catch {
      return nil
    }
    return bytes
  }

  /// Reads a file of any size a megabyte at a time.
  static func forEachChunk(of path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError("read", path, code: errno) }
    defer { close(descriptor) }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError("read", path, code: errno)
      }
      try body(chunk[..<count])
    }
  }

  /// Bytes of a file; nil when there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// A file that is read at places.
  final class Reader {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(OutputError) {
      self.path = path
      descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError("read", path, code: errno) }
    }

    deinit { close(descriptor) }

    func bytes(at offset: Int, count: Int) throws(OutputError) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      var done = 0
      while done < count {
        let read = unsafe bytes.withUnsafeMutableBytes { buffer in
          // Within bounds: done < count.
          unsafe pread(
            descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
        }
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { throw OutputError("read", path, code: read < 0 ? errno : EIO) }
        done += read
      }
      return bytes
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes a file; one that is not there is as good as removed.
  static func remove(_ path: String) { _ = unsafe unlink(path) }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

private func systemLink(_ original: String, _ path: String) -> Int32 {
  unsafe link(original, path)
}
