import Foundation
import Statistics
import Testing

@testable import Experiments

@Suite("Shards of a sweep") struct SweepMergeTests {
  let scratch = Scratch()

  private func shards(_ plan: SweepPlan = SweepFixture.plan(), of count: Int) throws -> [String] {
    try (1...count).map { number in
      try SweepFixture.engine(plan).run(
        SweepFixture.options(
          scratch.path, workers: 2, shard: Shard(number: number, count: count)!)
      ).folder
    }
  }

  @Test("merge to the bytes of one process", arguments: [1, 2, 4, 11])
  func sameBytes(count: Int) throws {
    let other = Scratch()
    let whole = try SweepFixture.engine().run(SweepFixture.options(other.path))
    // One shard of one is the sweep itself; beyond the points, shards are empty.
    guard count > 1 else { return }
    let target = Scratch()
    let merged = try SweepFixture.merge(try shards(of: count).reversed(), to: target.path)
    #expect(Scratch.files(in: merged.folder) == Scratch.files(in: whole.folder))
    let again = try SweepFixture.merge(try shards(of: count), to: target.path)
    #expect(again.status == .alreadyFinished && again.runs == 24)
  }

  @Test("are refused when one is missing, unfinished, repeated or foreign") func refusals() throws {
    let folders = try shards(of: 4)
    let target = Scratch()
    #expect(throws: SweepError.missingShards([2], of: 4)) {
      try SweepFixture.merge([folders[0], folders[2], folders[3]], to: target.path)
    }
    #expect(throws: SweepError.repeatedShard(first: folders[1], other: folders[1] + "/")) {
      try SweepFixture.merge(folders + [folders[1] + "/"], to: target.path)
    }
    let other = try shards(SweepFixture.plan(name: "other"), of: 4)
    #expect(throws: SweepError.differentSweeps(first: folders[0], other: other[1])) {
      try SweepFixture.merge([folders[0], other[1], folders[2], folders[3]], to: target.path)
    }
    let three = try shards(of: 3)
    #expect(throws: SweepError.differentCounts(first: folders[0], other: three[1])) {
      try SweepFixture.merge([folders[0], three[1]], to: target.path)
    }
    #expect(throws: SweepError.differentBuild(folder: folders[0], theirs: "test", ours: "b2")) {
      try SweepFixture.merge(folders, to: target.path, build: "b2")
    }
    #expect(throws: SweepError.notAShard(folder: scratch.path)) {
      try SweepFixture.merge([scratch.path], to: target.path)
    }
    try FileManager.default.moveItem(atPath: folders[3], toPath: folders[3] + ".partial")
    #expect(throws: SweepError.unfinishedShard(folder: folders[3])) {
      try SweepFixture.merge(folders, to: target.path)
    }
    #expect(!Disk.isFolder(target.path), "a refused merge writes nothing")
  }

  @Test("are refused when runs are missing from their tables") func missingRuns() throws {
    let folders = try shards(of: 2)
    let path = folders[1] + "/results.csv"
    let lines = (Scratch.files(in: folders[1])["results.csv"] ?? "").split(separator: "\n")
    try OutputFile.write(
      Array((lines.dropLast(2).joined(separator: "\n") + "\n").utf8), to: path)
    #expect(throws: SweepError.missingRuns(count: 2, example: "replication 1 of point 7")) {
      try SweepFixture.merge(folders, to: Scratch().path)
    }
    try OutputFile.write(Array("torn".utf8), to: path)
    #expect(throws: SweepError.unreadable(path: path)) {
      try SweepFixture.merge(folders, to: Scratch().path)
    }
  }

  @Test("are known to be missing until they are finished") func missing() throws {
    let plan = SweepFixture.plan()
    let division = try SweepShards(plan, root: scratch.path, count: 3)
    #expect(division.missing == [1, 2, 3] && !division.isMerged)
    _ = try SweepFixture.engine(plan).run(
      SweepFixture.options(scratch.path, shard: Shard(number: 2, count: 3)!))
    #expect(division.missing == [1, 3])
    let folders = try shards(plan, of: 3)
    #expect(division.missing.isEmpty && division.folders == folders)
    let merged = try SweepFixture.merge(folders, to: scratch.path)
    #expect(division.isMerged && division.merged == merged.folder)
  }

  @Test("are written as I/N", arguments: ["0/4", "5/4", "1", "1/", "/2", "a/b", "1/2/3", "-1/2"])
  func text(wrong: String) {
    #expect(Shard(wrong) == nil)
    #expect(Shard("2/8") == Shard(number: 2, count: 8))
  }
}
