/// Where the files of a sweep, or of one of its shards, lie.
///
/// `<root>/<name>/<id>/` exists only when the sweep is complete; until then `<id>.partial/` holds
/// `plan.json` and `journal.csv`. Shard 2 of 4 goes to `<id>.shard-2-of-4/`.
struct SweepFolder {
  let files: RunFolder

  init(root: String, name: String, id: String, shard: Shard) {
    files = RunFolder(
      path: "\(root)/\(RunFolder.folderName(of: name))/\(id)\(shard.folderSuffix)")
  }

  var journal: String { files.partial + "/journal.csv" }
}
