/// Why a run cannot start, other than a folder that cannot be written.
public enum RunError: Error, Equatable, CustomStringConvertible {
  case busy(folder: String)
  case unreadable(folder: String)

  public var description: String {
    switch self {
    case .busy(let folder):
      "\(folder): error: another process is computing this run; wait for it or choose another --output"
    case .unreadable(let folder):
      "\(folder): error: replications.csv of the finished run cannot be read; repeat it with --force"
    }
  }
}
