/// Reads a file: the executable's business, lent to the loader so that this module needs no files.
///
/// Returns at most `limit` bytes; a longer file is `.tooLarge`.
public typealias FileReading =
  @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileProblem>

/// Why a file cannot be read.
public enum FileProblem: Error, Equatable, Sendable {
  case missing
  case isDirectory
  /// More bytes than the loader accepts.
  case tooLarge(limit: Int)
  /// The system's own words.
  case unreadable(reason: String)

  var whatHappened: String {
    switch self {
    case .missing: "does not exist"
    case .isDirectory: "is a directory"
    case .tooLarge(let limit): "is larger than \(limit) bytes"
    case .unreadable(let reason): "cannot be read: \(reason)"
    }
  }
}
