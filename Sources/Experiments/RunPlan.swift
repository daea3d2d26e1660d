public import Market
public import Report

/// What the engine needs to know about a run besides the model.
public struct RunPlan: Sendable {
  public let identity: RunIdentity
  /// Threads; does not change a byte of the results.
  public var workers = 1
  /// Folder of all results, `Results` from the command line.
  public var root = "Results"
  /// Repeats a run that is finished already.
  public var isForced = false
  /// Judged over the replications that finish.
  public var expectations: [Expectation] = []
  /// Of the program, for the manifest.
  public var version = ""
  /// What may differ between equal runs: arguments, platform. The engine adds start and wall time.
  public var provenance: [(key: String, value: JSONValue)] = []

  public init(identity: RunIdentity) { self.identity = identity }
}
