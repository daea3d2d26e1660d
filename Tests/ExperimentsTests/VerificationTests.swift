import Foundation
import Quantities
import Statistics
import Testing

@testable import Experiments

@Suite("Verification") struct VerificationTests {
  @Test("finds equal runs equal, and says how many events they have") func same() throws {
    let outcome = try Verification(ToyQueue(), replications: 3, workers: 4, trace: "customers")
      .run()
    guard case .same(let digests, let events) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(digests.count == 3 && Set(digests).count == 3 && events == 3 * 6000)
  }

  /// A queue whose second run of a replication falls asleep at one customer.
  private struct Moody: Replicable {
    let runs = Counter()
    var atCustomer = 2500
    let model = ToyQueue()
    var metrics: MetricSet { model.metrics }
    var tables: [TableSchema] { model.tables }

    func run(
      replication: Int, tables: TableOutlet, control: ReplicationControl
    ) throws -> ReplicationOutput {
      guard runs.add() == 2 else {
        return try model.run(replication: replication, tables: tables, control: control)
      }
      let outlet = TableOutlet(replication: tables.replication) { schema in
        guard schema.name == "customers" else { return nil }
        return Spoiler(next: try tables.sink(schema), row: atCustomer)
      }
      return try model.run(replication: replication, tables: outlet, control: control)
    }
  }

  /// Changes the wait of one customer on its way to the file.
  private final class Spoiler: TableSink {
    let next: (any TableSink)?
    let row: Int
    var seen = 0

    init(next: (any TableSink)?, row: Int) {
      self.next = next
      self.row = row
    }

    func write(_ rows: ResultTable) throws {
      var copy = ResultTable(rows.schema)
      for (index, cell) in rows.cells.enumerated() {
        let place = seen * 3 + index
        switch cell {
        case .integer(let value): copy.append(value)
        case .real(let value): copy.append(place == 3 * row + 2 ? value + 1 : value)
        case .ticks(let value): copy.append(SimDuration(nanoseconds: value))
        default: copy.appendAbsent()
        }
        if index % 3 == 2 { copy.endRow() }
      }
      seen += rows.rowCount
      try next?.write(copy)
    }

    func finish() throws { try next?.finish() }
  }

  @Test("finds the first event that differs", arguments: [0, 1364, 1365, 2999])
  func firstEvent(customer: Int) throws {
    let outcome = try Verification(
      Moody(atCustomer: customer), replications: 2, workers: 2, trace: "customers"
    ).run()
    guard case .different(let divergence) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(divergence.replication == 0 && divergence.event == customer + 1)
    #expect(divergence.first != divergence.second)
    #expect(divergence.description.contains("customer \(customer), arrival_s "))
  }

  /// Differs only when several replications run at once.
  private struct Crowded: Replicable {
    let model = ToyQueue()
    var metrics: MetricSet { model.metrics }
    var tables: [TableSchema] { model.tables }
    let calls = Counter()

    func run(
      replication: Int, tables: TableOutlet, control: ReplicationControl
    ) throws -> ReplicationOutput {
      let isLate = calls.add() > 4
      let output = try model.run(replication: replication, tables: tables, control: control)
      guard isLate, replication == 1 else { return output }
      return ReplicationOutput(
        values: output.values, eventDigest: "moved", eventCount: output.eventCount)
    }
  }

  @Test("finds what differs between one worker and several") func workers() throws {
    let outcome = try Verification(
      Crowded(), replications: 2, workers: 3, trace: "customers"
    ).run()
    guard case .different(let divergence) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(divergence.replication == 1 && divergence.event == nil)
    #expect(divergence.runs == ["one worker", "3 workers"])
    #expect(divergence.second == "6000 events, digest moved")
  }

  @Test("can be interrupted") func interruption() throws {
    let outcome = try Verification(
      ToyQueue(onCustomer: { _, _ in usleep(100) }), replications: 2, workers: 2,
      trace: "customers"
    ).run(isInterrupted: { true })
    guard case .interrupted = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }
}
