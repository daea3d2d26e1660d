public import Statistics

/// A model whose independent replications the engine runs: a resolved scenario, or a toy in a test.
///
/// Everything a replication draws is keyed by its number, so replications can run in any order and
/// on any thread.
public protocol Replicable: Sendable {
  /// The same for every replication.
  var metrics: MetricSet { get }
  /// Every table that a replication may stream, in the order of the files, declared without a
  /// replication column.
  var tables: [TableSchema] { get }
  /// What the intervals do not cover, such as a trace that every replication shares.
  var intervalNote: String? { get }

  /// Runs one replication to its horizon.
  ///
  /// Opens its tables from `tables` and finishes each before returning. Asks `control` every few
  /// thousand events whether to stop.
  ///
  /// - Throws: `ReplicationStopped` when told to stop; anything else is the typed failure of this
  ///   replication alone.
  func run(
    replication: Int, tables: TableOutlet, control: ReplicationControl
  ) throws -> ReplicationOutput
}

extension Replicable {
  public var intervalNote: String? { nil }
}

/// What one replication found.
public struct ReplicationOutput: Sendable {
  public let values: MetricValues
  /// Rolling digest of the event sequence, in hexadecimal.
  public let eventDigest: String
  /// Events handled.
  public let eventCount: Int

  public init(values: MetricValues, eventDigest: String, eventCount: Int) {
    self.values = values
    self.eventDigest = eventDigest
    self.eventCount = eventCount
  }
}

/// Thrown by a replication that was told to stop; its results are discarded.
public struct ReplicationStopped: Error {
  public init() {}
}
