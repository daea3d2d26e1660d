package import Inference

/// A step law applied to a benchmark's arrangement of requests, in closed form.
package struct Prediction: Sendable {
  private let row: MeasuredRow
  private let law: StepLaw
  /// Tokens that a step takes when it reads prompts only.
  private let chunk: Double
  /// Sequences that memory holds at the mean context.
  private let capacity: Double

  package init(_ row: MeasuredRow, _ law: StepLaw, capacity: Double) {
    self.row = row
    self.law = law
    self.capacity = capacity
    chunk = row.deployment.engine.style == .singleStream ? 512 : 8_192
  }

  /// Sequences of a row that memory holds, at least 1; each with its prompt and half its output.
  package static func capacity(of row: MeasuredRow) -> Double {
    let tokens = MemoryFit(assuming: row.deployment).cacheTokens
    return max(1, Double(tokens) / max(1, row.promptTokens + row.outputTokens / 2))
  }

  private var context: Double { row.promptTokens + row.outputTokens / 2 }

  package func value(_ kind: Target.Kind) -> Double {
    let (prompt, output) = (row.promptTokens, row.outputTokens)
    let batch = row.batch ?? 1
    switch kind {
    case .decodeRate: return 1 / step(1)
    case .prefillRate: return prompt / prefill(1)
    case .firstToken: return prefill(1) + law.firstTokenDelay
    case .perOutputToken:
      let running = min(batch, capacity)
      guard row.mode == .closedLoop else { return step(running) }
      return step(running) + law.interference * (running - 1) * prefillInBulk / output
    case .endToEnd:
      let running = min(batch, capacity)
      return (output * step(running) + running * prefillInBulk) * (batch / running)
        + law.firstTokenDelay
    case .totalRate: return batch * (prompt + output) / batchLatency
    case .outputRate:
      if row.mode == .staticBatch { return batch * output / batchLatency }
      let running = min(row.batch ?? Double(row.deployment.engine.sequencesMaximum), capacity)
      return output / (prefillInBulk + output * step(running) / running)
    }
  }

  /// Seconds from the start of a batch of equal requests to the end of all, in waves if memory holds
  /// fewer.
  private var batchLatency: Double {
    let batch = row.batch ?? 1
    let running = min(batch, capacity)
    return (prefill(running) + law.firstTokenDelay + row.outputTokens * step(running))
      * (batch / running)
  }

  private func step(_ sequences: Double) -> Double {
    law.terms(
      decoding: sequences, cachedTokens: sequences * context, promptTokens: 0, attendedPairs: 0
    ).total
  }

  /// Seconds per prompt where many are read one after the other.
  private var prefillInBulk: Double { prefill(64) / 64 }

  private func prefill(_ prompts: Double) -> Double {
    let tokens = row.promptTokens * prompts
    guard tokens > 0 else { return 0 }
    let full = (tokens / chunk).rounded(.down)
    let rest = tokens - full * chunk
    func fixed(_ size: Double) -> Double {
      law.terms(decoding: 0, cachedTokens: 0, promptTokens: size, attendedPairs: 0).total
    }
    let time =
      (full > 0 ? full * fixed(chunk) : 0) + (rest > 0 ? fixed(max(rest, 1)) : 0)
      + prompts * row.promptTokens * row.promptTokens / 2 * law.secondsPerAttendedPair
    return time * law.pipelineFactor(promptTokens: Int(row.promptTokens))
  }
}
