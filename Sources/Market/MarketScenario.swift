import Contracts
import EVM
import Kernel
public import Statistics

/// A configuration made ready to run: its population, shared by all replications.
public struct MarketScenario: Sendable {
  public let configuration: MarketConfiguration
  private let population: Population

  /// - Throws: Why the configuration cannot be run; a checked scenario file never gets here.
  public init(_ configuration: MarketConfiguration) throws {
    let whole = configuration.withPuppets()
    self.configuration = whole
    population = try Population(whole)
  }

  /// What one replication found.
  public struct Outcome: Sendable {
    public let values: MetricValues
    /// 16 hexadecimal digits.
    public let eventDigest: String
    public let eventCount: Int
    /// Bytes of the tables in which the contracts keep their storage, which only grows.
    public let storageBytes: Int
  }

  /// Runs one replication to its horizon; twice where MSER-5 has to find its warm-up.
  ///
  /// - Parameters:
  ///   - hasSpareThread: Whether a second thread may be used; it does not change what comes out.
  ///   - shouldStop: Asked once a block.
  ///   - report: Told the share of the duration that has passed, once a block.
  /// - Returns: Nil when stopped.
  /// - Throws: What a table's file throws.
  public func run(
    replication: Int, tables outlet: TableOutlet, hasSpareThread: Bool = false,
    shouldStop: () -> Bool = { false }, report: (Double) -> Void = { _ in }
  ) throws -> Outcome? {
    var warmUp = MarketWarmUp.none
    var isSearched = false
    if case .steadyState(let given) = configuration.horizon {
      if let given {
        warmUp.duration = given
      } else {
        isSearched = true
        let found = try findWarmUp(of: replication, shouldStop) { report($0 / 2) }
        guard let found else { return nil }
        warmUp = found
      }
    }
    let tables = try MarketTables(configuration.outputs, outlet: outlet)
    var market = Market(
      configuration, population, replication: replication, warmUp: warmUp,
      hasSpareThread: hasSpareThread, tables: tables)
    let isFinished = market.run(shouldStop: shouldStop) { report(isSearched ? 0.5 + $0 / 2 : $0) }
    guard isFinished else { return nil }
    market.closeBooks(at: market.horizon)
    try market.writeFinalTables(to: outlet, at: market.horizon)
    let digest = String(market.kernel.digest, radix: 16)
    return Outcome(
      values: market.values(at: market.horizon),
      eventDigest: String(repeating: "0", count: 16 - digest.count) + digest,
      eventCount: market.kernel.executedCount,
      storageBytes: market.chain.world.evm.tableMemory)
  }
  /// Runs the replication for its warm-up alone. The same events then happen again with the counting
  /// begun in time: so every metric and table counts from one instant, and nothing is kept per batch.
  private func findWarmUp(
    of replication: Int, _ shouldStop: () -> Bool, report: (Double) -> Void
  ) throws -> MarketWarmUp? {
    let tables = try MarketTables(OutputSelection(), outlet: .discarding)
    var market = Market(configuration, population, replication: replication, tables: tables)
    market.counting.search = WarmUpSearch(spacing: market.chain.producer.parameters.blockTime)
    guard market.run(shouldStop: shouldStop, report: report) else { return nil }
    return market.warmUpFound()
  }
}
