import Foundation
import Statistics
import Synchronization
import Testing

import struct Market.Expectation

@testable import Experiments

@Suite("The replication engine") struct ReplicationEngineTests {
  let scratch = Scratch()

  @Test("gives the same bytes with any number of workers", arguments: [2, 3, 8])
  func workers(count: Int) throws {
    let other = Scratch()
    let one = try ReplicationEngine(ToyQueue(), plan: scratch.plan()).run()
    let many = try ReplicationEngine(ToyQueue(), plan: other.plan(workers: count)).run()
    let files = Scratch.files(in: one.folder)
    #expect(files == Scratch.files(in: many.folder))
    #expect(
      files.keys.sorted() == [
        "customers.csv", "manifest.json", "replications.csv", "scenario.txt", "servers.csv",
        "summary.csv",
      ])
    #expect(one.folder == scratch.path + "/toy/" + scratch.plan().identity.id)
    #expect(!Disk.isFolder(one.folder + ".partial"))
  }

  @Test("concatenates tables in replication order under one header") func tables() throws {
    let result = try ReplicationEngine(ToyQueue(customers: 500), plan: scratch.plan(workers: 2))
      .run()
    let records = try #require(
      CSVRecords.parse(Disk.contents(of: result.folder + "/customers.csv") ?? []))
    #expect(records[0] == ["replication", "customer", "arrival_s", "wait_s"])
    #expect(records.count == 1 + 6 * 500)
    for (index, record) in records.dropFirst().enumerated() {
      #expect(record[0] == String(index / 500) && record[1] == String(index % 500))
    }
  }

  @Test("writes one piece whole when there is one replication") func single() throws {
    let result = try ReplicationEngine(ToyQueue(customers: 50), plan: scratch.plan(replications: 1))
      .run()
    #expect(Scratch.files(in: result.folder)["customers.csv"]?.split(separator: "\n").count == 51)
  }

  @Test("gives different bytes for a different seed") func seeds() throws {
    let first = try ReplicationEngine(ToyQueue(seed: 1), plan: scratch.plan(seed: 1)).run()
    let second = try ReplicationEngine(ToyQueue(seed: 2), plan: scratch.plan(seed: 2)).run()
    #expect(first.folder != second.folder)
    #expect(
      Scratch.files(in: first.folder)["customers.csv"]
        != Scratch.files(in: second.folder)["customers.csv"])
  }

  @Test("does not repeat a finished run unless forced") func finishedRun() throws {
    let runs = Counter()
    let model = ToyQueue(
      customers: 10, onCustomer: { _, customer in if customer == 0 { runs.add() } })
    let first = try ReplicationEngine(model, plan: scratch.plan()).run()
    let again = try ReplicationEngine(model, plan: scratch.plan()).run()
    #expect(runs.count == 6)
    #expect(first.status == .finished && again.status == .alreadyFinished)
    #expect(again.folder == first.folder)
    #expect(
      again.outcomes.map(\.output?.values.numbers.first)
        == first.outcomes.map(\.output?.values.numbers.first))
    let before = Scratch.files(in: first.folder)
    let forced = try ReplicationEngine(model, plan: scratch.plan(isForced: true)).run()
    #expect(forced.status == .finished && runs.count == 12)
    #expect(Scratch.files(in: forced.folder) == before)
  }

  @Test("sweeps up after a process that was killed while it did") func leftovers() throws {
    let result = try ReplicationEngine(ToyQueue(customers: 10), plan: scratch.plan()).run()
    try Disk.makeFolder(result.folder + ".partial/replications/5")
    let again = try ReplicationEngine(ToyQueue(customers: 10), plan: scratch.plan()).run()
    #expect(again.status == .alreadyFinished)
    #expect(!Disk.isFolder(result.folder + ".partial"))
  }

  @Test("repeats a run whose files cannot be read only when forced") func unreadable() throws {
    let result = try ReplicationEngine(ToyQueue(customers: 10), plan: scratch.plan()).run()
    let before = Scratch.files(in: result.folder)
    try OutputFile.write(Array("replication\n".utf8), to: result.folder + "/replications.csv")
    #expect(throws: RunError.unreadable(folder: result.folder)) {
      try ReplicationEngine(ToyQueue(customers: 10), plan: scratch.plan()).run()
    }
    let repaired = try ReplicationEngine(
      ToyQueue(customers: 10), plan: scratch.plan(isForced: true)
    )
    .run()
    #expect(Scratch.files(in: repaired.folder) == before)
  }

  @Test("keeps finished replications when interrupted, and goes on from them") func interruption()
    throws
  {
    let undisturbed = Scratch()
    let expected = try ReplicationEngine(ToyQueue(), plan: undisturbed.plan()).run()
    let runs = Counter()
    let pace = ToyQueue(onCustomer: { replication, customer in
      if customer == 0 { runs.add() }
      if replication == 3 { usleep(200) }
    })
    let partial = try ReplicationEngine(pace, plan: scratch.plan())
      .run(isInterrupted: { runs.count > 3 })
    #expect(partial.status == .interrupted)
    #expect(partial.outcomes.map(\.isInterrupted) == [false, false, false, true, true, true])
    #expect(partial.folder.hasSuffix(".partial"))
    let overview = Scratch.files(in: partial.folder)
    #expect(overview["manifest.json"]?.contains("\"status\": \"interrupted\"") == true)
    #expect(overview["replications.csv"]?.contains("\n4,interrupted,") == true)
    #expect(overview["summary.csv"]?.contains("\nwait_mean,s,") == true)
    #expect(!Disk.isFolder(expected.folder.replacing(undisturbed.path, with: scratch.path)))

    let resumed = try ReplicationEngine(pace, plan: scratch.plan()).run(isInterrupted: { false })
    #expect(resumed.status == .finished && resumed.resumed == 3)
    #expect(runs.count == 7, "replication 3 ran twice, the finished ones once")
    #expect(Scratch.files(in: resumed.folder) == Scratch.files(in: expected.folder))
  }

  @Test("keeps a failed replication as a typed row") func failure() throws {
    let result = try ReplicationEngine(ToyQueue(failing: [1, 4]), plan: scratch.plan(workers: 2))
      .run()
    #expect(result.status == .finished)
    #expect(result.outcomes.map(\.isFailed) == [false, true, false, false, true, false])
    let files = Scratch.files(in: result.folder)
    #expect(
      files["replications.csv"]?
        .contains("\n1,failed,\"host \"\"7\"\", refused\nto go on\",,,,,,\n") == true)
    #expect(files["customers.csv"]?.contains("\n1,") == false)
    #expect(files["manifest.json"]?.contains("\"failed\": 2") == true)
    let again = try ReplicationEngine(ToyQueue(), plan: scratch.plan()).run()
    #expect(again.status == .alreadyFinished)
    #expect(again.outcomes.map(\.isFailed) == result.outcomes.map(\.isFailed))
  }

  @Test("leaves out tables that nobody asked for") func unwantedTables() throws {
    let result = try ReplicationEngine(
      ToyQueue(customers: 10), plan: scratch.plan(tables: ["servers"])
    ).run()
    #expect(!Scratch.files(in: result.folder).keys.contains("customers.csv"))
    #expect(Scratch.files(in: result.folder)["servers.csv"]?.split(separator: "\n").count == 7)
  }

  @Test("lets one process at a time compute a run") func lock() throws {
    let plan = scratch.plan(replications: 1)
    let refused = Mutex<RunError?>(nil)
    let outer = ToyQueue(
      customers: 1,
      onCustomer: { _, _ in
        do {
          _ = try ReplicationEngine(ToyQueue(), plan: plan).run()
        } catch {
          refused.withLock { $0 = error as? RunError }
        }
      })
    let result = try ReplicationEngine(outer, plan: plan).run()
    #expect(result.status == .finished)
    #expect(refused.withLock { $0 } == .busy(folder: result.folder + ".partial"))
  }

  @Test("files what was expected and whether it holds, and says so again when asked again")
  func expectations() throws {
    var plan = scratch.plan(workers: 2)
    plan.expectations = [
      Expectation(metric: "wait_mean", bound: .above(0)),
      Expectation(metric: "wait_mean", bound: .below(0), confidence: 0.9),
    ]
    for status in [RunResult.Status.finished, .alreadyFinished] {
      let result = try ReplicationEngine(ToyQueue(), plan: plan).run()
      #expect(result.status == status)
      #expect(result.verdicts.map(\.holds) == [true, false])
      let file = Scratch.files(in: result.folder)["expectations.csv"]
      #expect(file?.split(separator: "\n").count == 3)
    }
  }

  @Test("tells how far it is") func progress() throws {
    var seen: [RunProgress] = []
    _ = try ReplicationEngine(
      ToyQueue(customers: 100, onCustomer: { _, _ in usleep(1000) }), plan: scratch.plan(workers: 2)
    ).run(progress: { seen.append($0) })
    #expect(seen.first?.fraction == 0 && seen.last?.fraction == 1)
    #expect(seen.last?.done == 6)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.fraction <= $1.fraction })
    #expect(seen.contains { $0.fraction > 0 && $0.fraction < 1 })
  }

  @Test("estimates the wait of M/M/1") func closedForm() throws {
    let result = try ReplicationEngine(
      ToyQueue(customers: 30_000, arrivalRate: 0.5),
      plan: scratch.plan(replications: 20, tables: [])
    ).run()
    let means = Tally(result.outcomes.compactMap { $0.output?.values.numbers[0] })
    // ρ/(μ − λ) = 1; the seed is fixed, and the interval is narrow.
    #expect(means.interval(confidence: 0.99).contains(1))
    #expect(means.interval(confidence: 0.99).halfWidth < 0.05)
  }
}

final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  /// - Returns: The new count, which no other call returns.
  @discardableResult func add() -> Int { value.add(1, ordering: .relaxed).newValue }
  var count: Int { value.load(ordering: .relaxed) }
}
