public import Market
public import Statistics

/// A resolved scenario as the engine runs it.
public struct MarketModel: Replicable {
  public let configuration: MarketConfiguration
  private let scenario: MarketScenario

  /// - Throws: What the configuration cannot be run for, such as a model larger than its GPU.
  public init(_ configuration: MarketConfiguration) throws {
    self.configuration = configuration
    scenario = try MarketScenario(configuration)
  }

  public var metrics: MetricSet { .market }
  public var tables: [TableSchema] { TableSchema.market }

  public var intervalNote: String? {
    let traced = configuration.renters.contains { cohort in
      if case .trace = cohort.arrivals { return true }
      return false
    }
    guard traced else { return nil }
    return "replications share the trace: intervals cover what it does not fix"
  }

  /// The share of a replication, 0 … 1, that was simulated until `isEnough`; for estimates of cost.
  public func pilot(until isEnough: () -> Bool) -> Double {
    var share = 0.0
    let outcome = try? scenario.run(
      replication: 0, tables: .discarding, shouldStop: isEnough, report: { share = $0 })
    return outcome == nil ? share : 1
  }

  public func run(
    replication: Int, tables: TableOutlet, control: ReplicationControl
  ) throws -> ReplicationOutput {
    let outcome = try scenario.run(
      replication: replication, tables: tables, hasSpareThread: control.hasSpareThread,
      shouldStop: { control.shouldStop }, report: { control.report(fraction: $0) })
    guard let outcome else { throw ReplicationStopped() }
    return ReplicationOutput(
      values: outcome.values, eventDigest: outcome.eventDigest, eventCount: outcome.eventCount)
  }
}
