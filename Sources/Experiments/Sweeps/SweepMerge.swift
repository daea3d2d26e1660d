internal import Foundation
internal import Report
public import Statistics

/// Makes one sweep of its shards: the same bytes as if one process had run it.
public struct SweepMerge {
  private let folders: [String]
  private let metrics: MetricSet
  private let build: String

  /// - Parameters:
  ///   - folders: Of finished shards, in any order.
  ///   - build: Of this program, which must be that of the shards.
  public init(_ folders: [String], metrics: MetricSet, build: String) {
    self.folders = folders
    self.metrics = metrics
    self.build = build
  }

  /// Writes the sweep below `options.root`; a finished one that is there is kept unless forced.
  ///
  /// - Throws: `SweepError`, `OutputError` or `RunError`.
  public func run(_ options: SweepOptions) throws -> SweepResult {
    let clock = RunClock()
    let plan = try commonPlan()
    let tables = SweepTables(plan, metrics: metrics)
    let id = try plan.id()
    let assembly = SweepAssembly(
      plan: plan, tables: tables, id: id, shard: .whole, version: options.version)
    let target = SweepFolder(root: options.root, name: plan.name, id: id, shard: .whole).files
    var rows = SweepRows()
    for folder in folders {
      let path = folder + "/results.csv"
      guard let end = try rows.add(path, header: assembly.header, of: tables),
        end == Disk.size(of: path)
      else { throw SweepError.unreadable(path: path) }
    }
    if target.isComplete, !options.isForced {
      let summary = try assembly.summarise(&rows)
      return summary.result(.alreadyFinished, folder: target.path, resumed: summary.runs)
    }
    let lock = try target.lock()
    defer { withExtendedLifetime(lock) {} }
    try target.removeTree(target.complete)
    let summary = try assembly.write(&rows, to: target.complete) {
      options.provenance + [
        ("merged_shards", .integer(Int64(folders.count))), ("started", .text(clock.started)),
        ("wall_s", .real(clock.elapsedSeconds)),
      ]
    }
    try target.publish()
    return summary.result(.finished, folder: target.path, resumed: summary.runs)
  }

  /// The plan of all shards, once they are seen to be each of one division exactly once.
  private func commonPlan() throws -> SweepPlan {
    var first: (folder: String, plan: SweepPlan, count: Int)?
    var numbers: [Int: String] = [:]
    for folder in folders {
      guard let shard = Self.shard(of: folder) else {
        throw SweepError.notAShard(folder: folder)
      }
      guard let bytes = Disk.contents(of: folder + "/plan.json"),
        let plan = try? SweepPlan(decoding: bytes)
      else {
        throw Disk.isFolder(Self.trimmed(folder) + ".partial")
          ? SweepError.unfinishedShard(folder: folder) : SweepError.notAShard(folder: folder)
      }
      guard plan.build == build else {
        throw SweepError.differentBuild(folder: folder, theirs: plan.build, ours: build)
      }
      if let first {
        guard first.plan == plan else {
          throw SweepError.differentSweeps(first: first.folder, other: folder)
        }
        guard first.count == shard.count else {
          throw SweepError.differentCounts(first: first.folder, other: folder)
        }
      } else {
        first = (folder, plan, shard.count)
      }
      if let other = numbers.updateValue(folder, forKey: shard.number) {
        throw SweepError.repeatedShard(first: other, other: folder)
      }
    }
    guard let first else { throw SweepError.missingShards([1], of: 1) }
    let missing = (1...first.count).filter { numbers[$0] == nil }
    guard missing.isEmpty else { throw SweepError.missingShards(missing, of: first.count) }
    return first.plan
  }

  /// From the end of the folder's name, `.shard-2-of-4`.
  private static func shard(of folder: String) -> Shard? {
    guard let range = trimmed(folder).ranges(of: ".shard-").last else { return nil }
    let parts = trimmed(folder)[range.upperBound...].components(separatedBy: "-of-")
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    return Shard(number: number, count: count)
  }

  private static func trimmed(_ folder: String) -> String {
    var text = folder
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return text
  }
}
