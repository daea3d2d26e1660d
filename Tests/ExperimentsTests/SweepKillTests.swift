import Foundation
import Testing

@testable import Experiments

@Suite("A killed sweep") struct SweepKillTests {
  /// Point, replication, customer.
  static let moments = [[0, 0, 0], [1, 2, 299], [3, 1, 150], [6, 0, 7], [7, 2, 298]]

  @Test("resumes to the same bytes and repeats no finished run", arguments: moments)
  func resume(moment: [Int]) async throws {
    let undisturbed = Scratch()
    let expected = try SweepFixture.engine().run(SweepFixture.options(undisturbed.path))
    let scratch = Scratch()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [root = scratch.path as String, moment = moment as [Int]] in
      let engine = try SweepFixture.engine(onCustomer: { point, replication, customer in
        if [point, replication, customer] == moment { kill(getpid(), SIGKILL) }
      })
      _ = try engine.run(SweepFixture.options(root))
    }
    let runs = Counter()
    let resumed = try SweepFixture.engine(onRun: { _, _ in runs.add() })
      .run(SweepFixture.options(scratch.path, workers: 2))
    #expect(resumed.resumed == 3 * moment[0] + moment[1])
    #expect(runs.count == 24 - resumed.resumed)
    #expect(Scratch.files(in: resumed.folder) == Scratch.files(in: expected.folder))
  }

  @Test("loses no more than the row that was torn", arguments: [1, 20, 60, 150, 400, 900])
  func tornRow(cut: Int) throws {
    let undisturbed = Scratch()
    let expected = try SweepFixture.engine().run(SweepFixture.options(undisturbed.path))
    let scratch = Scratch()
    let plan = SweepFixture.plan()
    let folder = SweepFolder(root: scratch.path, name: plan.name, id: try plan.id(), shard: .whole)
    try Disk.makeFolder(folder.files.partial)
    let bytes = Disk.contents(of: expected.folder + "/results.csv") ?? []
    let kept = Array(bytes.dropLast(cut))
    try OutputFile.write(kept, to: folder.journal)
    let whole = kept.count { $0 == UInt8(ascii: "\n") } - 1
    let runs = Counter()
    let resumed = try SweepFixture.engine(onRun: { _, _ in runs.add() })
      .run(SweepFixture.options(scratch.path))
    #expect(resumed.resumed == whole && runs.count == 24 - whole)
    #expect(Scratch.files(in: resumed.folder) == Scratch.files(in: expected.folder))
  }
}
