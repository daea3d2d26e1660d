import Inference

/// A log to replay and the host that wrote it, `FILE[,key=value…]`.
struct ReplayedHost {
  static let keys = [
    "gpu", "model", "engine", "tp", "kv-tokens", "max-sequences", "token-budget", "block-tokens",
  ]

  let path: String
  var gpu: String
  var model: String
  var engine = "vllm-new"
  var tensorParallel = 1
  var cacheTokens: Int?
  /// nil: what the log shows, where it shows a limit, else the engine's default.
  var sequencesMaximum: Int?
  var tokenBudget = 2_048
  var blockTokens = 16
  var schedulesAhead = true
  var coefficients = CoefficientLevel.kernelWhereProfiled

  init(path: String, gpu: String, model: String) {
    self.path = path
    self.gpu = gpu
    self.model = model
  }

  /// GPU and model not stated are read off a file name `replay_ENGINE_GPU_MODEL.csv`, 16-bit.
  init(parsing argument: String) throws(ArgumentProblem) {
    var parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    path = parts.removeFirst()
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let words = name.replacing(".csv", with: "").split(separator: "_").map(String.init)
    let isNamed = words.count == 4 && words[0] == "replay"
    gpu = isNamed ? words[2] : ""
    model = isNamed ? "\(words[3])@bf16" : ""
    for part in parts { try set(part) }
    guard !gpu.isEmpty, !model.isEmpty else {
      throw ArgumentProblem(
        "\(path) does not name its host; add ,gpu=rtx4090,model=llama3-8b@bf16, or name it "
          + "replay_ENGINE_GPU_MODEL.csv")
    }
  }

  private mutating func set(_ part: String) throws(ArgumentProblem) {
    let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard pair.count == 2 else {
      throw ArgumentProblem("\"\(part)\" is not key=value; known keys: \(Self.known)")
    }
    func whole() throws(ArgumentProblem) -> Int {
      guard let value = Int(pair[1]), value > 0 else {
        throw ArgumentProblem("\(pair[0])=\(pair[1]) is not a positive whole number")
      }
      return value
    }
    switch pair[0] {
    case "gpu": gpu = pair[1]
    case "model": model = pair[1]
    case "engine": engine = pair[1]
    case "tp": tensorParallel = try whole()
    case "kv-tokens": cacheTokens = try whole()
    case "max-sequences": sequencesMaximum = try whole()
    case "token-budget": tokenBudget = try whole()
    case "block-tokens": blockTokens = try whole()
    default:
      throw ArgumentProblem("\(pair[0]) is not a key of a replayed host; known: \(Self.known)")
    }
  }

  private static var known: String { keys.joined(separator: ", ") }

  /// The limits of the host that replayed `bytes`, in words, and how the latencies compare.
  func comparison(_ bytes: [UInt8]) throws -> (host: String, comparison: ReplayComparison) {
    let log = try ReplayLog(parsing: bytes)
    var settings = ServerSettings(discipline: .continuousBatching)
    let shown = sequencesMaximum == nil ? log.sequenceLimit : nil
    if let limit = sequencesMaximum ?? shown { settings.sequencesMaximum = limit }
    settings.tokenBudget = tokenBudget
    settings.blockTokens = blockTokens
    settings.schedulesAhead = schedulesAhead
    settings.cacheTokens = cacheTokens
    let deployment = Deployment(
      gpu: try Catalogue.gpu(gpu), serving: try ServedModel(parsing: model),
      engine: try Catalogue.engine(engine),
      parallelism: tensorParallel == 1 ? .single : .tensor(tensorParallel),
      coefficients: coefficients)
    let kind = try ServerKind(deployment, settings: settings)
    let sequences =
      "\(settings.sequencesMaximum) sequences at most"
      + (shown == nil ? "" : ", as the log shows while others wait")
    return (
      "\(path): \(model) on \(tensorParallel) \(gpu), \(sequences), \(kind.cacheTokens) KV tokens",
      try ReplayComparison(log, on: kind)
    )
  }
}

/// An argument that cannot be read.
struct ArgumentProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
