import Testing

@testable import Inference

@Suite("A load test of one host") struct LoadTestTests {
  private func kind(
    _ gpu: String = "h100-sxm", _ served: String = "llama3-8b@fp16", engine: String = "vllm-new"
  ) throws -> ServerKind {
    let deployment = try Fixture.deployment(gpu, served, engine: engine)
    let isSerial = deployment.engine.style == .singleStream
    return try ServerKind(
      deployment,
      settings: ServerSettings(discipline: isSerial ? .fifo : .continuousBatching))
  }

  private let request = [LoadTest.Request(prompt: 1_000, output: 200)]
  private var gaps: [Double] {
    var random = SplitMix(seed: 5)
    return (0..<2_000).map { _ in -logarithm(1 - random.uniform()) }
  }

  @Test("of a request alone gives the law's own times") func alone() throws {
    let kind = try kind("rtx4090", "llama3-8b@q4_k_m", engine: "llama.cpp")
    let outcome = try LoadTest(kind, sending: request).closedLoop(concurrency: 1, requests: 20)
    let times = kind.serviceTimes(prompt: 1_000, output: 200)
    #expect(abs(outcome.firstToken.mean - times.prefill - times.perToken) < 1e-6)
    #expect(abs(outcome.perOutputToken?.mean ?? 0) - times.perToken < 1e-6)
    #expect(abs(outcome.endToEnd.mean - times.prefill - 200 * times.perToken) < 1e-6)
    #expect(abs(outcome.requestsPerSecond * outcome.endToEnd.mean - 1) < 1e-6)
    #expect(outcome.busyShare > 0.999)
  }

  @Test("keeps Little's law in a closed loop", arguments: [2, 16, 64])
  func little(concurrency: Int) throws {
    let outcome = try LoadTest(kind(), sending: request).closedLoop(
      concurrency: concurrency, requests: 2_000)
    let inFlight = outcome.requestsPerSecond * outcome.endToEnd.mean
    #expect(abs(inFlight / Double(concurrency) - 1) < 0.03)
    #expect(abs(outcome.outputTokensPerSecond / outcome.requestsPerSecond - 200) < 1e-6)
    #expect(abs(outcome.promptTokensPerSecond / outcome.requestsPerSecond - 1_000) < 1e-6)
  }

  @Test("reads no prompt again that the prefix cache holds") func cachedPrefix() throws {
    func firstToken(_ cached: Int32, _ name: String, _ engine: String) throws -> Double {
      let request = LoadTest.Request(prompt: 1_024, output: 50, cachedPrefix: cached)
      return try LoadTest(
        kind("rtx4090", name, engine: engine), sending: [request]
      ).closedLoop(concurrency: 1, requests: 20).firstToken.mean
    }
    for (name, engine) in [("llama3-8b@fp16", "vllm-new"), ("llama3-8b@q4_k_m", "llama.cpp")] {
      let whole = try firstToken(0, name, engine)
      #expect(try firstToken(512, name, engine) < whole * 0.75)
      #expect(try firstToken(1_008, name, engine) < whole * 0.35)
    }
  }

  @Test("comes in waves where equal requests start together") func waves() throws {
    let test = try LoadTest(kind(), sending: request)
    let spread = test.closedLoop(concurrency: 32, requests: 640)
    let waves = test.closedLoop(concurrency: 32, requests: 640, startingInBurst: true)
    #expect(waves.requests == 640 && spread.requests == 576)
    #expect(waves.firstToken.mean > 2 * spread.firstToken.mean)
  }

  @Test("gains throughput and loses latency with every request in flight") func concurrency() throws
  {
    let test = try LoadTest(kind(), sending: request)
    let outcomes = [1, 4, 16, 64].map { test.closedLoop(concurrency: $0, requests: 2_000) }
    for (few, many) in zip(outcomes, outcomes.dropFirst()) {
      #expect(few.outputTokensPerSecond < many.outputTokensPerSecond)
      #expect(few.endToEnd.mean < many.endToEnd.mean)
    }
    // However few requests are asked for, the host is full.
    let saturated = test.saturation(requests: 20)
    #expect(saturated.outputTokensPerSecond > outcomes[3].outputTokensPerSecond)
  }

