import Inference
import Quantities
import Testing

@testable import Market

@Suite("Hosts that prove by a scheme") struct ProofMarketTests {
  /// Two jobs at once for one consumer GPU, both to be proven.
  private static func market(
    proof: String, minutes: Int64 = 60, output: Int32 = 100
  ) -> MarketConfiguration {
    var host = Bed.homes(1, queue: 1, spread: 0)
    host.proof = proof
    var renters = Bed.trace([(1, 500, output), (1, 500, output)])
    renters.proofRequired = 1
    return Bed.documentedMarket(
      minutes: minutes, hosts: [host], renters: [renters], verifiers: 1, assignment: .random)
  }

  private static func provingSeconds(_ proof: String) throws -> Double {
    let time = try Catalogue.proofScheme(proof).provingTime(of: Catalogue.model("llama3-8b"))
    return try #require(time).median
  }

  private struct Course {
    var firstToken: Double
    var computed: Double
    var settled: Double
  }

  private static func courses(_ run: RecordedRun) throws -> [Course] {
    let jobs = run.table("jobs")
    return try jobs.rows.indices.map { row in
      func seconds(_ column: String) throws -> Double {
        Double(try #require(jobs.ticks(row, column))) * 1e-9
      }
      return Course(
        firstToken: try seconds("first_token"), computed: try seconds("computed"),
        settled: try seconds("settled"))
    }.sorted { $0.computed < $1.computed }
  }

  @Test("keep their GPU from the next job while it proves") func gpu() throws {
    let run = try RecordedRun(Self.market(proof: "zkllm"))
    let proof = try Self.provingSeconds("zkllm")
    #expect(proof > 500)
    let jobs = try Self.courses(run)
    #expect(jobs.count == 2)
    #expect(jobs[1].firstToken > jobs[0].computed + proof)
    #expect(jobs[1].computed < jobs[0].computed + proof + 10)
    for job in jobs {
      #expect(job.settled > job.computed + proof && job.settled < job.computed + proof + 20)
    }
    let inference = jobs[1].computed - jobs[0].computed - proof
    #expect((run.hosts[0].busy.seconds - 2 * proof - 2 * inference).magnitude < 0.1)
    #expect(run.hosts[0].load == 0 && run.hosts[0].inEngine == 0)
  }

  @Test("make every checkpoint's proof on a GPU") func checkpoints() throws {
    func delay(_ output: Int32) throws -> Double {
      let run = try RecordedRun(Self.market(proof: "risc0-gpu", output: output))
      let jobs = try Self.courses(run)
      return jobs[1].settled - jobs[1].computed
    }
    // Three proofs of about a second instead of one, and blocks every two seconds.
    #expect(try delay(3_000) - delay(1_000) > 0)
  }

  @Test("prove one job after the other on their CPU, beside the next job") func cpu() throws {
    let run = try RecordedRun(Self.market(proof: "risc0-cpu", output: 5))
    let jobs = try Self.courses(run)
    #expect(jobs[1].firstToken < jobs[0].computed + 2)
    // The second proof waits for the first, 4.4 s each; then two transactions and a check of 2 s.
    #expect(jobs[1].settled - jobs[0].computed > 8.8 + 2)
    #expect(jobs[1].settled - jobs[0].computed < 8.8 + 2 + 8)
    #expect(run.hosts[0].busy < .seconds(5))
  }

  @Test("are checked by reading prompt and output again") func reexecution() throws {
    var configuration = Self.market(proof: "toploc")
    configuration.verifiers.checkTime = .seconds(600)
    let jobs = try Self.courses(try RecordedRun(configuration))
    // The check of a proof would take ten minutes; reading 600 tokens takes less than a second.
    for job in jobs { #expect(job.settled - job.computed < 10) }
  }

  @Test("begin a proof again that a crash has lost") func crashes() throws {
    let run = try RecordedRun(MarketCase.provenOnGPU.configuration)
    #expect(run.measured.proofsSubmitted > 10)
    // Nine minutes of proving where hosts crash every twelve: some come too late.
    #expect(run.measured.failures > 10)
    #expect(run.hosts.allSatisfy { $0.busy + $0.downTotal <= .minutes(180) })
    // Whoever is idle holds nothing.
    let open = Set(run.live.filter { !$0.host.isNone }.map(\.host.index))
    for (index, host) in run.hosts.enumerated() where !open.contains(UInt32(index)) {
      #expect(host.load == 0 && host.inEngine == 0, "host \(index)")
    }
  }

  @Test("begin a proof again that an outage of the scenario's has lost") func outage() throws {
    var configuration = Self.market(proof: "zkllm")
    let plain = try Self.courses(RecordedRun(configuration))
    configuration.changes = [
      MarketChange(
        at: .seconds(100), duration: .seconds(60),
        effect: .hostsDown(cohort: nil, region: nil, share: 1))
    ]
    let run = try RecordedRun(configuration)
    let late = try Self.courses(run)
    #expect(run.measured.completed == 2 && run.hosts[0].inEngine == 0 && run.hosts[0].load == 0)
    // Begun at the end of the outage instead of with the last token; draws of its own.
    #expect(late[0].settled > plain[0].settled + 30)
  }
}
