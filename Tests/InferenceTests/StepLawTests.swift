import Testing

@testable import Inference

@Suite("Profiled kernels of experts") struct ExpertKernelTests {
  /// casys-kaist/LLMServingSim profiler/perf/RTXPRO6000, Qwen3-30B-A3B bf16, one layer (MIT).
  @Test(
    "take as long as the profile shows, by tokens and experts touched",
    arguments: [
      (1, 8, 50.2), (8, 32, 225.6), (16, 64, 424.1), (64, 128, 827.8), (512, 128, 912.0),
      (2_048, 128, 1_066.6),
    ])
  func profile(tokens: Int, touched: Int, microseconds: Double) throws {
    let deployment = try Fixture.deployment("rtxpro6000", "qwen3-30b-a3b@bf16")
    let law = try StepLaw(deployment)
    let kernel = try #require(Catalogue.kernels.first { $0.gpu == "rtxpro6000" })
    let layer =
      law.experts.time(tokens: Double(tokens), readingShare: Double(touched) / 128) / 48
      + kernel.expertLayerOverhead
    let error = layer * 1e6 / microseconds - 1
    // A single token's eight experts are the hardest to meet: 50 µs, two fifths of them launches.
    #expect(abs(error) < (tokens == 1 ? 0.4 : 0.1))
  }
}

@Suite("The step law") struct StepLawTests {
  private func isClose(_ value: Double, _ expected: Double, within share: Double = 1e-9) -> Bool {
    abs(value - expected) <= share * abs(expected)
  }

  @Test("adds the terms of a profiled GPU as worked out by hand") func worksAsByHand() throws {
    let law = try StepLaw(Fixture.deployment("rtx4090", "llama3-8b@bf16"))
    let head = 128_256.0 * 4_096
    let layers = 8.03e9 - 2 * head
    func roofline(_ weights: Double, _ tokens: Double) -> Double {
      let reading = weights * 2 / (1_008e9 * 0.889)
      let products = 2 * weights * tokens / (165.2e12 * 0.964)
      return power(power(reading, 1.96) + power(products, 1.96), 1 / 1.96)
    }
    // 8 sequences with 8,000 cached tokens in all, beside 100 prompt tokens at mean context 500.
    let linear = roofline(layers, 108) + roofline(head, 8)
    // Four query heads share a key head, and each reads for itself beside a prompt.
    let cache = 8_000.0 * 131_072 * 4 / (1_008e9 * 1.78)
    let attention = 4.0 * 32 * 32 * 128 * 100 * 500 / (165.2e12 * 0.77) + 25e-9 * 32 * 100
    let activations = 2.0 * (4 * 4_096 + 2 * 40 * 128 + 3 * 14_336) * 0.74 / 1_008e9
    let step = Catalogue.coefficients.factors(
      CoefficientKeys(try Fixture.deployment("rtx4090", "llama3-8b@bf16")))[.stepOverhead]
    let overhead =
      step + 21.9e-6 * 32 + (1e-6 + 1.657e-6 * 32) * 8 + activations * 32 * 108
    let time = law.stepTime(decoding: 8, cachedTokens: 8_000, promptTokens: 100, meanContext: 500)
    #expect(isClose(time, linear + cache + attention + overhead))
    let alone = law.terms(decoding: 8, cachedTokens: 8_000, promptTokens: 0, attendedPairs: 0)
    #expect(isClose(alone.cache, 8_000.0 * 131_072 / (1_008e9 * 0.884)))
  }

  @Test("multiplies class, engine, precision and GPU where no kernel was profiled")
  func combinesFactors() throws {
    let deployment = try Fixture.deployment(
      "h100-sxm", "llama3-70b@fp8", parallelism: .tensor(2))
    let law = try StepLaw(deployment)
    func product(_ quantity: Quantity, _ keys: [String]) -> Double {
      keys.reduce(1) { $0 * (Catalogue.coefficients.value(quantity, $1) ?? 1) }
    }
    let bandwidth =
      3_350e9
      * min(
        1, product(.weightBandwidth, ["hopper|serving", "fp8", "fp8|hopper", "h100-sxm|serving"]))
    let flops =
      1_978e12
      * product(
        .compute,
        [
          "hopper|serving", "fp8", "fp8|hopper", "vllm-new", "h100-sxm|serving", "hopper|vllm-new",
        ])
    let exponent = product(.rooflineExponent, ["serving"])
    let head = 128_256.0 * 8_192
    func roofline(_ weights: Double) -> Double {
      let (reading, products) = (weights / bandwidth, 2 * weights * 16 / flops)
      return power(power(reading, exponent) + power(products, exponent), 1 / exponent) / 2
    }
    let linear = roofline(70.552e9 - 2 * head) + roofline(head)
    let heads = power(8, product(.queryHeadExponent, ["*", "vllm-new|nvidia"]))
    let cacheShare = min(1, product(.cacheBandwidth, ["hopper|serving", "vllm-new"]))
    let cache = 16_000.0 * 327_680 * heads / (3_350e9 * cacheShare) / 2
    let latency = product(.allReduceLatency, ["*", "vllm-new", "hopper"])
    let link = 450e9 * product(.linkShare, ["*", "hopper"])
    let communication = 2.0 * 80 * (latency + 4 * 16 * 8_192 / 2 / link)
    let overhead =
      product(.stepOverhead, ["*", "vllm-new"]) + product(.layerOverhead, ["*", "vllm-new"]) * 80
      + product(.sequenceOverhead, ["*", "vllm-new", "hopper|vllm-new"]) * 16
    let time = law.timePerOutputToken(concurrency: 16, context: 1_000)
    #expect(isClose(time, linear + cache + communication + overhead))
  }