  @Test("at a low rate meets an idle host, and beyond saturation a growing line") func rates()
    throws
  {
    let test = try LoadTest(kind(), sending: request)
    let alone = test.closedLoop(concurrency: 1, requests: 20)
    let calm = test.openLoop(gaps: gaps, rate: 0.01)
    #expect(abs(calm.firstToken.mean / alone.firstToken.mean - 1) < 0.01)
    #expect(calm.busyShare < 0.05)
    let most = test.saturation(requests: 4_000).requestsPerSecond
    let crowded = test.openLoop(gaps: gaps, rate: most * 2)
    #expect(crowded.firstToken.mean > 5 && crowded.requestsPerSecond < most * 1.1)
  }

  @Test("finds the most load that meets its service levels") func capacity() throws {
    let test = try LoadTest(kind(), sending: request)
    let levels = try ["ttft_p95=500ms", "tpot_p95=30ms"].map { try ServiceLevel(parsing: $0) }
    guard case .limited(let rate, let outcome) = test.capacity(meeting: levels, gaps: gaps) else {
      Issue.record("some load is limited by these levels")
      return
    }
    #expect(levels.allSatisfy { $0.isMet(by: outcome) })
    let beyond = test.openLoop(gaps: gaps, rate: rate * 1.03)
    #expect(!levels.allSatisfy { $0.isMet(by: beyond) })
  }

  @Test("says when no load, or any load, meets a service level") func bounds() throws {
    let test = try LoadTest(kind(), sending: request)
    let tight = try ServiceLevel(parsing: "tpot_mean=1ms")
    guard case .unreachable(tight, let value) = test.capacity(meeting: [tight], gaps: gaps) else {
      Issue.record("1 ms is less than a step")
      return
    }
    #expect(value > 0.005)
    let loose = try ServiceLevel(parsing: "ttft_p95=10min")
    guard case .saturated(let rate, _) = test.capacity(meeting: [loose], gaps: gaps) else {
      Issue.record("nobody waits ten minutes for 2000 requests")
      return
    }
    #expect(abs(rate / test.saturation(requests: 2_000).requestsPerSecond - 1) < 1e-9)
  }

  @Test("refuses a request that the host can never serve") func refusal() throws {
    let kind = try kind("rtx4090", "llama3-8b@fp16")
    #expect(
      throws: DeploymentProblem.requestExceedsCache(tokens: 60_000, capacity: kind.cacheTokens)
    ) {
      try LoadTest(kind, sending: [LoadTest.Request(prompt: 59_000, output: 1_000)])
    }
  }
}

@Suite("A service level") struct ServiceLevelTests {
  @Test("is read as latency, statistic and limit") func parsing() throws {
    let level = try ServiceLevel(parsing: "ttft_p99.9=250ms")
    #expect(level.latency == .firstToken && level.limit == 0.25)
    #expect(abs((level.quantile ?? 0) - 0.999) < 1e-12 && level.name == "ttft_p99.9")
    #expect(try ServiceLevel(parsing: "latency_mean=2min").limit == 120)
    #expect(try ServiceLevel(parsing: "tpot_mean=0.05s").quantile == nil)
  }

  @Test(
    "is refused with what is wrong",
    arguments: [
      ("ttft_p95", "is not name=time"), ("ttfb_p95=1s", "names none of ttft, tpot and latency"),
      ("ttft_95=1s", "has neither _mean"), ("ttft_p100=1s", "has neither _mean"),
      ("ttft_p0=1s", "has neither _mean"), ("ttft_p95=1h", "has no time"),
      ("ttft_p95=0s", "has no time"), ("ttft_p95=fasts", "has no time"),
    ])
  func refusals(text: String, complaint: String) {
    #expect {
      try ServiceLevel(parsing: text)
    } throws: { error in
      "\(error)".contains(complaint) && "\(error)".contains(text)
    }
  }
}

