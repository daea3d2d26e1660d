import Inference
import Testing

@testable import Calibration

@Suite("A measurement file") struct MeasurementFileTests {
  @Test("gives deployment, lengths and figures of each row") func rows() throws {
    let file = try Fixture.file([
      ["ttft_ms": "12.5", "tpot_ms": "8", "out_tok_s": "900", "flag": "rounded"],
      [
        "gpu": "rtx3090", "n_gpu": "2", "parallel": "layer-split", "engine": "llama.cpp",
        "weight_prec": "q4_k_m", "mode": "single-decode", "batch": "", "decode_tok_s": "100",
      ],
    ])
    let (first, second) = (file.rows[0], file.rows[1])
    #expect(first.line == 2 && first.firstToken == 0.0125 && first.perOutputToken == 0.008)
    #expect(first.outputRate == 900 && first.totalRate == nil && first.flag == "rounded")
    #expect(first.deployment.gpu.id == "h100-sxm" && first.deployment.engine.id == "vllm-new")
    #expect(second.deployment.parallelism == .layerSplit(2) && second.batch == nil)
    #expect(second.deployment.served.description == "llama3-8b@q4_k_m")
  }

  @Test("names every bad cell by line and column") func badCells() {
    let text = Fixture.text([
      ["gpu": "h10O-sxm"], ["tpot_ms": "fast"], ["batch": ""], ["prompt_tokens": "-3"],
      ["weight_prec": "fp17"], ["mode": "guessed"], ["out_tok_s": "0"], ["kv_prec": "fp3"],
      ["parallel": "tp", "n_gpu": "4", "tp": "2"], ["model": ""], ["parallel": "tp"],
      ["prompt_tokens": ""], ["output_tokens": "0"],
      ["mode": "single-prefill", "prompt_tokens": "0"],
    ])
    let problems = Fixture.problems(text)
    let expected = [
      "2:7: error: \"h10O-sxm\" is not a known GPU; did you mean \"h100-sxm\"?",
      "3:81: error: tpot_ms \"fast\" is not a number",
      "4:68: error: batch \"\" is not a number of requests; static-batch needs one",
      "5:70: error: prompt_tokens \"-3\" is negative",
    ]
    #expect(Array(problems.prefix(4)) == expected)
    #expect(problems.count == 14)
    #expect(problems[4].contains("fp17") && problems[4].contains("fp16"))
    #expect(problems[5].contains("single-decode, single-prefill, static-batch"))
    #expect(problems[6].contains("out_tok_s \"0\" is not positive"))
    #expect(problems[7].contains("kv_prec"))
    #expect(problems[8].contains("tp \"2\" is not n_gpu, 4"))
    #expect(problems[9].contains("known model"))
    #expect(problems[10].contains("tp \"1\" is not n_gpu, 1"))
    #expect(problems[11].contains("prompt_tokens \"\" is not a length; static-batch needs one"))
    #expect(problems[12].contains("output_tokens \"0\" is not a length"))
    #expect(problems[13].contains("prompt_tokens \"0\" is not a length; single-prefill"))
  }

  @Test("names missing columns, and a row with too few cells") func structure() {
    #expect(Fixture.problems("id,group\n1,2\n")[0].contains("missing here: gpu, n_gpu"))
    let short = Fixture.header.joined(separator: ",") + "\na,b\n"
    #expect(Fixture.problems(short)[0].hasPrefix("2:1: error: the row has 2 cells"))
    #expect(Fixture.problems("")[0].hasPrefix("1:1: error: the file is empty"))
  }

  @Test("reads engines with their versions") func engines() throws {
    for (name, id) in [
      ("vllm-0.5", "vllm-0.5"), ("vllm-0.19", "vllm-new"), ("vllm", "vllm-new"),
      ("trtllm-0.9", "trtllm-old"), ("trtllm-1.2.0rc2", "trtllm-new"), ("mlc", "mlc-exl"),
    ] {
      #expect(MeasuredEngine(name)?.engine.id == id, "\(name)")
    }
    #expect(MeasuredEngine("tgi-2.0") == nil)
    #expect(MeasuredEngine("sglang-0.5.1.post1")?.version == "sglang-0.5.1")
    // InferenceX, which writes no version, quantises the cache with the weights.
    #expect(MeasuredEngine("vllm-")?.quantisesCache == true)
  }
}

