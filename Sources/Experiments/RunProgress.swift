/// How far a run is, for people who wait.
public struct RunProgress: Hashable, Sendable {
  public let planned: Int
  /// Done in this process, failed ones included.
  public let done: Int
  public let failed: Int
  /// Found finished from an earlier, interrupted process.
  public let resumed: Int
  /// Of the work of this process, 0 … 1; replications count alike.
  public let fraction: Double
}