@Suite("The economics of a host") struct HostEconomicsTests {
  @Test("turn watts and hours into prices of a million tokens") func prices() {
    // 360 W at 100 tokens/s: 3.6 J a token, 1 kWh a million.
    var host = HostEconomics(power: 360, electricityPrice: 0.15, rent: 0.36, utilisation: 0.5)
    #expect(abs(host.energyPerMillion(tokensPerSecond: 100) - 1) < 1e-12)
    #expect(abs(host.electricityPerMillion(tokensPerSecond: 100) - 0.15) < 1e-12)
    // A million tokens take 2.78 busy hours, and as many idle ones.
    #expect(abs((host.rentPerMillion(tokensPerSecond: 100) ?? 0) - 2) < 1e-12)
    #expect(host.capitalPerMillion(tokensPerSecond: 100) == nil)
    #expect(abs(host.breakEvenPerMillion(tokensPerSecond: 100) - 2) < 1e-12)
    host.capital = (price: 1_800, hours: 10_000)
    #expect(abs((host.capitalPerMillion(tokensPerSecond: 100) ?? 0) - 1) < 1e-12)
    #expect(abs(host.breakEvenPerMillion(tokensPerSecond: 100) - 1.15) < 1e-12)
    // An hour of work: 0.18 USD of capital, doubled by idling, and 0.36 kWh.
    #expect(abs(host.costPerBusySecond * 3_600 - (0.18 / 0.5 + 0.054)) < 1e-12)
    host.capital = nil
    #expect(abs(host.costPerBusySecond * 3_600 - 0.36 / 0.5) < 1e-12)
    host.rent = nil
    #expect(abs(host.costPerBusySecond * 3_600 - 0.054) < 1e-12)
    #expect(abs(host.breakEvenPerMillion(tokensPerSecond: 100) - 0.15) < 1e-12)
  }
}

@Suite("A proof scheme") struct ProofSchemeTests {
  private func scheme(_ id: String) throws -> ProofScheme { try Catalogue.proofScheme(id) }

  @Test("proves every checkpoint, the last one short, or the whole request once") func proofs()
    throws
  {
    let checkpoints = try scheme("risc0-gpu")
    #expect([1, 1_000, 1_001, 2_500].map { checkpoints.proofs(outputTokens: $0) } == [1, 1, 2, 3])
    #expect(try scheme("zkllm").proofs(outputTokens: 2_500) == 1)
    #expect(checkpoints.gas(outputTokens: 2_500) == 450_000)
    #expect(checkpoints.bytes(outputTokens: 2_500) == 663_000)
    #expect(try scheme("toploc").bytes(outputTokens: 32) == 258)
  }

  @Test("takes GPU time from serving unless a CPU proves") func proving() throws {
    let model = try Catalogue.model("llama2-13b")
    let time = try #require(try scheme("risc0-gpu").provingTime(of: model))
    // 0.5 to 2 s: two deviations either way of the median of 1 s.
    #expect(abs(time.median - 1) < 1e-12 && abs(time.deviation - 0.34657) < 1e-5)
    let taken = try #require(try scheme("risc0-gpu").gpuSeconds(outputTokens: 1_500, of: model))
    #expect(abs(taken - 2 * time.mean) < 1e-12 && time.mean > 1.06)
    #expect(try scheme("risc0-cpu").gpuSeconds(outputTokens: 1_500, of: model) == 0)
    #expect(try scheme("risc0-cpu").delay(of: model)?.median == 4.4)
    #expect(try scheme("checkpoint-hash").gpuSeconds(outputTokens: 1_500, of: model) == 0)
    #expect(try scheme("risc0-groth16").gpuSeconds(outputTokens: 1_500, of: model) == nil)
  }

