import Testing

@testable import Scenario

@Suite("Complaints about a scenario")
struct ComplaintTests {
  /// A way to spoil the minimal scenario, and every complaint that must come of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let part: String
    let spoilt: String
    let complaints: [String]
    var testDescription: String { spoilt }

    init(_ part: String, _ spoilt: String, _ complaints: String...) {
      self.part = part
      self.spoilt = spoilt
      self.complaints = complaints
    }
  }

  static let values = [
    Case(
      "seed: 7", "seed: -7",
      "s.yaml:3:7: error: seed is -7, which is out of range; write a whole number from "
        + "0 to 18,446,744,073,709,551,615"),
    Case(
      "seed: 7", "seed: seven",
      "s.yaml:3:7: error: seed is \"seven\", not a whole number; write a whole number from "
        + "0 to 18,446,744,073,709,551,615"),
    Case(
      "seed: 7", "seed:",
      "s.yaml:3:6: error: seed has no value; give a whole number, "
        + "0 to 18,446,744,073,709,551,615"),
    Case(
      "duration: 1h", "duration: 3600",
      "s.yaml:4:11: error: duration is \"3600\", which has no unit; add the unit one of "
        + "ns, us, ms, s, min, h, d, w, as in 1d"),
    Case(
      "duration: 1h", "duration: 1hr",
      "s.yaml:4:11: error: duration is \"1hr\", whose unit \"hr\" is not known here; "
        + "did you mean \"h\"?"),
    Case(
      "duration: 1h", "duration: 5 furlongs",
      "s.yaml:4:11: error: duration is \"5 furlongs\", whose unit \"furlongs\" is not known "
        + "here; write the unit one of ns, us, ms, s, min, h, d, w, as in 1d"),
    Case(
      "duration: 1h", "duration: soon",
      "s.yaml:4:11: error: duration is \"soon\", which does not start with a number; "
        + "write a number with the unit one of ns, us, ms, s, min, h, d, w, as in 1d"),
    Case(
      "duration: 1h", "duration: 1000000d",
      "s.yaml:4:11: error: duration is 1000000d, which is out of range; "
        + "write a value from 2 s to 3,650 d"),
    Case(
      "duration: 1h", "duration: -1h",
      "s.yaml:4:11: error: duration is -1h, which is out of range; "
        + "write a value from 2 s to 3,650 d"),
    Case(
      "duration: 1h", "duration: 10.0000000001s",
      "s.yaml:4:11: error: duration is 10.0000000001s, which is no whole number of "
        + "nanoseconds; use fewer decimals"),
    Case(
      "duration: 1h", "duration: [1h]",
      "s.yaml:4:11: error: duration is a list; give a number with one of the units "
        + "ns, us, ms, s, min, h, d, w, as in 1d (2 s to 3,650 d)"),
    Case(
      "seed: 7", "seed: 7\nchain: {ethPrice: 3000, priorityFee: 0.5 gwai, elasticity: 11}",
      "s.yaml:4:19: error: chain.ethPrice is \"3000\", which has no unit; add the unit USD, "
        + "as in 3000 USD",
      "s.yaml:4:38: error: chain.priorityFee is \"0.5 gwai\", whose unit \"gwai\" is not known "
        + "here; did you mean \"gwei\"?",
      "s.yaml:4:60: error: chain.elasticity is 11, which is out of range; "
        + "write a value from 0 to 10"),
    Case(
      "seed: 7", "seed: 7\nchain: {ethPrice: 0 USD, backgroundLoad: 1001%}",
      "s.yaml:4:19: error: chain.ethPrice is 0 USD, which is out of range; "
        + "write a value above 0, at most 1,000,000,000 USD",
      "s.yaml:4:42: error: chain.backgroundLoad is 1001%, which is out of range; "
        + "write a value from 0 to 10, or in percent 0 to 1,000%"),
    Case(
      "seed: 7", "seed: 7\nprotocol: {fee: 0.015%, promptByHash: yes}",
      "s.yaml:4:17: error: protocol.fee is \"0.015%\", not a whole number of basis points "
        + "(0.01%); allowed 0%–100%",
      "s.yaml:4:39: error: protocol.promptByHash is \"yes\"; write true or false"),
    Case(
      "rate: 1/s", "rate: 0/s",
      "s.yaml:8:55: error: renters[0].arrivals.poisson.rate is 0/s, which is out of range; "
        + "write a value above 0, at most 10,000,000/s"),
    Case(
      "name: small", "name: a b",
      "s.yaml:2:7: error: name is \"a b\", which is not a name; "
        + "use 1 to 100 letters, digits, - and _"),
    Case(
      "seed: 7", "seed: 7\nassignment: randm",
      "s.yaml:4:13: error: assignment is \"randm\"; did you mean \"random\"?"),
    Case(
      "count: 2, gpu", "count: 2, availability: {up: 1h}, gpu",
      "s.yaml:6:42: error: hosts[0].availability.down is missing; give a number with one of "
        + "the units ns, us, ms, s, min, h, d, w, as in 20h (1 s to 3,650 d)"),
    Case(
      "count: 2, gpu", "count: 2, maxSequences: 4, extraStake: 1.5 FAB, gpu",
      "s.yaml:6:42: error: hosts[0].maxSequences is given for discipline fifo, which serves one "
        + "request at a time; remove it or write discipline: continuousBatching",
      "s.yaml:6:57: error: hosts[0].extraStake is 1.5 FAB, which is no whole number of FAB or "
        + "out of range; write a whole number from 0 to 1,000,000,000 FAB"),
    Case(
      "hosts:\n  - {name: home, count: 2, gpu: rtx4090, serves: [llama3-8b@q4_k_m]}", "hosts: 5",
      "s.yaml:5:8: error: hosts is \"5\", not a list; give a list of a map of name, count, gpu, "
        + "gpuCount, serves, discipline, engine, maxSequences, queueLimit, behaviour, "
        + "availability, price, electricity, regions, extraStake, reserve, "
        + "topUp, proofTime, wallet, benchmark, coefficients, rent, pricing, participation, "
        + "review, proof"),
    Case(
      "seed: 7", "seed: 7\nassignment: {reputation: {by: beta}}",
      "s.yaml:4:13: error: assignment asks beta, which nobody keeps; add beta to reputationModels"),
    Case(
      "seed: 7", "seed: 7\nreputationModels: [beta, {beta: {memory: 90%}}, {ewma: {weight: 0}}]",
      "s.yaml:4:65: error: reputationModels[2].ewma.weight is 0, which is out of range; "
        + "write a value above 0, at most 1, or in percent above 0, at most 100%"),
    Case(
      "seed: 7", "seed: 7\nreputationModels: [beta, {beta: {memory: 90%}}, eigentrust]",
      "s.yaml:4:49: error: reputationModels[2] is \"eigentrust\"; did you mean \"eigenTrust\"?"),
    Case(
      "seed: 7", "seed: 7\nreputationModels: [beta, {beta: {memory: 90%}}]",
      "s.yaml:4:26: error: reputationModels[1] is beta again; name each model once"),
    Case(
      "count: 2, gpu", "count: 2, proofTime: 2s, proof: risc0-gpu, gpu",
      "s.yaml:6:50: error: hosts[0].proof is given beside proofTime, which says how long a proof "
        + "takes; give one of them"),
    Case(
      "count: 2, gpu", "count: 2, proof: risc0-groth16, gpu",
      "s.yaml:6:35: error: hosts[0].proof is \"risc0-groth16\", and nobody published how long such "
        + "a proof takes; give proofTime instead, or one of checkpoint-hash, risc0-gpu, risc0-cpu, "
        + "stark-on-chain, ezkl, nanozk, zkgpt, zkllm, toploc, spot-check"),
    Case(
      "count: 2, gpu", "count: 2, proof: risc0-gpus, gpu",
      "s.yaml:6:35: error: hosts[0].proof is \"risc0-gpus\", which is not a known proof scheme; "
        + "did you mean \"risc0-gpu\"?"),
    Case(
      "seed: 7", "seed: 7\nexpect: [{metric: m}, {metric: m, below: 1, above: 0}]",
      "s.yaml:4:10: error: expect[0] has no bound; give one of below, above and within",
      "s.yaml:4:23: error: expect[1] has the bounds below and above; "
        + "give one of below, above and within"),
    Case(
      "seed: 7", "seed: 7\nexpect: [{metric: m, within: [2, 1]}]",
      "s.yaml:4:30: error: expect[0].within ends before it starts; "
        + "write the smaller number first"),
  ]

  static let catalogue = [
    Case(
      "gpu: rtx4090", "gpu: rtx409O",
      "s.yaml:6:33: error: hosts[0].gpu is \"rtx409O\", which is not a known GPU; "
        + "did you mean \"rtx4090\"?"),
    Case(
      "[llama3-8b@q4_k_m]", "[llama3-8b, lama3-8b@fp17]",
      "s.yaml:6:51: error: hosts[0].serves[0] is \"llama3-8b\", which names no precision; "
        + "add one of @fp16, @bf16, @fp8, @fp4, @mxfp4, @q4_k_m, @q4_0",
      "s.yaml:6:62: error: hosts[0].serves[1] is \"lama3-8b@fp17\", and \"lama3-8b\" is not a "
        + "known model; did you mean \"llama3-8b\"?",
      "s.yaml:6:62: error: hosts[0].serves[1] is \"lama3-8b@fp17\", and \"fp17\" is not a known "
        + "precision; did you mean \"fp16\"?"),
    Case(
      "azure-conv-fit", "azure-conf-fit",
      "s.yaml:8:71: error: renters[0].lengths is \"azure-conf-fit\", which is not a known "
        + "workload; did you mean \"azure-conv-fit\"?"),
    Case(
      "rate: 1/s", "rate: 1/s, profile: weakly-chat",
      "s.yaml:8:69: error: renters[0].arrivals.poisson.profile is \"weakly-chat\", which is not "
        + "a known weekly profile; did you mean \"weekly-chat\"?"),
  ]

  static let crossChecks = [
    Case(
      "[llama3-8b@q4_k_m]", "[llama3-8b@q4_k_m, llama3-70b@fp16]",
      "s.yaml:6:69: error: hosts[0].serves[1] is llama3-70b@fp16, which does not fit on 1 "
        + "rtx4090: it needs 132.2 GiB for weights and reserve, the host has 22.8 GiB for them; "
        + "serve less, or use other GPUs or another number of them"),
    Case(
      "[llama3-8b@q4_k_m]", "[llama3-8b@fp16, qwen2.5-14b@fp8]",
      "s.yaml:6:50: error: hosts[0].serves do not fit on 1 rtx4090 together: they need 29.5 GiB "
        + "for weights and reserve, the host has 22.8 GiB for them; "
        + "serve less, or use other GPUs or another number of them"),
    Case(
      "gpu: rtx4090, serves: [llama3-8b@q4_k_m]",
      "gpu: h100-sxm, gpuCount: 3, discipline: continuousBatching, serves: llama3-8b@fp16",
      "s.yaml:6:96: error: hosts[0].serves is llama3-8b@fp16, which cannot be served: llama3-8b "
        + "has 32 attention heads, which 3 GPUs cannot share equally; "
        + "serve less, or use other GPUs or another number of them"),
    Case(
      "gpu: rtx4090, serves: [llama3-8b@q4_k_m]",
      "gpu: rtx4090, gpuCount: 2, engine: llama.cpp, discipline: continuousBatching, "
        + "serves: llama3-8b@q4_k_m",
      "s.yaml:6:114: error: hosts[0].serves is llama3-8b@q4_k_m, which cannot be served: llama.cpp "
        + "deals out whole layers, which suits fifo only, not continuousBatching; "
        + "serve less, or use other GPUs or another number of them"),
    Case(
      "azure-conv-fit", "fromTrace",
      "s.yaml:8:71: error: renters[0].lengths is fromTrace, but the arrivals are not a trace's; "
        + "name a fitted workload: \(CatalogueList.workload.names.joined(separator: ", "))"),
    Case(
      "azure-conv-fit", "azure-conv-fit, models: [llama3-70b]",
      "s.yaml:8:96: error: renters[0].models[0] asks for llama3-70b, which no host serves; "
        + "ask for what is served: llama3-8b@q4_k_m"),
    Case(
      "azure-conv-fit", "azure-conv-fit, models: {llama3-8b: 2, llama3-8b@fp16: 1}",
      "s.yaml:8:126: error: renters[0].models.llama3-8b@fp16 asks for llama3-8b@fp16, which no "
        + "host serves; ask for what is served: llama3-8b@q4_k_m"),
    Case(
      "azure-conv-fit", "azure-conv-fit, minGPUMemory: 25 GiB",
      "s.yaml:8:101: error: renters[0].minGPUMemory is 25 GiB, but the largest host that serves "
        + "a model has 24 GiB; ask for less, or add such hosts"),
    Case(
      "count: 2", "count: 0",
      "s.yaml:6:3: error: hosts holds nobody: every count is 0; "
        + "give a cohort a count"),
    Case(
      "seed: 7", "seed: 7\nhorizon: {steadyState: {warmUp: 1h}}",
      "s.yaml:4:33: error: horizon.steadyState.warmUp leaves nothing of the duration; "
        + "stay below 1 h"),
    Case(
      "rate: 1/s}}",
      "rate: 1/s, profile: weekly-chat}}, patience: 1min, lengths: azure-conv-fit}\n"
        + "horizon: steadyState\n#",
      "s.yaml:9:10: error: horizon is steadyState, but renters[0].arrivals follow the hour of the "
        + "week, so that none is reached; state what to leave out, as in {steadyState: {warmUp: 2h}}, "
        + "or write terminating"),
    Case(
      "seed: 7",
      "seed: 7\nhorizon: {steadyState: {}}\nchain: {backgroundLoad: {diurnal: {mean: 50%, amplitude: 20%, "
        + "peakHour: 20}}}",
      "s.yaml:4:10: error: horizon is steadyState, but chain.backgroundLoad follows the hour of the "
        + "day, so that none is reached; state what to leave out, as in {steadyState: {warmUp: 2h}}, "
        + "or write terminating"),
    Case(
      "seed: 7", "seed: 7\nregions: {names: [eu, us], roundTrip: [[eu, uk, 90ms]]}",
      "s.yaml:4:39: error: regions.roundTrip has no time from eu to us; "
        + "add [eu, us, 90ms] with the time that you mean",
      "s.yaml:4:40: error: regions.roundTrip[0] names \"uk\", which is no region; "
        + "did you mean \"us\"?"),
    Case(
      "seed: 7", "seed: 7\nregions: {names: [eu, us], roundTrip: [[1ms, 90ms], [80ms, 2ms]]}",
      "s.yaml:4:53: error: regions.roundTrip[1][0] is 80 ms, but the way back takes 90 ms; "
        + "make the matrix symmetric"),
    Case(
      "count: 3", "count: 3, regions: eu",
      "s.yaml:8:37: error: renters[0].regions names \"eu\", which is no region of the scenario; "
        + "write one of: global"),
  ]

  @Test("name unknown, repeated, lacking and missing keys", arguments: keys)
  func key(_ example: Case) { expect(example) }

  @Test("name values that a key does not take", arguments: values)
  func value(_ example: Case) { expect(example) }

  @Test("name what no catalogue holds", arguments: catalogue)
  func catalogueName(_ example: Case) { expect(example) }

  @Test("name parts that contradict each other", arguments: crossChecks)
  func crossCheck(_ example: Case) { expect(example) }

  private func expect(_ example: Case) {
    let text = Fixture.minimal(example.part, as: example.spoilt)
    #expect(Fixture.complaints(text) == example.complaints)
  }

  @Test("name a region whose requests must stay where nobody serves them") func sameRegion() {
    let text = """
      marketsim: 1
      name: small
      seed: 7
      duration: 1h
      regions: {names: [eu, us], roundTrip: [[eu, us, 90ms]]}
      hosts:
        - {name: home, count: 2, gpu: rtx4090, serves: llama3-8b@q4_k_m, regions: eu}
        - {name: rack, count: 0, gpu: h100-sxm, serves: llama3-8b@fp16, regions: us}
        - {name: old, count: 9, gpu: rtx3090, serves: llama2-7b@q4_k_m}
      renters:
        - name: chat
          count: 3
          sameRegion: 10%
          models: llama3-8b
          arrivals: {poisson: {rate: 1/s}}
          lengths: azure-conv-fit

      """
    let complaint =
      "s.yaml:13:17: error: renters[0].sameRegion keeps requests of renters in us there, where no "
      + "host serves llama3-8b; let such hosts live in us, or these renters elsewhere, or leave "
      + "sameRegion out"
    #expect(Fixture.complaints(text) == [complaint])
    #expect(Fixture.complaints(text, set: ["renters.chat.models=[llama2-7b]"]) == [])
    #expect(Fixture.complaints(text, set: ["renters.chat.regions=eu"]) == [])
    #expect(Fixture.complaints(text, set: ["renters.chat.sameRegion=0"]) == [])
    #expect(Fixture.complaints(text, set: ["hosts.rack.count=1"]) == [])
    let precise = ["hosts.rack.count=1", "renters.chat.models=[llama3-8b@q4_k_m]"]
    #expect(Fixture.complaints(text, set: precise).count == 1)
  }

  @Test("are none about the minimal scenario") func minimal() {
    #expect(Fixture.complaints(Fixture.minimal) == [])
  }

  @Test("come all at once, in the order of the text") func order() {
    let text = Fixture.minimal
      .replacing("seed: 7", with: "seed: x")
      .replacing("count: 3", with: "count: y")
      .replacing("count: 2", with: "count: z")
    let places = Fixture.complaints(text).map { $0.prefix { $0 != " " } }
    #expect(places == ["s.yaml:3:7:", "s.yaml:6:25:", "s.yaml:8:25:"])
  }

  @Test("name an unknown metric when the metrics are known") func metric() {
    let text = Fixture.minimal + "expect: [{metric: unserved_fracton, below: 2%}]\n"
    #expect(Fixture.complaints(text) == [])
    #expect(
      Fixture.complaints(text, metrics: ["unserved_fraction"]) == [
        "s.yaml:9:19: error: expect[0].metric is \"unserved_fracton\", which is not a known "
          + "metric; did you mean \"unserved_fraction\"?"
      ])
  }
}
