internal import Market

extension CatalogueList {
  /// In the catalogue's order.
  var names: [String] {
    switch self {
    case .gpu: Self.gpus
    case .model: Self.models
    case .precision: ["fp16", "bf16", "fp8", "fp4", "mxfp4", "q4_k_m", "q4_0"]
    case .engine: ["llama.cpp", "vllm-new"]
    case .workload: ["azure-conv-fit", "azure-code-fit"]
    case .weeklyProfile: ["weekly-chat", "weekly-code"]
    }
  }

  static func weeklyProfile(named name: String) -> WeeklyProfile? {
    WeeklyProfile(name: name, hourly: Array(repeating: 1, count: 168))
  }

  private static let gpus = [
    "rtx2080ti", "rtx3060", "rtx3070", "rtx3080", "rtx3080ti", "rtx3090", "rtx3090ti",
    "rtx4070ti", "rtx4080", "rtx4090", "rtx5090", "rtxa4000", "rtxa6000", "rtx4000ada",
    "rtx5000ada", "rtx6000ada", "rtxpro6000", "t4", "v100-32", "a10", "a10g", "a30", "a40", "l4",
    "l40s", "a100-40", "a100-80", "a100-80-pcie", "h100-pcie", "h100-sxm", "h100-nvl", "gh200-96",
    "gh200-144", "h200-sxm", "b200-sxm", "b300-sxm", "gb200", "rx7900xtx", "mi250", "mi250-gcd",
    "mi300x", "m1-7c", "m1-max-32c", "m1-ultra-48c", "m1-ultra-64c", "m2-ultra-76c", "m3-max-40c",
    "m4-10c", "m4-max-40c", "m3-ultra-80c",
  ]
  private static let models = [
    "llama2-7b", "llama2-13b", "llama2-70b", "codellama-34b", "internlm-20b", "phi-2",
    "llama3-8b", "llama3-70b", "llama3.1-405b", "llama3.2-3b", "llama3.2-1b", "mistral-7b",
    "mixtral-8x7b", "mixtral-8x22b", "qwen2-7b", "qwen2.5-3b", "qwen2.5-14b", "qwen2.5-32b",
    "qwen2.5-72b", "qwen1-72b", "qwen3-8b", "qwen3-32b", "qwen3-30b-a3b", "qwen3-235b-a22b",
    "gpt-oss-20b", "gpt-oss-120b", "deepseek-r1", "gemma2-9b", "phi3-mini",
  ]
}

extension CatalogueList {
  /// GiB of all GPUs of one host.
  static func memory(of host: HostCohort) -> Double { 128 }
}