  @Test("of a forward pass grows with the model") func growth() throws {
    let (small, large) = (try Catalogue.model("llama2-13b"), try Catalogue.model("llama2-70b"))
    let scheme = try scheme("zkllm")
    #expect(abs((scheme.provingTime(of: small)?.median ?? 0) / 900 - 13.015 / 13) < 1e-9)
    #expect(abs((scheme.provingTime(of: large)?.median ?? 0) / 900 - 68.975 / 13) < 1e-9)
  }

  @Test("that is checked by re-execution costs the prefill of prompt and output") func checking()
    throws
  {
    let kind = try ServerKind(
      Fixture.deployment("rtx4090", "llama3-8b@q4_k_m", engine: "llama.cpp"),
      settings: ServerSettings(discipline: .fifo))
    let seconds = try scheme("toploc").checkingSeconds(prompt: 1_000, output: 200, on: kind)
    #expect(seconds == kind.law.prefillTime(tokens: 1_200, chunk: 512))
    let generation = kind.serviceTimes(prompt: 1_000, output: 200)
    #expect(seconds < (generation.prefill + 200 * generation.perToken) / 5)
    #expect(try scheme("risc0-gpu").checkingSeconds(prompt: 1_000, output: 200, on: kind) == 0)
  }

  @Test("that nobody knows is refused with what is known") func unknown() {
    #expect {
      try Catalogue.proofScheme("risc0")
    } throws: { "\($0)".contains("proof scheme") }
    #expect {
      try Catalogue.proofScheme("plonky-something")
    } throws: { "\($0)".contains("known: checkpoint-hash, risc0-gpu") }
  }
}

@Suite("The term that limits a step") struct LimitingTermTests {
  @Test("is the largest, the roofline counting whole for its longer side") func largest() {
    func term(
      reading: Double = 1, products: Double = 1, cache: Double = 0, overhead: Double = 0
    ) -> LimitingTerm {
      LimitingTerm(
        StepLaw.Terms(
          weightReading: reading, products: products, linear: max(reading, products),
          cache: cache, attention: 0, communication: 0, overhead: overhead))
    }
    #expect(term(reading: 3).name == "weight reading")
    #expect(term(products: 3, cache: 1).name == "products of weights")
    #expect(term(cache: 3).name == "cache reading" && term(cache: 3).share == 0.75)
    #expect(term(overhead: 2).name == "overhead")
  }

  @Test("turns from weights to cache as contexts and batches grow") func deployments() throws {
    let law = try StepLaw(Fixture.deployment("h100-sxm", "llama3-8b@fp16"))
    func name(_ sequences: Int, _ context: Int) -> String {
      LimitingTerm(
        law.terms(
          decoding: sequences, cachedTokens: Double(sequences * context), promptTokens: 0,
          attendedPairs: 0)
      ).name
    }
    #expect(name(1, 500) == "weight reading" && name(256, 1_000) == "cache reading")
  }
}

@Suite("The sheets of the catalogue") struct CatalogueSheetTests {
  @Test("have a source for every figure of every GPU and model") func sources() throws {
    for sheet in [Catalogue.gpuSheet, Catalogue.modelSheet, Catalogue.engineSheet] {
      for column in ["memory_gib", "mem_bw_gb_s", "fp16_dense_tflops", "layers", "style"] {
        guard let index = sheet.columns.firstIndex(of: column) else { continue }
        let source = try #require(sheet.sourceColumn(of: column))
        for row in sheet.rows where !row[index].isEmpty {
          #expect(!row[source].isEmpty, "\(row[0]) \(column)")
        }
      }
    }
    #expect(Catalogue.gpuSheet.rows.map { $0[0] } == Catalogue.gpus.map(\.id))
    #expect(Catalogue.modelSheet.rows.map { $0[0] } == Catalogue.models.map(\.id))
  }
}
