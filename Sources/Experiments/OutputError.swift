#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A result file or folder that could not be made; nothing half-written stays behind.
public struct OutputError: Error, Equatable, CustomStringConvertible {
  public let path: String
  /// What was tried: `write`, `create`, `rename`.
  public let attempt: String
  /// The system's error number, `errno`.
  public let code: Int32

  init(_ attempt: String, _ path: String, code: Int32) {
    self.attempt = attempt
    self.path = path
    self.code = code
  }

  public var description: String {
    "\(path): error: cannot \(attempt): \(reason); \(remedy)"
  }

  private var reason: String {
    // strerror's buffer is copied at once; the messages used here are static strings in any libc.
    unsafe String(cString: strerror(code))
  }

  private var remedy: String {
    switch code {
    case ENOSPC, EDQUOT: "free some space or choose another folder with --output"
    case EFBIG: "raise the limit on file sizes (ulimit -f) or ask for fewer tables"
    case EACCES, EPERM, EROFS: "choose a folder that you may write with --output"
    case ENOTDIR, EEXIST:
      "a file stands where a folder is needed; move it or choose another --output"
    default: "check the folder or choose another with --output"
    }
  }
}