@Suite("What of a measurement file is predicted") struct MeasurementSetTests {
  @Test("leaves out, with the reason, what cannot be") func refusals() throws {
    let set = MeasurementSet(
      try Fixture.file([
        ["tpot_ms": "8"],
        ["id": "big", "model": "qwen3-235b-a22b", "weight_prec": "fp8", "gpu": "h200-sxm"],
        ["id": "odd", "model": "llama3-70b", "n_gpu": "3", "tp": "3", "parallel": "tp"],
        ["id": "tgi", "engine": "tgi-2.0"],
        ["id": "log", "mode": "open-loop-replay"],
        ["id": "dp", "parallel": "dp", "n_gpu": "4"],
        ["id": "thrash", "flag": "kv-thrash", "tpot_ms": "80"],
      ]))
    #expect(set.rows.map(\.id) == ["r1"] && set.flagged.map(\.id) == ["thrash"])
    #expect(set.refused.map(\.row.id) == ["big", "odd", "tgi", "log", "dp"])
    #expect(set.refused[0].reason.contains("exceeds the memory of 1 h200-sxm by"))
    #expect(set.refused[1].reason.contains("64 attention heads, which 3 GPUs"))
    #expect(set.refused[2].reason.contains("\"tgi-2.0\" is no version of an engine"))
    #expect(set.refused[3].reason.contains("replay the log itself"))
    #expect(set.refused[4].reason.contains("how many GPUs serve one request"))
  }

  @Test("takes the weights that just fit and refuses the next larger") func memoryLimit() throws {
    // 141 GB of memory hold 70 × 10⁹ weights at 16 bits, by a hair, and not 72.7.
    let set = MeasurementSet(
      try Fixture.file([
        ["id": "fits", "model": "llama3-70b", "gpu": "h200-sxm", "tpot_ms": "1"],
        ["id": "not", "model": "qwen2.5-72b", "gpu": "h100-sxm", "tpot_ms": "1"],
      ]))
    #expect(set.rows.map(\.id) == ["fits"] && set.refused.map(\.row.id) == ["not"])
  }

  @Test("is decode, prefill or throughput by the way it was taken") func targets() throws {
    let figures = ["ttft_ms": "10", "tpot_ms": "5", "out_tok_s": "700", "total_tok_s": "3500"]
    func metrics(_ cells: [String: String]) throws -> [Target.Metric] {
      MeasurementSet(try Fixture.file([figures.merging(cells) { _, given in given }])).targets.map(
        \.metric)
    }
    #expect(try metrics([:]) == [.decode, .throughput])
    #expect(try metrics(["batch": "1"]) == [.prefill, .decode, .throughput])
    #expect(try metrics(["mode": "closed-loop"]) == [.decode, .throughput, .endToEnd])
    #expect(try metrics(["mode": "single-prefill", "batch": ""]) == [.prefill])
    #expect(try metrics(["mode": "single-decode", "decode_tok_s": "80"]) == [.decode])
    #expect(
      try metrics(["mode": "max-load", "batch": "", "tpot_ms": "", "ttft_ms": ""]) == [.throughput])
  }

  @Test("errs by nothing at the figure a benchmark fixes, and by ratios elsewhere")
  func benchmark() throws {
    let set = MeasurementSet(
      try Fixture.file([
        ["batch": "2", "tpot_ms": "8"], ["batch": "8", "tpot_ms": "9"],
        ["batch": "32", "tpot_ms": "12"], ["group": "g2", "tpot_ms": "9"],
      ]))
    let left = set.errorsWithBenchmark([0.2, 0.5, -0.1, 0.3])
    #expect(left[1] == nil && left[3] == nil)
    #expect(abs((left[0] ?? .nan) - (1.2 / 1.5 - 1)) < 1e-12)
    #expect(abs((left[2] ?? .nan) - (0.9 / 1.5 - 1)) < 1e-12)
  }
}
