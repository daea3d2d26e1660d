import Foundation
import Testing

@testable import Experiments

@Suite("A killed run") struct KillTests {
  /// Replication, customer: in the first, between, while a table is open, in the last.
  static let moments = [[0, 0], [1, 2999], [2, 1500], [4, 7], [5, 2998]]

  @Test("resumes to the same bytes and repeats no finished replication", arguments: moments)
  func resume(moment: [Int]) async throws {
    let undisturbed = Scratch()
    let expected = try ReplicationEngine(ToyQueue(), plan: undisturbed.plan()).run()
    let scratch = Scratch()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [root = scratch.path as String, moment = moment as [Int]] in
      let model = ToyQueue(onCustomer: { replication, customer in
        if replication == moment[0], customer == moment[1] { kill(getpid(), SIGKILL) }
      })
      _ = try ReplicationEngine(model, plan: Scratch.plan(root: root)).run()
    }
    let runs = Counter()
    let model = ToyQueue(onCustomer: { _, customer in if customer == 0 { runs.add() } })
    let resumed = try ReplicationEngine(model, plan: scratch.plan(workers: 2)).run()
    #expect(resumed.resumed == moment[0])
    #expect(runs.count == 6 - moment[0])
    #expect(Scratch.files(in: resumed.folder) == Scratch.files(in: expected.folder))
    #expect(!Disk.isFolder(resumed.folder + ".partial"))
  }

  @Test("is asked to stop by SIGINT and SIGTERM", arguments: [SIGINT, SIGTERM])
  func signals(signal: Int32) async throws {
    let scratch = Scratch()
    await #expect(processExitsWith: .exitCode(3)) {
      [root = scratch.path as String, signal = signal as Int32] in
      Interruption.watch()
      let model = ToyQueue(onCustomer: { replication, customer in
        if replication == 2, customer == 0 { kill(getpid(), signal) }
        if replication == 2 { usleep(1000) }
      })
      let result = try ReplicationEngine(model, plan: Scratch.plan(root: root)).run()
      exit(result.status == .interrupted && result.outcomes[1].output != nil ? 3 : 1)
    }
    let resumed = try ReplicationEngine(ToyQueue(), plan: scratch.plan()).run()
    #expect(resumed.resumed == 2)
  }
}
