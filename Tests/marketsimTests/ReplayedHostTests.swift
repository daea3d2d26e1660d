import ArgumentParser
import Report
import Testing

@testable import marketsim

@Suite("A log to replay") struct ReplayedHostTests {
  private func problem(_ text: String) -> String {
    do throws(ArgumentProblem) {
      _ = try ReplayedHost(parsing: text)
      return ""
    } catch {
      return error.description
    }
  }

  @Test("takes its host from its name") func name() throws {
    let host = try ReplayedHost(parsing: "data/replay_vllm019_rtx4090_llama3-8b.csv")
    #expect(host.gpu == "rtx4090" && host.model == "llama3-8b@bf16")
    #expect(host.path == "data/replay_vllm019_rtx4090_llama3-8b.csv" && host.cacheTokens == nil)
    #expect(host.sequencesMaximum == nil && host.tensorParallel == 1)
  }

  @Test("takes what its name leaves open from keys") func keys() throws {
    let host = try ReplayedHost(
      parsing: "mine.csv,gpu=h100-sxm,model=llama3-70b@fp8,tp=2,kv-tokens=41408,max-sequences=128,"
        + "token-budget=8192,block-tokens=8,engine=sglang")
    #expect(host.gpu == "h100-sxm" && host.model == "llama3-70b@fp8" && host.engine == "sglang")
    #expect(host.tensorParallel == 2 && host.cacheTokens == 41_408)
    #expect(host.sequencesMaximum == 128 && host.tokenBudget == 8_192 && host.blockTokens == 8)
  }

  @Test("is refused with what is wrong and what is known") func refusals() {
    #expect(problem("mine.csv").contains("does not name its host; add ,gpu=rtx4090"))
    #expect(problem("mine.csv,gpu").contains("is not key=value; known keys: gpu, model"))
    #expect(problem("mine.csv,gpus=2").contains("gpus is not a key of a replayed host"))
    #expect(problem("mine.csv,tp=0").contains("tp=0 is not a positive whole number"))
    #expect(problem("mine.csv,kv-tokens=many").contains("kv-tokens=many"))
  }
}

@Suite("What one host can do") struct EstimateTests {
  private func estimate(_ arguments: String) throws -> EstimateCommand {
    try EstimateCommand.parse(arguments.split(separator: " ").map(String.init))
  }

  @Test("is refused for arguments out of range, contradictions and hosts that cannot be")
  func refusals() {
    let host = "--gpu rtx4090 --model llama3-8b@q4_k_m --prompt 100 --output 20"
    for arguments in [
      "\(host) --utilisation 0", "\(host) --requests 5", "\(host) --csv --json",
      "\(host) --slo ttft=1s", "\(host) --cache fp3", "\(host) --measured-decode -1",
      "\(host) --proof none", "--gpu rtx4090 --model llama3-70b --prompt 100 --output 20",
      "--gpu rtx4090 --model llama3-8b@q5 --prompt 100 --output 20",
      "--gpu rtx9090 --model llama3-8b --prompt 100 --output 20",
      "--gpu h100-sxm --gpus 3 --model llama3-8b --prompt 100 --output 20",
      "--gpu rtx4090 --model llama3-8b --prompt 100000 --output 20000",
    ] {
      #expect(throws: (any Error).self, "\(arguments)") { try estimate(arguments).estimate() }
    }
  }

  @Test("has memory, latencies alone and under load, costs and proofs") func rows() throws {
    let table = try estimate(
      "--gpu h100-sxm --model llama3-8b --prompt 500 --output 100 --requests 400 --concurrency 8 "
        + "--rate 2 --slo ttft_p95=1s --proof risc0-gpu --capital 30000"
    ).estimate()
    let text = String(decoding: CSVEncoder.encode(table.rows), as: UTF8.self)
    for load in [
      "memory", "alone", "saturated", "8 in flight", "2.0 requests/s", "ttft_p95=1s",
      "per Mtoken of output", "per Mtoken, prompts too", "proof risc0-gpu",
    ] {
      let start = load.contains(",") ? "\"\(load)\"," : "\(load),"
      #expect(text.contains("\n\(start)"), "\(load)")
    }
  }
}
