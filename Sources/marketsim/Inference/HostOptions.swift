import ArgumentParser
import Inference

/// A host as command-line options.
struct HostOptions: ParsableArguments {
  @Option(help: "GPU, as marketsim list gpus names it.")
  var gpu: String

  @Option(help: "Model and precision, as llama3-8b@q4_k_m; 16-bit without a precision.")
  var model: String

  @Option(help: "GPUs of the host: tensor parallel, or whole layers dealt out under llama.cpp.")
  var gpus = 1

  @Option(help: "Serving engine; llama.cpp for q4 weights and vllm-new for others if left out.")
  var engine: String?

  @Option(help: "Precision of the KV cache: fp16 or fp8.")
  var cache = "fp16"

  @Option(help: ArgumentHelp("KV memory in tokens, if known.", valueName: "tokens"))
  var kvTokens: Int?

  @Option(help: "Most sequences that run at once; the engine's own limit if left out.")
  var maxSequences: Int?

  @Option(help: ArgumentHelp("Tokens that one step takes.", valueName: "tokens"))
  var tokenBudget = 2_048

  @Option(help: ArgumentHelp("Coefficients from marketsim calibrate.", valueName: "file"))
  var coefficients: String?

  @Option(
    help: ArgumentHelp(
      "Tokens/s that one request alone was measured to decode on this host.", valueName: "rate"))
  var measuredDecode: Double?

  @Option(
    help: ArgumentHelp(
      "Tokens/s at which one prompt of the length given was measured to be read.",
      valueName: "rate"))
  var measuredPrefill: Double?

  /// - Throws: `CatalogueError`, `DeploymentProblem`, `ArgumentProblem`.
  func deployment() throws -> Deployment {
    let served = try ServedModel(parsing: model)
    let isSingle = served.precision == .q4KM || served.precision == .q4Zero
    let engine = try Catalogue.engine(engine ?? (isSingle ? "llama.cpp" : "vllm-new"))
    guard let cache = CachePrecision(rawValue: cache) else {
      throw ArgumentProblem("--cache \(cache) is not one of fp16, fp8")
    }
    return Deployment(
      gpu: try Catalogue.gpu(gpu), serving: served, engine: engine,
      parallelism: engine.parallelism(gpus: gpus), cache: cache,
      // What was fitted on the user's rows is meant to be used.
      coefficients: coefficients == nil ? .kernelWhereProfiled : .architectureClass)
  }

  /// - Throws: As `deployment`.
  func kind(of deployment: Deployment, prompt: Int, output: Int) throws -> ServerKind {
    let isSerial = deployment.engine.style == .singleStream
    var settings = ServerSettings(discipline: isSerial ? .fifo : .continuousBatching)
    settings.sequencesMaximum = maxSequences ?? deployment.engine.sequencesMaximum
    settings.tokenBudget = max(tokenBudget, settings.sequencesMaximum)
    settings.cacheTokens = kvTokens
    settings.schedulesAhead = deployment.engine.id == "vllm-new"
    for (name, rate) in [("decode", measuredDecode), ("prefill", measuredPrefill)] {
      if let rate, !(rate > 0 && rate.isFinite) {
        throw ArgumentProblem("--measured-\(name) \(rate) is not a positive rate")
      }
    }
    let benchmark = BenchmarkPoint(
      decodeRate: measuredDecode, context: Double(prompt) + Double(output) / 2,
      prefillRate: measuredPrefill, promptTokens: prompt)
    return try ServerKind(
      deployment, settings: settings, benchmark: benchmark,
      coefficients: try InferenceInput.coefficients(coefficients))
  }
}
