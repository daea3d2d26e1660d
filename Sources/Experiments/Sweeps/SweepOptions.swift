public import Report

/// How a sweep is run; nothing here changes a byte of its results.
public struct SweepOptions: Sendable {
  /// Threads, at least 1.
  public var workers = 1
  /// Folder of all results.
  public var root = "Results"
  public var shard = Shard.whole
  /// Repeats a sweep that is finished already, and forgets what an unfinished one has.
  public var isForced = false
  /// Stops at the first run that fails, instead of keeping it as a row and going on.
  public var stopsAtFailure = false
  /// Of the program, for the manifest.
  public var version = ""
  /// What may differ between equal sweeps; the engine adds workers, start and wall time.
  public var provenance: [(key: String, value: JSONValue)] = []

  public init() {}
}
