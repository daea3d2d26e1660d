import Foundation
import Quantities
import Statistics

@testable import Experiments

/// A single-server queue with exponential gaps and services, and the faults that tests ask for.
struct ToyQueue: Replicable {
  struct Refused: Error, CustomStringConvertible {
    let description = "host \"7\", refused\nto go on"
  }

  var seed: UInt64 = 1
  var customers = 3000
  var arrivalRate = 0.8
  var failing: Set<Int> = []
  /// Called with the replication and the customer before each service.
  var onCustomer: @Sendable (Int, Int) -> Void = { _, _ in }

  static let wait = Metric(
    name: "wait", unit: .seconds, observed: .tally, summary: [.mean, .p95, .maximum],
    meaning: "Time in the waiting line.")
  static let refunds = Metric(
    name: "refunds", unit: .usd, observed: .counted, meaning: "Never happens in this model.")
  static let customerTable = TableSchema(
    "customers", "One customer.",
    columns: [
      Column("customer", .integer, "Number."), .seconds("arrival", "When it came."),
      Column("wait", .real, .seconds, "How long it waited."),
    ])
  static let servers = TableSchema(
    "servers", "One server.", columns: [Column("utilisation", .real, "Busy over total time.")])

  let metrics = MetricSet([wait, refunds])
  let tables = [customerTable, servers]

  func run(
    replication: Int, tables: TableOutlet, control: ReplicationControl
  ) throws -> ReplicationOutput {
    var rows = try tables.stream(Self.customerTable)
    var summary = try tables.stream(Self.servers)
    var draws = Draws(state: seed &* 1_000_003 &+ UInt64(replication))
    var tally = Tally()
    var quantiles = Quantiles()
    var (clock, free, busy) = (0.0, 0.0, 0.0)
    for customer in 0..<customers {
      onCustomer(replication, customer)
      if control.shouldStop { throw ReplicationStopped() }
      control.report(fraction: Double(customer) / Double(customers))
      if customer == customers / 2, failing.contains(replication) { throw Refused() }
      clock += draws.exponential() / arrivalRate
      let wait = max(0, free - clock)
      let service = draws.exponential()
      free = max(free, clock) + service
      busy += service
      tally.record(wait)
      quantiles.record(wait)
      if rows.isRecording {
        rows.row.append(customer)
        rows.row.append(SimDuration(rounding: clock))
        rows.row.append(wait)
        rows.endRow()
      }
    }
    summary.row.append(busy / free)
    summary.endRow()
    try rows.finish()
    try summary.finish()
    var values = MetricValues(metrics)
    values.set(Self.wait, tally, quantiles)
    return ReplicationOutput(
      values: values, eventDigest: String(draws.state, radix: 16), eventCount: 2 * customers)
  }

  private struct Draws {
    var state: UInt64
    mutating func exponential() -> Double {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return -log((Double((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52)
    }
  }
}

/// A results folder of its own for one test, removed with it.
final class Scratch {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/marketsim-test-\(UUID().uuidString)"
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func plan(
    replications: Int = 6, workers: Int = 1, tables: [String] = ["customers", "servers"],
    seed: UInt64 = 1, isForced: Bool = false
  ) -> RunPlan {
    Self.plan(
      root: path, replications: replications, workers: workers, tables: tables, seed: seed,
      isForced: isForced)
  }

  static func plan(
    root: String, replications: Int = 6, workers: Int = 1,
    tables: [String] = ["customers", "servers"], seed: UInt64 = 1, isForced: Bool = false
  ) -> RunPlan {
    var plan = RunPlan(
      identity: RunIdentity(
        scenario: "toy", resolvedScenario: "customers: 3000\n", seed: seed,
        replications: replications, tables: tables, build: "test"))
    plan.root = root
    plan.workers = workers
    plan.isForced = isForced
    plan.version = "0"
    return plan
  }

  /// Every file below `folder` by its relative path; the manifest without its provenance.
  static func files(in folder: String) -> [String: String] {
    var files: [String: String] = [:]
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names where !Disk.isFolder(folder + "/" + name) {
      let text = String(
        decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self
      )
      files[name] =
        name == "manifest.json"
        ? text.components(separatedBy: "\"provenance\"").first ?? "" : text
    }
    return files
  }
}
