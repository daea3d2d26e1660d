import Testing

@testable import Inference

@Suite("The step law") struct StepLawTests {
  private func isClose(_ value: Double, _ expected: Double, within share: Double = 1e-9) -> Bool {
    abs(value - expected) <= share * abs(expected)
  }

  @Test("adds the terms of a profiled GPU as worked out by hand") func worksAsByHand() throws {
    let law = try StepLaw(Fixture.deployment("rtx4090", "llama3-8b@bf16"))
    let weights = 8.03e9 - 128_256 * 4_096
    // 8 sequences with 8,000 cached tokens in all, beside 100 prompt tokens at mean context 500.
    let reading = weights * 2 / (1_008e9 * 1.157)
    let products = 2 * weights * 108 / (165.2e12 * 0.989)
    let linear = power(power(reading, 2.53) + power(products, 2.53), 1 / 2.53)
    let cache = 8_000.0 * 131_072 / (1_008e9 * 0.84)
    let attention = 4.0 * 32 * 32 * 128 * 100 * 500 / (165.2e12 * 0.45)
    let overhead = 128e-6 * 32 + 10e-6 * 8 + 119e-9 * 32 * 108
    let time = law.stepTime(decoding: 8, cachedTokens: 8_000, promptTokens: 100, meanContext: 500)
    #expect(isClose(time, linear + cache + attention + overhead))
  }

  @Test("combines class, engine and precision where no kernel was profiled")
  func combinesFactors() throws {
    let law = try StepLaw(Fixture.deployment("h100-sxm", "llama3-70b@fp8", parallelism: .tensor(2)))
    let weights = 70.552e9 - 128_256 * 8_192
    let reading = weights / (3_350e9 * 0.978 * 0.72)
    let products = 2 * weights * 16 / (1_978e12 * 0.805 * 0.821 * 0.958)
    let linear = power(power(reading, 1.525) + power(products, 1.525), 1 / 1.525) / 2
    let cache = 16_000.0 * 327_680 / (3_350e9 * 0.999 * 1.53) / 2
    let communication = 2.0 * 80 * (13.9e-6 + 4 * 16 * 8_192 / 2 / (450e9 * 0.521))
    let overhead = 0.325e-3 + 44.7e-6 * 80 + 8.58e-6 * 16
    let time = law.timePerOutputToken(concurrency: 16, context: 1_000)
    #expect(isClose(time, linear + cache + communication + overhead))
  }

  @Test("touches k of E experts with one token and all of them with many")
  func mixtureOfExperts() throws {
    let law = try StepLaw(Fixture.deployment("h200-sxm", "mixtral-8x7b@fp16"))
    func reading(_ tokens: Int) -> Double {
      law.terms(decoding: tokens, cachedTokens: 0, promptTokens: 0, attendedPairs: 0).weightReading
    }
    let bandwidth = 4_800e9 * 0.978
    let experts = 32.0 * 8 * 3 * 4_096 * 14_336 * 2
    let dense = (46.703e9 - 32_000 * 4_096) * 2 - experts
    #expect(isClose(reading(1), (dense + experts * 2 / 8) / bandwidth))
    #expect(isClose(reading(2), (dense + experts * (1 - 0.75 * 0.75)) / bandwidth))
    #expect(isClose(reading(200), (dense + experts) / bandwidth))
  }

  @Test("reads a prompt in the time of its chunks", arguments: [1, 511, 512, 513, 2_048, 5_000])
  func prefillIsTheSumOfChunks(tokens: Int) throws {
    let law = try StepLaw(Fixture.deployment("rtx3090", "llama3-8b@q4_k_m", engine: "llama.cpp"))
    var sum = 0.0
    var done = 0
    while done < tokens {
      let chunk = min(512, tokens - done)
      sum += law.stepTime(
        decoding: 0, cachedTokens: 0, promptTokens: chunk,
        meanContext: Double(done) + Double(chunk) / 2)
      done += chunk
    }
    #expect(isClose(law.prefillTime(tokens: tokens, chunk: 512), sum))
  }

