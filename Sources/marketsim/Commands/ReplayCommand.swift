import ArgumentParser
import Inference

/// Runs a recorded serving log through a simulated server and compares latencies.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay a serving log through a batching host and compare latencies.",
    discussion: """
      Reads a CSV file with the columns arrival_s, prompt_tokens, output_tokens, ttft_s and \
      latency_s, both latencies counted from arrival. Errors are (simulated - measured)/measured of \
      the mean, the median and the 90th percentile; |e| is the median over requests of the absolute \
      error of each. Nothing is fitted to the log, but where it shows how many sequences its server \
      ran at most, so many may run. Exits 2 when the log or an argument is wrong.
      """)

  @Argument(help: ArgumentHelp("The log.", valueName: "LOG"))
  var log: String

  @Option(help: "Accelerator of the catalogue, such as rtx4090.")
  var gpu: String

  @Option(help: "Served model, such as llama3-8b@bf16 or llama3-70b@fp8.")
  var model: String

  @Option(help: "Serving engine; matters where no kernel coefficients exist.")
  var engine = "vllm-new"

  @Option(help: "GPUs that share every layer.")
  var tensorParallel = 1

  @Option(help: "Tokens of KV cache, if the log states them; else from memory.")
  var kvTokens: Int?

  @Option(
    help: ArgumentHelp(
      "Sequences that may run at once; by default what the log shows, if a number holds while others "
        + "wait, else 256."))
  var maxSequences: Int?

  @Option(help: "Tokens that one step may process.")
  var tokenBudget = 2_048

  @Option(help: "Tokens per KV block.")
  var blockTokens = 16

  @Flag(
    inversion: .prefixedNo,
    help: "Compose each step while the one before it runs, as vLLM does since 0.14.")
  var asyncScheduling = true

  @Flag(help: "Use class coefficients even where kernels were profiled.")
  var classCoefficients = false

  @Flag(help: "One JSON object per latency and line; errors as ratios.")
  var json = false

  func run() throws {
    var host = ReplayedHost(path: log, gpu: gpu, model: model)
    host.engine = engine
    host.tensorParallel = tensorParallel
    host.cacheTokens = kvTokens
    host.sequencesMaximum = maxSequences
    host.tokenBudget = tokenBudget
    host.blockTokens = blockTokens
    host.schedulesAhead = asyncScheduling
    host.coefficients = classCoefficients ? .architectureClass : .kernelWhereProfiled
    let bytes = try InferenceInput.bytes(log)
    let (limits, comparison) = try InferenceInput.located(log) { try host.comparison(bytes) }
    print(json ? comparison.jsonLines : "\(limits)\n\(comparison.table)")
  }
}
