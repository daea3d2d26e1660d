/// Why a sweep cannot start, go on or be merged.
public enum SweepError: Error, Equatable, CustomStringConvertible {
  /// Rows of other columns under this sweep's name.
  case foreignJournal(path: String)
  case unreadable(path: String)
  case notAShard(folder: String)
  case unfinishedShard(folder: String)
  case differentSweeps(first: String, other: String)
  case differentBuild(folder: String, theirs: String, ours: String)
  case differentCounts(first: String, other: String)
  case repeatedShard(first: String, other: String)
  case missingShards([Int], of: Int)
  case missingRuns(count: Int, example: String)

  public var description: String {
    switch self {
    case .foreignJournal(let path):
      "\(path): error: holds rows of another sweep or build; move it or choose another --output"
    case .unreadable(let path):
      "\(path): error: cannot be read as this program writes it; repeat the sweep with --force"
    case .notAShard(let folder):
      "\(folder): error: is no finished shard of a sweep; give folders that end in .shard-I-of-N"
    case .unfinishedShard(let folder):
      "\(folder): error: the shard is not finished; run it again, it goes on where it stopped"
    case .differentSweeps(let first, let other):
      "\(other): error: belongs to another sweep than \(first); merge shards of one sweep, made by "
        + "one build"
    case .differentBuild(let folder, let theirs, let ours):
      "\(folder): error: was made by build \(theirs.prefix(12)), this is \(ours.prefix(12)); merge "
        + "with the program that ran the shards"
    case .differentCounts(let first, let other):
      "\(other): error: is a shard of another division than \(first); give all shards of one"
    case .repeatedShard(let first, let other):
      "\(other): error: is the same shard as \(first); give each shard once"
    case .missingShards(let numbers, let count):
      "error: of \(count) shards, these are missing: "
        + numbers.prefix(20).map(String.init).joined(separator: ", ")
        + "; run them and merge again"
    case .missingRuns(let count, let example):
      "error: \(count) runs are missing, first \(example); run the shards again"
    }
  }
}