  @Test("passes through a host's own benchmark, decode and prefill apart")
  func benchmarkScales() throws {
    let law = try StepLaw(Fixture.deployment("rtx3090", "llama3-8b@q4_k_m", engine: "llama.cpp"))
    let point = BenchmarkPoint(
      decodeRate: 77, concurrency: 1, context: 700, prefillRate: 1_500, promptTokens: 1_000)
    let scaled = law.calibrated(to: point, prefillChunk: 512)
    #expect(isClose(scaled.timePerOutputToken(concurrency: 1, context: 700), 1 / 77.0))
    #expect(isClose(scaled.prefillTime(tokens: 1_000, chunk: 512), 1_000 / 1_500.0))
    let ratio = scaled.decodeScale
    #expect(
      isClose(
        scaled.timePerOutputToken(concurrency: 4, context: 3_000),
        ratio * law.timePerOutputToken(concurrency: 4, context: 3_000)))
  }

  @Test("speeds up prefill but not decode when layers are dealt out over GPUs")
  func layerSplit() throws {
    let one = try StepLaw(Fixture.deployment("rtxa6000", "llama3-70b@q4_0", engine: "llama.cpp"))
    let two = try StepLaw(
      Fixture.deployment(
        "rtxa6000", "llama3-70b@q4_0", engine: "llama.cpp", parallelism: .layerSplit(2)))
    #expect(
      two.timePerOutputToken(concurrency: 1, context: 900)
        == one.timePerOutputToken(concurrency: 1, context: 900))
    let ratio =
      two.prefillTime(tokens: 2_048, chunk: 512) / one.prefillTime(tokens: 2_048, chunk: 512)
    #expect(isClose(ratio, 5.0 / 8 / 0.8))
  }

  @Test("refuses a GPU class that nobody measured, and attention that it does not cover")
  func refusals() throws {
    #expect(throws: DeploymentProblem.noCoefficients(architectureClass: "volta")) {
      try StepLaw(Fixture.deployment("v100-32", "llama3-8b@fp16"))
    }
    #expect(throws: DeploymentProblem.latentAttention(model: "deepseek-r1")) {
      try StepLaw(Fixture.deployment("b300-sxm", "deepseek-r1@fp8", parallelism: .tensor(8)))
    }
    #expect(throws: DeploymentProblem.self) {
      try StepLaw(Fixture.deployment("h100-sxm", "llama3-8b@fp16", parallelism: .tensor(3)))
    }
    #expect(throws: DeploymentProblem.self) {
      try StepLaw(Fixture.deployment("h100-sxm", "llama3-8b@fp16", parallelism: .layerSplit(2)))
    }
    #expect(throws: DeploymentProblem.self) {
      try StepLaw(Fixture.deployment("h100-sxm", "llama3-8b@fp16", parallelism: .tensor(0)))
    }
  }
}

@Suite("Memory fit") struct MemoryFitTests {
  @Test("leaves 41.4k tokens of cache for 8B bf16 on an RTX 4090") func measuredPoint() throws {
    let fit = try MemoryFit(Fixture.deployment("rtx4090", "llama3-8b@bf16"))
    #expect(abs(Double(fit.cacheTokens) / 41_408 - 1) < 0.002)
    #expect(fit.cacheTokens == Int((0.9 * 24 * 1_073_741_824 - 16.06e9 - 1.7e9) / 131_072))
  }

  @Test("grows with GPUs and shrinks with bits") func scales() throws {
    let four = try MemoryFit(
      Fixture.deployment("a100-80", "llama3-70b@fp16", parallelism: .tensor(4)))
    #expect(four.weights == 70.552e9 * 2)
    #expect(abs(four.usable - 0.9 * 4 * 80 * 1_073_741_824) < 1)
    let quantised = try MemoryFit(Fixture.deployment("rtxa6000", "llama3-70b@q4_0"))
    #expect(abs(quantised.weights - 70.552e9 * 4.55 / 8) < 1)
    var halved = try Fixture.deployment("rtx4090", "llama3-8b@bf16")
    halved.cache = .fp8
    #expect(try MemoryFit(halved).cacheBytesPerToken == 65_536)
  }

  @Test("counts the weights of models that are loaded beside it") func beside() throws {
    let deployment = try Fixture.deployment("rtx4090", "llama3-8b@q4_k_m")
    let alone = try MemoryFit(deployment)
    let other = try MemoryFit(Fixture.deployment("rtx4090", "llama2-7b@q4_k_m"))
    let beside = try MemoryFit(deployment, beside: other.weights)
    #expect(beside.weights == alone.weights && beside.usable == alone.usable)
    let lost = Double(alone.cacheTokens - beside.cacheTokens) * alone.cacheBytesPerToken
    #expect(abs(lost - other.weights) <= alone.cacheBytesPerToken)
    #expect(throws: DeploymentProblem.self) {
      try MemoryFit(deployment, beside: alone.usable - alone.weights)
    }
  }

  @Test("refuses a model that the memory cannot hold, and says by how much") func refuses() {
    #expect {
      try MemoryFit(Fixture.deployment("rtx4090", "llama3-70b@q4_k_m"))
    } throws: { error in
      "\(error)"
        == "llama3-70b@q4_k_m does not fit on rtx4090: weights and reserve take 44.6 GB, "
        + "23.2 GB of memory can be used"
    }
  }

  @Test("refuses a request longer than the cache or the model's context") func requests() throws {
    let kind = try ServerKind(
      Fixture.deployment("rtx4090", "llama3-8b@bf16"),
      settings: ServerSettings(discipline: .continuousBatching))
    let limit = kind.cacheTokens
    #expect(kind.refusal(prompt: limit - 100, output: 100) == nil)
    #expect(
      kind.refusal(prompt: limit - 100, output: 101)
        == .requestExceedsCache(tokens: limit + 1, capacity: limit))
    #expect(
      kind.refusal(prompt: 131_072, output: 1)
        == .requestExceedsContext(tokens: 131_073, limit: 131_072))
  }

  @Test("refuses settings that no server could have") func settings() throws {
    let deployment = try Fixture.deployment("rtx4090", "llama3-8b@bf16")
    func isRefused(_ change: (inout ServerSettings) -> Void) -> Bool {
      var settings = ServerSettings(discipline: .continuousBatching)
      change(&settings)
      return (try? ServerKind(deployment, settings: settings)) == nil
    }
    #expect(!isRefused { $0.sequencesMaximum = 2_048 })
    #expect(isRefused { $0.sequencesMaximum = 2_049 })
    #expect(isRefused { $0.sequencesMaximum = 0 })
    #expect(isRefused { $0.blockTokens = 3 })
    #expect(isRefused { $0.cacheTokens = 15 })
    #expect(isRefused { $0.contextMaximum = 0 })
  }
}