  @Test("never claims more bandwidth than the memory has", arguments: Catalogue.gpus.map(\.id))
  func staysBelowPeak(gpu: String) throws {
    for engine in ["vllm-new", "llama.cpp", "trtllm-new"] {
      let deployment = try Fixture.deployment(
        gpu, "llama3.2-1b@fp16", engine: engine, coefficients: .architectureClass)
      guard let law = try? StepLaw(deployment) else { continue }
      let step = law.timePerOutputToken(concurrency: 1, context: 1_000)
      #expect(step > (1.236e9 * 2 + 1_000 * 32_768) / deployment.gpu.memoryBandwidth, "\(engine)")
    }
  }

  @Test("touches k of E experts with one token and all of them with many")
  func mixtureOfExperts() throws {
    let law = try StepLaw(Fixture.deployment("h200-sxm", "mixtral-8x7b@fp16"))
    func reading(_ tokens: Int) -> Double {
      law.terms(decoding: tokens, cachedTokens: 0, promptTokens: 0, attendedPairs: 0).weightReading
    }
    let dense = law.layers.reading + law.head.reading
    #expect(isClose(reading(1), dense + law.experts.reading * 2 / 8))
    #expect(isClose(reading(2), dense + law.experts.reading * (1 - 0.75 * 0.75)))
    #expect(isClose(reading(200), dense + law.experts.reading))
    let ratio = law.experts.reading / dense
    let shared = 46.703e9 - 32_000 * 4_096 - 45_097_156_608
    let expected = 45_097_156_608 / shared
    let factor = Catalogue.coefficients.value(.expertReading, "moe|vllm-new") ?? 1
    #expect(isClose(ratio, expected / factor))
  }

  @Test("counts the output matrix once per sequence, not per prompt token")
  func outputMatrix() throws {
    let law = try StepLaw(Fixture.deployment("h100-sxm", "llama3.2-1b@fp16"))
    func products(_ decoding: Int, _ prompt: Int) -> Double {
      law.terms(decoding: decoding, cachedTokens: 0, promptTokens: prompt, attendedPairs: 0)
        .products
    }
    #expect(isClose(products(3, 0) - products(2, 0), law.layers.perToken + law.head.perToken))
    #expect(isClose(products(2, 7) - products(2, 0), 7 * law.layers.perToken))
  }

  @Test("holds a compressed cache whole on every GPU, and windows outside the context's growth")
  func compressedAndWindowedCaches() throws {
    let latent = try MemoryFit(
      Fixture.deployment("b200-sxm", "deepseek-r1@fp8", parallelism: .tensor(8)))
    #expect(latent.cacheBytesPerToken == 8 * 70_272)
    let windowed = try Fixture.deployment("h200-sxm", "gpt-oss-120b@mxfp4")
    #expect(try MemoryFit(windowed).cacheBytesPerToken == 73_728 / 2)
    // 4.25-bit experts and 16-bit rest.
    let experts = 36.0 * 128 * 3 * 2_880 * 2_880
    #expect(
      isClose(try MemoryFit(windowed).weights, experts * 4.25 / 8 + (116.789e9 - experts) * 2))
    let law = try StepLaw(windowed)
    let perToken =
      law.timePerOutputToken(concurrency: 1, context: 2_000)
      - law.timePerOutputToken(concurrency: 1, context: 1_000)
    #expect(isClose(perToken, 1_000 * law.secondsPerCachedToken, within: 1e-6))
    #expect(law.overheadPerSequence > 128 * law.secondsPerCachedToken)
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
    #expect(isClose(ratio, 5.0 / 8 / two.pipelineEfficiency))
    #expect((0.6...1).contains(two.pipelineEfficiency))
  }

  @Test("refuses a GPU class that nobody measured, and attention that it does not cover")
  func refusals() throws {
    #expect(throws: DeploymentProblem.noCoefficients(architectureClass: "volta")) {
      try StepLaw(Fixture.deployment("v100-32", "llama3-8b@fp16"))
    }
    #expect(
      throws: DeploymentProblem.latentAttention(model: "deepseek-r1", engine: "llama.cpp")
    ) {
      try StepLaw(
        Fixture.deployment("m3-ultra-80c", "deepseek-r1@q4_k_m", engine: "llama.cpp"))
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

  @Test("refuses a request beyond a sliding window that nobody measured") func window() throws {
    for (model, context) in [("mistral-7b", 32_768), ("gemma2-9b", 8_192)] {
      let kind = try ServerKind(
        Fixture.deployment("h100-sxm", "\(model)@bf16"),
        settings: ServerSettings(discipline: .continuousBatching))
      #expect(try Catalogue.model(model).contextMaximum == context)
      #expect(kind.contextMaximum == 4_096)
      #expect(kind.refusal(prompt: 4_000, output: 96) == nil)
      let problem = kind.refusal(prompt: 4_000, output: 97)
      #expect(problem == .requestExceedsWindow(tokens: 4_097, window: 4_096))
      #expect(problem?.description.contains("sliding window") == true)
    }
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
