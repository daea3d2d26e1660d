private import Inference

/// One figure of a measured row, to be predicted.
package struct Target: Equatable, Sendable {
  package enum Metric: String, CaseIterable, Sendable {
    case decode, prefill, throughput
    /// Sum over a closed loop's request, from which both latencies draw; fitted, not reported.
    case endToEnd = "end-to-end"
  }

  /// What the figure is, with its unit.
  package enum Kind: Sendable {
    /// Tokens per second of one sequence, of one prompt, of outputs, of prompts and outputs.
    case decodeRate, prefillRate, outputRate, totalRate
    /// Seconds.
    case firstToken, perOutputToken, endToEnd
  }

  /// Into the rows.
  package let row: Int
  package let metric: Metric
  package let kind: Kind
  package let measured: Double
}

extension MeasuredRow {
  /// Why nothing of the row is predicted; nil if something is.
  package var reasonNotPredicted: String? {
    if mode == .mlperfOffline { return "its log names neither prompt lengths nor the split" }
    if mode == .openLoopReplay { return "it is the mean of a log; replay the log itself" }
    if isSplitUnknown { return "it does not say how many GPUs serve one request" }
    if let unknownEngine {
      let known = Catalogue.engines.map(\.id).joined(separator: ", ")
      return "\"\(unknownEngine)\" is no version of an engine with coefficients: \(known)"
    }
    do {
      try deployment.parallelism.validate(for: deployment.served.model, engine: engine.engine)
    } catch {
      return error.description
    }
    guard let excess = excessWeights else { return nil }
    let tenths = Int((excess / 1e8).rounded())
    return "\(deployment.served) exceeds the memory of \(deployment.parallelism.gpus) "
      + "\(deployment.gpu.id) by \(tenths / 10).\(tenths % 10) GB"
  }

  package func targets(row: Int) -> [Target] {
    guard reasonNotPredicted == nil else { return [] }
    func target(_ metric: Target.Metric, _ kind: Target.Kind, _ value: Double?) -> Target? {
      value.map { Target(row: row, metric: metric, kind: kind, measured: $0) }
    }
    switch mode {
    case .singleDecode: return [target(.decode, .decodeRate, decodeRate)].compactMap { $0 }
    case .singlePrefill:
      return [
        target(.prefill, .prefillRate, prefillRate) ?? target(.prefill, .firstToken, firstToken)
      ].compactMap { $0 }
    default: break
    }
    var targets = [
      batch == 1 ? target(.prefill, .firstToken, firstToken) : nil,
      target(.decode, .perOutputToken, perOutputToken),
      target(.throughput, .outputRate, outputRate)
        ?? target(.throughput, .totalRate, totalRate),
    ]
    if mode == .closedLoop, batch ?? 1 > 1, let firstToken, let perOutputToken {
      let total = firstToken + (outputTokens - 1) * perOutputToken
      targets.append(target(.endToEnd, .endToEnd, total))
    }
    return targets.compactMap { $0 }
  }
}
