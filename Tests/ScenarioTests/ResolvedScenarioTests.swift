import Contracts
import Market
import Quantities
import Testing

@testable import Scenario

@Suite("A resolved scenario")
struct ResolvedScenarioTests {
  @Test("has the configuration's own defaults where the file is silent") func defaults() throws {
    let configuration = try Fixture.load(Fixture.minimal).configuration
    let host = HostCohort(
      name: "home", count: 2, gpu: "rtx4090",
      serves: [.init(model: "llama3-8b", precision: "q4_k_m")], discipline: .fifo)
    let renter = RenterCohort(
      name: "chat", count: 3, arrivals: .poisson(rate: 1, profile: nil),
      lengths: .fitted("azure-conv-fit"))
    #expect(
      configuration
        == MarketConfiguration(
          name: "small", seed: 7, duration: .hours(1),
          rules: ProtocolConfiguration(profile: .documented), hosts: [host], renters: [renter]))
  }

  @Test("has what the file says") func everything() throws {
    let text = """
      marketsim: 1
      name: all
      description: Every key once.
      seed: 18_446_744_073_709_551_615
      duration: 2d
      horizon: {steadyState: {warmUp: 3h}}
      replications: 4
      chain:
        network: base-sepolia
        ethPrice: 2500.5 USD
        fabPrice: 0.25 USD
        backgroundLoad: {diurnal: {mean: 60%, amplitude: 0.3, peakHour: 20}}
        elasticity: 1.5
        priorityFee: 0.002 gwei
        initialBaseFee: 0.01 gwei
        l1BaseFee: 8 gwei
        blobBaseFee: 1 wei
        blockGasLimit: 150 Mgas
      protocol: {profile: reference-fab, fee: 2.5%, promptByHash: false}
      regions: {names: [eu, us], roundTrip: [[eu, us, 90ms], [eu, eu, 5ms]], jitter: 20%}
      hosts:
        - name: rack
          count: 1_000
          gpu: h100-sxm
          gpuCount: 2
          serves: [llama3-8b@fp16]
          discipline: continuousBatching
          engine: vllm-new
          maxSequences: 64
          queueLimit: 3
          behaviour: {honest: {}}
          availability: {up: 20h, down: 30min}
          price: {prompt: 0.2 USD/Mtoken, output: 0.8 USD/Mtoken, spread: 0.1}
          electricity: 0.11 USD/kWh
          regions: {eu: 3, us: 1}
          extraStake: 500 FAB
      renters:
        - name: code
          count: 10
          arrivals: {gamma: {rate: 300/min, shape: 0.25, profile: weekly-code}}
          lengths: {fixed: {prompt: 500, output: 20}}
          models: {llama3-8b: 2, llama3-8b@fp16: 1}
          patience: endless
          timeToComplete: 10min
          willingnessToPay: 5 USD/Mtoken
          budget: 50 USDC
          regions: [us]
          sameRegion: 25%
          minGPUMemory: 24 GiB
          ratingProbability: 50%
          expectedFirstToken: 1s
          expectedPerToken: 30ms
        - name: own
          count: 1
          arrivals: {poisson: {rate: 1/h}}
          lengths:
            lognormal:
              prompt: {weight: 72%, mu1: 4.64, sigma1: 0.71, mu2: 6.01, sigma2: 0.05, maximum: 4096}
              output: {mu1: 5, sigma1: 0.8}
      assignment: {race: {contenders: 5}}
      outputs: {jobs: true, transactions: true, events: true, sampleInterval: 10min}
      expect:
        - {metric: a, below: 2%}
        - {metric: b, above: -1.5, confidence: 95%, halfWidth: 2}
        - {metric: c, within: [1, 2]}
      """
    let got = try Fixture.load(text).configuration
    let chain = ChainConfiguration(
      network: .baseSepolia, ethPrice: 2_500.5, fabPrice: 0.25,
      backgroundLoad: .diurnal(mean: 0.6, amplitude: 0.3, peakHour: 20), elasticity: 1.5,
      priorityFee: Wei(2_000_000), initialBaseFee: Wei(10_000_000), l1BaseFee: Wei(8_000_000_000),
      blobBaseFee: Wei(1), blockGasLimit: Gas(150_000_000))
    let host = HostCohort(
      name: "rack", count: 1_000, gpu: "h100-sxm", gpuCount: 2,
      serves: [
        .init(model: "llama3-8b", precision: "fp16")
      ],
      discipline: .continuousBatching, engine: "vllm-new", maxSequences: 64, queueLimit: 3,
      behaviour: .honest, availability: .init(up: .hours(20), down: .minutes(30)),
      price: .init(promptPerMillion: 0.2, outputPerMillion: 0.8, spread: 0.1), electricity: 0.11,
      regions: RegionShare(weights: [3, 1]), extraStake: 500)
    let weeklyCode = CatalogueList.weeklyProfile(named: "weekly-code")
    #expect(Set(weeklyCode?.hourly ?? []).count > 10)
    let code = RenterCohort(
      name: "code", count: 10,
      arrivals: .gamma(
        rate: 5, shape: 0.25,
        profile: weeklyCode),
      lengths: .fixed(prompt: 500, output: 20),
      models: [
        .init(model: "llama3-8b", weight: 2),
        .init(model: "llama3-8b", precision: "fp16", weight: 1),
      ],
      patience: .endless, timeToComplete: .minutes(10), willingnessToPay: 5, budget: 50,
      regions: RegionShare(weights: [0, 1]), sameRegion: 0.25, minGPUMemory: 24,
      ratingProbability: 0.5, expectedFirstToken: .seconds(1),
      expectedPerToken: .milliseconds(30))
    let own = RenterCohort(
      name: "own", count: 1, arrivals: .poisson(rate: 1.0 / 3_600, profile: nil),
      lengths: .lognormal(
        prompt: .init(
          weight: 0.72, mu1: 4.64, sigma1: 0.71, mu2: 6.01, sigma2: 0.05, maximum: 4_096),
        output: .init(weight: 1, mu1: 5, sigma1: 0.8, mu2: 5, sigma2: 0.8, maximum: 1_000_000)),
      regions: RegionShare(weights: [1, 1]))
    var outputs = OutputSelection()
    outputs.jobs = true
    outputs.transactions = true
    outputs.events = true
    outputs.sampleInterval = .minutes(10)
    let expected = MarketConfiguration(
      name: "all", summary: "Every key once.", seed: .max, duration: .days(2),
      horizon: .steadyState(warmUp: .hours(3)), replications: 4, chain: chain,
      rules: .init(feeBasisPoints: 250, promptByHash: false),
      regions: RegionMap(
        names: ["eu", "us"],
        roundTrip: [.milliseconds(5), .milliseconds(90), .milliseconds(90), .milliseconds(20)],
        jitter: 0.2),
      hosts: [host], renters: [code, own], assignment: .race(contenders: 5), outputs: outputs,
      expectations: [
        .init(metric: "a", bound: .below(0.02)),
        .init(metric: "b", bound: .above(-1.5), confidence: 0.95, halfWidth: 2),
        .init(metric: "c", bound: .within(lower: 1, upper: 2)),
      ])
    #expect(got.chain == expected.chain)
    #expect(got.hosts == expected.hosts)
    #expect(got.renters == expected.renters)
    #expect(got == expected)
  }

  @Test("has one text for one meaning") func canonicalText() throws {
    func text(_ scenario: String, _ overrides: [String] = []) throws -> String {
      try Fixture.load(scenario, set: overrides).canonicalText
    }
    let plain = try text(Fixture.minimal)
    #expect(plain == (try text("# comment\n" + Fixture.minimal + "description: words\n")))
    #expect(plain == (try text(Fixture.minimal, ["duration=60min", "chain.ethPrice=3000.0 USD"])))
    #expect(plain.contains("\nseed = 7\n"))
    #expect(plain.contains("\nhosts[0].serves[0].precision = \"q4_k_m\"\n"))
    #expect(plain.contains("\nduration.nanoseconds = 3600000000000\n"))
    for change in [
      "seed=8", "duration=61min", "replications=2", "hosts.home.count=3", "protocol.fee=2%",
      "renters.chat.patience=endless", "assignment=random", "chain.backgroundLoad=51%",
      "horizon=steadyState", "outputs.jobs=true", "hosts.home.availability={up: 1h, down: 1h}",
    ] {
      #expect(plain != (try text(Fixture.minimal, [change])), "\(change)")
    }
  }

  @Test("has one text however a table of it was filled") func tableOrder() throws {
    let kinds = DetectionConfiguration.Kind.allCases
    var configuration = try Fixture.load(Fixture.minimal).configuration
    var texts: Set<String> = []
    // The order in which a dictionary is walked changes with its capacity.
    for capacity in [1, 50, 500, 5_000, 50_000] {
      var actions: [DetectionConfiguration.Kind: DetectionConfiguration.Action] = [:]
      actions.reserveCapacity(capacity)
      for (number, kind) in kinds.enumerated() { actions[kind] = number < 2 ? .refuse : .watch }
      configuration.detection.actions = actions
      texts.insert(CanonicalText.of(configuration))
    }
    let text = try #require(texts.first)
    #expect(texts.count == 1)
    #expect(text.contains("\ndetection.actions.count = \(kinds.count)\n"))
    for action in ["refuse", "watch"] {
      #expect(text.contains("\ndetection.actions[].value = \(action)\n"))
    }
    configuration.detection.actions[kinds[0]] = .slash
    #expect(CanonicalText.of(configuration) != text)
  }

  @Test("knows a trace by what is in it, not by where it lies") func traceIdentity() throws {
    func text(_ path: String, _ content: String) throws -> String {
      let scenario = TraceFileTests.scenario.replacing("t.csv", with: path)
      return try Fixture.load(scenario, others: [path: content]).canonicalText
    }
    let text1 = try text("a.csv", Fixture.trace)
    #expect(text1 == (try text("b/c.csv", Fixture.trace)))
    #expect(text1 != (try text("a.csv", Fixture.trace + "2,1,1\n")))
  }

  @Test("scales a week of own figures to mean 1") func ownProfile() throws {
    let figures = (0..<168).map { "\($0 % 24)" }.joined(separator: ", ")
    let text = Fixture.minimal("rate: 1/s", as: "rate: 1/s, profile: [\(figures)]")
    guard case .poisson(_, let profile?) = try Fixture.load(text).configuration.renters[0].arrivals
    else {
      Issue.record("no profile")
      return
    }
    #expect(profile.hourly.count == 168)
    #expect(abs(profile.hourly.reduce(0, +) / 168 - 1) < 1e-12)
    #expect(profile.hourly[23] / profile.hourly[1] == 23)
  }
}
