package import Inference

/// A serving engine as measurement files name it, `trtllm-1.0.0rc3`, and what its version implies.
package struct MeasuredEngine: Equatable, Sendable {
  package let engine: ServingEngine
  /// Key of coefficients that changed between versions of one engine.
  package let version: String
  /// Whether 8- and 4-bit weights ran with an 8-bit cache where the file leaves that open.
  package let quantisesCache: Bool

  /// Nil for an engine without coefficients.
  package init?(_ name: String) {
    guard let id = Self.engineID(of: name),
      let engine = Catalogue.engines.first(where: { $0.id == id })
    else { return nil }
    self.engine = engine
    // Until 0.5.1 SGLang read all prompts of a burst before it decoded any.
    version = name.hasPrefix("sglang-0.5.1") ? "sglang-0.5.1" : id
    // InferenceX, which states no version, starts vLLM with an 8-bit cache for such weights.
    quantisesCache = engine.quantisesCache || name == "vllm-"
  }

  /// For rows that are listed and not predicted, whatever their engine.
  static let standIn: MeasuredEngine = {
    guard let engine = MeasuredEngine("vllm") else {
      preconditionFailure("engines.csv has no vllm-new")
    }
    return engine
  }()

  private static func engineID(of name: String) -> String? {
    if name == "mlc" || name == "exllamav2" { return "mlc-exl" }
    let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let version = parts.count > 1 ? String(parts[1]) : ""
    let release = version.split(separator: ".").prefix(2).joined(separator: ".")
    switch parts[0] {
    case "llama.cpp", "sglang", "lmdeploy": return String(parts[0])
    case "trtllm": return version.hasPrefix("0.") ? "trtllm-old" : "trtllm-new"
    case "vllm":
      return ["0.2", "0.5", "0.6"].contains(release) ? "vllm-\(release)" : "vllm-new"
    default: return nil
    }
  }
}
