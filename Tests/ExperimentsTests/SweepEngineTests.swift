import Foundation
import Market
import Statistics
import Testing

@testable import Experiments

@Suite("A sweep") struct SweepEngineTests {
  let scratch = Scratch()

  @Test("gives the same bytes with any number of workers", arguments: [2, 3, 8])
  func workers(count: Int) throws {
    let other = Scratch()
    let one = try SweepFixture.engine().run(SweepFixture.options(scratch.path))
    let many = try SweepFixture.engine().run(SweepFixture.options(other.path, workers: count))
    let files = Scratch.files(in: one.folder)
    #expect(files == Scratch.files(in: many.folder))
    #expect(
      files.keys.sorted() == [
        "design.csv", "manifest.json", "plan.json", "points.csv", "results.csv", "sensitivity.csv",
      ])
    #expect(one.runs == 24 && one.points == 8 && one.failed == 0)
    #expect(!Disk.isFolder(one.folder + ".partial"))
  }

  @Test("writes tidy rows in order of point and replication, units in the headers")
  func rows() throws {
    let result = try SweepFixture.engine().run(SweepFixture.options(scratch.path, workers: 2))
    let records = try #require(
      CSVRecords.parse(Disk.contents(of: result.folder + "/results.csv") ?? []))
    #expect(
      records[0] == [
        "point", "replication", "status", "reason", "rate_per_s", "word", "event_digest", "events",
        "wait_mean_s", "refunds_usd",
      ])
    #expect(records.count == 25)
    for (index, record) in records.dropFirst().enumerated() {
      #expect(record[0] == String(index / 3) && record[1] == String(index % 3))
      let texts = SweepFixture.plan().design.texts(at: index / 3)
      #expect(record[4] + "/s" == texts[0] && record[5] == texts[1])
    }
    let points = Scratch.files(in: result.folder)["points.csv"]?.split(separator: "\n") ?? []
    #expect(
      points.first
        == "point,replications,failed,rate_per_s,word,wait_mean_s,wait_mean_s_half_width,refunds_usd,refunds_usd_half_width"
    )
    #expect(points.count == 9)
  }

  @Test("runs any point alone to the same row") func alone() throws {
    let whole = try SweepFixture.engine().run(SweepFixture.options(scratch.path))
    let rows = Scratch.files(in: whole.folder)["results.csv"]?.split(separator: "\n") ?? []
    let shard = try SweepFixture.engine().run(
      SweepFixture.options(scratch.path, shard: Shard(number: 4, count: 8)!))
    let alone = Scratch.files(in: shard.folder)["results.csv"]?.split(separator: "\n") ?? []
    #expect(alone.dropFirst() == rows.filter { $0.hasPrefix("3,") }[...])
  }

  @Test("does not repeat what is finished unless forced") func finished() throws {
    let runs = Counter()
    let engine = try SweepFixture.engine(onRun: { _, _ in runs.add() })
    let first = try engine.run(SweepFixture.options(scratch.path))
    let again = try engine.run(SweepFixture.options(scratch.path))
    #expect(runs.count == 24 && again.status == .alreadyFinished && again.runs == 24)
    let forced = try engine.run(SweepFixture.options(scratch.path, isForced: true))
    #expect(runs.count == 48 && forced.status == .finished)
    #expect(forced.folder == first.folder)
  }

  @Test("keeps finished runs when interrupted, and goes on from them") func interruption() throws {
    let undisturbed = Scratch()
    let expected = try SweepFixture.engine().run(SweepFixture.options(undisturbed.path))
    let runs = Counter()
    let engine = try SweepFixture.engine(
      onRun: { _, _ in runs.add() },
      onCustomer: { point, _, _ in if point == 4 { usleep(500) } })
    let partial = try engine.run(
      SweepFixture.options(scratch.path), isInterrupted: { runs.count > 12 })
    #expect(partial.status == .interrupted && partial.folder.hasSuffix(".partial"))
    #expect(partial.runs >= 12 && partial.runs < 24)
    let resumed = try SweepFixture.engine(onRun: { _, _ in runs.add() })
      .run(SweepFixture.options(scratch.path, workers: 2))
    #expect(resumed.resumed == partial.runs)
    #expect(Scratch.files(in: resumed.folder) == Scratch.files(in: expected.folder))
  }

  @Test("keeps a failed run as a typed row and computes from what is complete")
  func failure() throws {
    let result = try SweepFixture.engine(failing: [2: [1], 5: [0, 1, 2]])
      .run(SweepFixture.options(scratch.path, workers: 2))
    #expect(result.status == .finished && result.failed == 4)
    let files = Scratch.files(in: result.folder)
    #expect(
      files["results.csv"]?.contains("\n2,1,failed,\"host \"\"7\"\", refused\nto go on\",") == true)
    #expect(files["points.csv"]?.contains("\n2,2,1,") == true)
    #expect(files["points.csv"]?.contains("\n5,0,3,") == true)
    #expect(files["sensitivity.csv"]?.contains("\nwait_mean,rate,rank_correlation,") == true)
    let again = try SweepFixture.engine().run(SweepFixture.options(scratch.path))
    #expect(again.status == .alreadyFinished && again.failed == 4)
  }

  @Test("stops at the first failed run when asked, and can go on") func failFast() throws {
    let engine = try SweepFixture.engine(failing: [2: [1]])
    let stopped = try engine.run(SweepFixture.options(scratch.path, stopsAtFailure: true))
    #expect(stopped.status == .stoppedAtFailure && stopped.runs == 8 && stopped.failed == 1)
    let rest = try engine.run(SweepFixture.options(scratch.path))
    #expect(rest.status == .finished && rest.resumed == 8 && rest.failed == 1)
  }

  @Test("adds replications until a mean is precise, the same whoever runs them")
  func precision() throws {
    let precision = SweepPlan.Precision(
      metric: "wait_mean", relativeHalfWidth: 0.2, confidence: 0.95, limit: 12)
    let plan = SweepFixture.plan(precision: precision)
    let one = try SweepFixture.engine(plan).run(SweepFixture.options(scratch.path))
    let other = Scratch()
    let many = try SweepFixture.engine(plan).run(SweepFixture.options(other.path, workers: 4))
    #expect(Scratch.files(in: one.folder) == Scratch.files(in: many.folder))
    let records = CSVRecords.parse(Disk.contents(of: one.folder + "/points.csv") ?? []) ?? []
    let counts = records.dropFirst().compactMap { Int($0[1]) }
    #expect(counts.allSatisfy { $0 % 3 == 0 && (3...12).contains($0) })
    #expect(Set(counts).count > 1, "\(counts)")
    for record in records.dropFirst() where record[1] != "12" {
      #expect(Double(record[6])! <= 0.2 * Double(record[5])!)
    }
  }

  @Test("judges expectations at the points that they speak of") func expectations() throws {
    let plan = SweepFixture.plan(
      .grid(levels: [3, 2]), replications: 4,
      expectations: [
        SweepExpectation(
          Expectation(metric: "wait_mean", bound: .below(0.6)), factors: [0], texts: ["0.20/s"]),
        SweepExpectation(
          Expectation(metric: "wait_mean", bound: .above(0.7)), factors: [1], texts: ["b"]),
      ])
    let result = try SweepFixture.engine(plan, customers: 3000)
      .run(SweepFixture.options(scratch.path))
    #expect(result.verdicts.map(\.point) == [0, 1, 1, 3, 5])
    #expect(result.verdicts.map(\.holds) == [true, true, false, true, true])
    let again = try SweepFixture.engine(plan).run(SweepFixture.options(scratch.path))
    #expect(again.verdicts.map(\.holds) == result.verdicts.map(\.holds))
    #expect(
      Scratch.files(in: result.folder)["expectations.csv"]?.split(separator: "\n").count == 6)
  }

  @Test("says how far it is") func progress() throws {
    var seen: [RunProgress] = []
    _ = try SweepFixture.engine(onRun: { _, _ in usleep(20_000) })
      .run(SweepFixture.options(scratch.path, workers: 2), progress: { seen.append($0) })
    #expect(seen.last?.fraction == 1 && seen.last?.done == 24 && seen.last?.planned == 24)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.fraction <= $1.fraction })
  }

  @Test("refuses a journal of other columns") func foreignJournal() throws {
    let plan = SweepFixture.plan()
    let folder = SweepFolder(
      root: scratch.path, name: plan.name, id: try plan.id(), shard: .whole)
    try Disk.makeFolder(folder.files.partial)
    let journal =
      "point,replication,status,reason,something,else,that,is,longer,than,ours,by,far,in"
      + ",all,its,columns\n1,2\n"
    try OutputFile.write(Array(journal.utf8), to: folder.journal)
    #expect(throws: SweepError.foreignJournal(path: folder.journal)) {
      try SweepFixture.engine(plan).run(SweepFixture.options(scratch.path))
    }
  }

  @Test("stops when the disk is full, and says so", .enabled(if: OutputFileTests.fullDevice))
  func fullDisk() throws {
    let plan = SweepFixture.plan()
    let folder = SweepFolder(
      root: scratch.path, name: plan.name, id: try plan.id(), shard: .whole)
    try Disk.makeFolder(folder.files.partial)
    try FileManager.default.createSymbolicLink(
      atPath: folder.journal, withDestinationPath: "/dev/full")
    let error = #expect(throws: OutputError.self) {
      try SweepFixture.engine(plan).run(SweepFixture.options(scratch.path))
    }
    #expect(error?.path == folder.journal)
  }
}
