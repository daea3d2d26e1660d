import Quantities
import Testing

@testable import Inference

@Suite("Replaying a serving log") struct ReplayTests {
  private func comparison(
    _ file: String, gpu: String, sequences: Int, cacheTokens: Int? = nil
  ) throws -> ReplayComparison? {
    guard let bytes = try SharedData.bytes(file) else { return nil }
    var settings = ServerSettings(discipline: .continuousBatching)
    settings.sequencesMaximum = sequences
    settings.cacheTokens = cacheTokens
    settings.schedulesAhead = true
    let kind = try ServerKind(
      Fixture.deployment(gpu, "llama3-8b@bf16"), settings: settings)
    return try ReplayComparison(ReplayLog(parsing: bytes), on: kind)
  }

  /// Nothing is fitted to the logs: kernel profiles, the engine's step overhead, and vLLM's order.
  @Test(
    "lies within 9 % of the measured means and 12 % of medians and 90th percentiles",
    arguments: [
      ("replay_vllm019_rtx4090_llama3-8b.csv", "rtx4090", 256, 41_408),
      ("replay_vllm019_rtxpro6000_llama3-8b.csv", "rtxpro6000", 128, nil as Int?),
    ])
  func measuredLogs(file: String, gpu: String, sequences: Int, cacheTokens: Int?) throws {
    guard
      let comparison = try comparison(
        file, gpu: gpu, sequences: sequences, cacheTokens: cacheTokens)
    else { return }
    for metric in comparison.metrics {
      #expect(metric.count == 300)
      #expect(abs(metric.meanError) <= 0.04, "\(metric.name)")
      #expect(abs(metric.medianError) <= 0.09, "\(metric.name)")
      #expect(abs(metric.p90Error) <= 0.05, "\(metric.name)")
      #expect(metric.absoluteErrorMedian <= 0.05, "\(metric.name)")
    }
  }

  @Test(
    "reads the engine's limit off a log, and none where the cache is what runs out",
    arguments: [
      ("replay_vllm019_rtx4090_llama3-8b.csv", nil as Int?),
      ("replay_vllm019_rtxpro6000_llama3-8b.csv", 128),
    ])
  func limitOfMeasuredLogs(file: String, limit: Int?) throws {
    guard let bytes = try SharedData.bytes(file) else { return }
    #expect(try ReplayLog(parsing: bytes).sequenceLimit == limit)
  }

  @Test("reads a limit only off requests that wait", arguments: [(3, 3), (30, nil as Int?)])
  func limit(places: Int, expected: Int?) throws {
    // Twenty requests of ten seconds come at once; every place starts its next when one ends.
    let rows = (0..<20).map { index in
      let start = Double(index / places * 10) + 0.001
      return "0,5,10,\(start),\(start + 9.9)\n"
    }
    let log = try ReplayLog(parsing: Array((header + rows.joined()).utf8))
    #expect(log.sequenceLimit == expected)
  }

  private let header = "arrival_s,prompt_tokens,output_tokens,ttft_s,latency_s\n"

  @Test("measures errors against the log") func errors() throws {
    let log = try ReplayLog(
      parsing: Array((header + "0,5,10,2,20\n0,5,1,2,2\n").utf8))
    let kind = try ServerKind(
      law: Fixture.constantLaw(seconds: 1), cacheTokens: 160, contextMaximum: 100,
      settings: ServerSettings(discipline: .continuousBatching))
    let comparison = try ReplayComparison(log, on: kind)
    let (end, perToken, first) = (
      comparison.metrics[0], comparison.metrics[1], comparison.metrics[2]
    )
    #expect(end.measuredMean == 11 && end.simulatedMean == 5.5 && end.meanError == -0.5)
    // A request of one token has no time per output token.
    #expect(perToken.count == 1 && abs(perToken.meanError + 0.5) < 1e-9)
    #expect(first.medianError == -0.5 && first.absoluteErrorMedian == 0.5)
  }

  @Test("names every bad cell of a log by line and column") func badCells() {
    let text =
      "arrival_s,prompt_tokens,output_tokens,ttft_s,latency_s\n"
      + "1,10,10,0.1,1\n0.5,x,10,0.1,1\n2,5,5,nan,1\n3,5,5,2,1\n4,0,5,1,1\n"
    #expect(
      problems(text).map { "\($0.line):\($0.column)" } == ["3:1", "3:5", "4:7", "5:9", "6:3"])
    #expect(problems("arrival_s,prompt_tokens\n1,2\n")[0].message.contains("ttft_s"))
    #expect(problems(header)[0].message == "the log holds no requests")
    #expect(problems(header + "1,2\n")[0].line == 2)
  }

  @Test("refuses a request that the server could never serve, at its line") func misfit() throws {
    let log = try ReplayLog(parsing: Array((header + "0,5,10,2,20\n0,90,11,2,20\n").utf8))
    let kind = try ServerKind(
      law: Fixture.constantLaw(seconds: 1), cacheTokens: 160, contextMaximum: 100,
      settings: ServerSettings(discipline: .continuousBatching))
    #expect(
      throws: ReplayLog.Problems(all: [
        ReplayLog.Problem(
          line: 3, column: 1,
          message: "the request needs a context of 101 tokens; the model allows 100")
      ])
    ) { try ReplayComparison(log, on: kind) }
  }

  private func problems(_ text: String) -> [ReplayLog.Problem] {
    do throws(ReplayLog.Problems) {
      _ = try ReplayLog(parsing: Array(text.utf8))
      return []
    } catch {
      return error.all
    }
  }
}
