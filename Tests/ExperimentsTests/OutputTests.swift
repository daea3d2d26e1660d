import Foundation
import Statistics
import Testing

@testable import Experiments

@Suite("An output file") struct OutputFileTests {
  let scratch = Scratch()

  init() throws { try Disk.makeFolder(scratch.path) }

  @Test("appears when it is complete, and not before") func commit() throws {
    let path = scratch.path + "/table.csv"
    var file = try OutputFile(path)
    try file.write(Array("one\n".utf8))
    #expect(!FileManager.default.fileExists(atPath: path))
    try file.commit()
    #expect(Disk.contents(of: path) == Array("one\n".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["table.csv"])
  }

  @Test("leaves nothing, and keeps its predecessor, when it is given up") func abandoned() throws {
    let path = scratch.path + "/table.csv"
    try OutputFile.write([1], to: path)
    do {
      var file = try OutputFile(path)
      try file.write([2, 3])
    }
    #expect(Disk.contents(of: path) == [1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["table.csv"])
  }

  @Test("says that the disk is full, and leaves nothing", .enabled(if: fullDevice)) func fullDisk()
    throws
  {
    let path = scratch.path + "/table.csv"
    try FileManager.default.createSymbolicLink(
      atPath: path + ".tmp", withDestinationPath: "/dev/full")
    let error = #expect(throws: OutputError.self) { try OutputFile.write([1], to: path) }
    #expect(error?.code == ENOSPC)
    #expect(
      error?.description == "\(path): error: cannot write: No space left on device; "
        + "free some space or choose another folder with --output")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test("says that it outgrew the limit on file sizes, and leaves nothing") func limited()
    async throws
  {
    await #expect(processExitsWith: .exitCode(7)) { [folder = scratch.path as String] in
      Interruption.watch()
      var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
      #if canImport(Darwin)
        let resource = RLIMIT_FSIZE
      #else
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      #endif
      guard unsafe setrlimit(resource, &limit) == 0 else { exit(1) }
      do throws(OutputError) {
        try OutputFile.write([UInt8](repeating: 1, count: 2_000), to: folder + "/table.csv")
      } catch {
        exit(error.code == EFBIG && "\(error)".contains("ulimit -f") ? 7 : 2)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test("names the folder that cannot be made") func unwritable() throws {
    try OutputFile.write([1], to: scratch.path + "/file")
    var plan = scratch.plan()
    plan.root = scratch.path + "/file/results"
    let error = #expect(throws: OutputError.self) {
      try ReplicationEngine(ToyQueue(), plan: plan).run()
    }
    #expect(error?.code == ENOTDIR)
    plan.root = "/proc/marketsim"
    #expect(throws: OutputError.self) { try ReplicationEngine(ToyQueue(), plan: plan).run() }
  }

  @Test(
    "stops the run when the disk fills, and keeps finished replications", .enabled(if: fullDevice))
  func fullDiskInRun() throws {
    let plan = scratch.plan(workers: 1)
    let working = RunFolder(root: plan.root, identity: plan.identity).working(2)
    let runs = Counter()
    let model = ToyQueue(
      customers: 30_000,
      onCustomer: { _, customer in if customer == 0 { runs.add() } })
    let disturbed = Saboteur(model: model, replication: 2, working: working)
    let error = #expect(throws: OutputError.self) {
      try ReplicationEngine(disturbed, plan: plan).run()
    }
    #expect(error?.code == ENOSPC)
    #expect(runs.count == 3, "no replication starts after the failure")
    let resumed = try ReplicationEngine(model, plan: plan).run()
    #expect(resumed.resumed == 2 && resumed.status == .finished)
  }

  static let fullDevice = FileManager.default.fileExists(atPath: "/dev/full")

  /// Puts a full device in the place of one table's temporary file.
  struct Saboteur: Replicable {
    let model: ToyQueue
    let replication: Int
    let working: String
    var metrics: MetricSet { model.metrics }
    var tables: [TableSchema] { model.tables }

    func run(
      replication: Int, tables: TableOutlet, control: ReplicationControl
    ) throws -> ReplicationOutput {
      if replication == self.replication {
        try FileManager.default.createSymbolicLink(
          atPath: working + "/customers.csv.tmp", withDestinationPath: "/dev/full")
      }
      return try model.run(replication: replication, tables: tables, control: control)
    }
  }
}
