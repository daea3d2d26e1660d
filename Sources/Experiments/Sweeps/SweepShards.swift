/// The shards of one division of a sweep, as they lie in a results folder.
public struct SweepShards: Sendable {
  /// Of each shard, from the first; it exists once the shard is finished.
  public let folders: [String]
  /// Of the whole sweep.
  public let merged: String

  /// - Throws: When the plan cannot be encoded.
  public init(_ plan: SweepPlan, root: String, count: Int) throws {
    let id = try plan.id()
    func folder(_ shard: Shard) -> String {
      SweepFolder(root: root, name: plan.name, id: id, shard: shard).files.path
    }
    merged = folder(.whole)
    folders = (1...count).compactMap { Shard(number: $0, count: count).map(folder) }
  }

  public var isMerged: Bool { Disk.isFolder(merged) }
  /// Numbers of the shards that are not finished, from 1.
  public var missing: [Int] {
    folders.indices.filter { !Disk.isFolder(folders[$0]) }.map { $0 + 1 }
  }
}
