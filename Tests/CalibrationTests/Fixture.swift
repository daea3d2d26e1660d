import Inference

@testable import Calibration

/// Measurement files in memory.
enum Fixture {
  static let header = [
    "id", "group", "gpu", "n_gpu", "parallel", "tp", "model", "engine", "weight_prec", "kv_prec",
    "mode", "batch", "prompt_tokens", "output_tokens", "prefill_tok_s", "decode_tok_s", "ttft_ms",
    "tpot_ms", "out_tok_s", "total_tok_s", "flag", "notes",
  ]

  /// One row: a static batch of 8 on an H100 unless the cells say otherwise.
  static func row(_ cells: [String: String] = [:]) -> String {
    let usual = [
      "id": "r1", "group": "g1", "gpu": "h100-sxm", "n_gpu": "1", "parallel": "single", "tp": "1",
      "model": "llama3-8b", "engine": "vllm-0.12.0", "weight_prec": "fp16",
      "mode": "static-batch", "batch": "8", "prompt_tokens": "512", "output_tokens": "128",
    ]
    let values = usual.merging(cells) { _, given in given }
    return header.map { values[$0] ?? "" }.joined(separator: ",")
  }

  static func text(_ rows: [[String: String]]) -> String {
    ([header.joined(separator: ",")] + rows.map(row)).joined(separator: "\n") + "\n"
  }

  static func file(_ rows: [[String: String]]) throws -> MeasurementFile {
    try MeasurementFile(parsing: Array(text(rows).utf8))
  }

  static func problems(_ text: String) -> [String] {
    do throws(MeasurementFile.Problems) {
      _ = try MeasurementFile(parsing: Array(text.utf8))
      return []
    } catch {
      return error.all.map(\.description)
    }
  }

  /// What hosts would measure if `table` were the truth: six groups of static batches at two
  /// prompt lengths and six batch sizes.
  static func measured(under table: CoefficientTable) throws -> [[String: String]] {
    let hosts = [
      ("h100-sxm", "llama3-8b", "vllm-0.12.0"), ("h100-sxm", "qwen2-7b", "vllm-0.12.0"),
      ("h100-sxm", "mistral-7b", "trtllm-1.0"), ("h200-sxm", "llama3-8b", "vllm-0.12.0"),
      ("h200-sxm", "llama2-7b", "trtllm-1.0"), ("a100-80", "llama3-8b", "vllm-0.12.0"),
    ]
    var rows: [[String: String]] = []
    for (gpu, model, engine) in hosts {
      for prompt in ["128", "1024"] {
        for batch in ["1", "4", "16", "32", "64", "128"] {
          rows.append([
            "id": "r\(rows.count)", "group": "\(gpu) \(model) \(engine)", "gpu": gpu,
            "model": model, "engine": engine, "batch": batch, "prompt_tokens": prompt,
            "tpot_ms": "1", "out_tok_s": "1",
          ])
        }
      }
    }
    // Measured as 1 ms and 1 token/s, a figure's relative error is its prediction less 1.
    let set = MeasurementSet(try file(rows))
    for (target, error) in zip(set.targets, set.errors(table)) {
      guard let error else { continue }
      let value = target.kind == .perOutputToken ? (1 + error) * target.measured * 1e3 : 1 + error
      rows[target.row][target.kind == .perOutputToken ? "tpot_ms" : "out_tok_s"] = "\(value)"
    }
    return rows
  }
}
