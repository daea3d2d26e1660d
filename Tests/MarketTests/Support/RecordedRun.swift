import Contracts
import EVM
import Kernel
import Quantities
import Statistics

@testable import Market

/// Everything a test wants to know of one finished replication.
struct RecordedRun {
  let values: MetricValues
  let digest: UInt64
  let horizon: SimTime
  let eventCount: Int
  let measured: Measurements
  let hosts: [Host]
  let renters: [Renter]
  let books: [HostBook]
  let tables: [String: RecordedTable]
  let live: [Job]
  /// Those of `live` whose request has not ended.
  let open: [Job]
  let verifiers: [Verifier]
  /// Σ over time of live jobs, job-nanoseconds.
  let liveArea: Int128
  let hostUSDC: [UInt256]
  let renterUSDC: [UInt256]
  let arbiterUSDC: UInt256
  let escrowUSDC: UInt256
  let hostETH: [UInt256]
  let renterETH: [UInt256]
  let escrowETH: UInt256
  let marketplaceETH: UInt256
  let ethRevenues: [ETHFlow]
  let stakes: [UInt256]
  /// ETH of hosts, renters and the vault together.
  let ethTotal: UInt256
  let vaultETH: UInt256

  init(
    _ configuration: MarketConfiguration, replication: Int = 0, warmUp: SimDuration = .zero,
    hasSpareThread: Bool = false
  ) throws {
    var sinks: [MemorySink] = []
    let outlet = TableOutlet(replication: nil) { schema in
      let sink = MemorySink(schema)
      sinks.append(sink)
      return sink
    }
    var market = try Market.made(
      from: configuration, replication: replication, warmUp: warmUp,
      hasSpareThread: hasSpareThread, outlet: outlet)
    precondition(market.run(shouldStop: { false }, report: { _ in }))
    market.closeBooks(at: market.horizon)
    try market.writeFinalTables(to: outlet, at: market.horizon)
    values = market.values(at: market.horizon)
    digest = market.kernel.digest
    horizon = market.horizon
    eventCount = market.kernel.executedCount
    measured = market.measured
    hosts = market.hosts.indices.map { market.hosts[$0] }
    books = market.books
    renters = market.renters.indices.map { market.renters[$0] }
    live = market.jobs.rows.indices.map { market.jobs.rows[$0] }.filter { $0.phase != .ended }
    open = market.jobs.rows.indices.filter { market.jobs.isOpen($0) }.map {
      market.jobs.rows[$0]
    }
    verifiers = market.verifiers
    liveArea = market.measured.jobsLive.area(until: market.horizon)
    var hostUSDC: [UInt256] = []
    var hostETH: [UInt256] = []
    var stakes: [UInt256] = []
    var eth = market.chain.world.ethBalance(of: market.chain.vault)
    vaultETH = eth
    for index in market.hosts.indices {
      let host = market.hosts[index]
      hostUSDC.append(market.chain.usdcBalance(of: host.account))
      stakes.append(market.chain.stake(of: host.account))
      hostETH.append(market.chain.world.ethBalance(of: host.account))
      eth = eth + market.chain.world.ethBalance(of: host.account)
    }
    var renterUSDC: [UInt256] = []
    var renterETH: [UInt256] = []
    for index in market.renters.indices {
      let renter = market.renters[index]
      renterUSDC.append(market.chain.usdcBalance(of: renter.account))
      renterETH.append(market.chain.world.ethBalance(of: renter.account))
      eth = eth + market.chain.world.ethBalance(of: renter.account)
    }
    for verifier in market.verifiers {
      eth = eth + market.chain.world.ethBalance(of: verifier.account)
    }
    self.hostUSDC = hostUSDC
    self.hostETH = hostETH
    self.renterETH = renterETH
    escrowETH = market.chain.world.ethBalance(of: market.chain.contracts.escrow)
    marketplaceETH = market.chain.world.ethBalance(of: market.chain.contracts.marketplace)
    ethRevenues = market.ethRevenues
    self.stakes = stakes
    self.renterUSDC = renterUSDC
    ethTotal = eth
    arbiterUSDC = market.chain.usdcBalance(of: market.chain.contracts.arbiter)
    escrowUSDC = market.chain.usdcBalance(of: market.chain.contracts.escrow)
    tables = Dictionary(
      uniqueKeysWithValues: sinks.map {
        ($0.schema.name, RecordedTable(columns: $0.schema.distinctNames, rows: $0.rows))
      })
  }

  func table(_ name: String) -> RecordedTable {
    guard let table = tables[name] else { preconditionFailure("no table \(name)") }
    return table
  }

  /// Whether a completed job has not been paid yet.
  func isPending(job number: Int) -> Bool {
    live.contains { $0.number == UInt64(number) && !$0.hasLeftEscrow }
  }

  func number(_ metric: String) -> Double { values.number(named: metric) ?? .nan }
}

extension TableSchema {
  /// Names of the columns; of two with one name the second goes by its header.
  fileprivate var distinctNames: [String] {
    var names: [String] = []
    for column in columns {
      names.append(names.contains(column.name) ? column.unit.header(for: column.name) : column.name)
    }
    return names
  }
}

extension Market {
  /// A market before its first event.
  static func made(
    from configuration: MarketConfiguration, replication: Int = 0, warmUp: SimDuration = .zero,
    hasSpareThread: Bool = false, outlet: TableOutlet = .discarding
  ) throws -> Market {
    let tables = try MarketTables(configuration.outputs, outlet: outlet)
    let configuration = configuration.withPuppets()
    return try Market(
      configuration, Population(configuration), replication: replication,
      warmUp: MarketWarmUp(duration: warmUp), hasSpareThread: hasSpareThread, tables: tables)
  }
}
