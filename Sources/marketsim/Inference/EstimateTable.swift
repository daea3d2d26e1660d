import Inference
import Statistics

/// What `marketsim estimate` prints: one figure a row.
struct EstimateTable {
  private(set) var rows = ResultTable(
    TableSchema(
      "estimate", "What one host can do and what that costs.",
      columns: [
        Column("load", .text, "Under which the figure holds."),
        Column("figure", .text, "What it is."),
        Column("value", .real, "Its value."),
        Column("unit", .text, "Its unit."),
        Column("note", .text, "How to read it."),
      ]))

  private mutating func row(
    _ load: String, _ figure: String, _ value: Double, _ unit: String, _ note: String = ""
  ) {
    rows.append(load)
    rows.append(figure)
    rows.append(value)
    rows.append(unit)
    if note.isEmpty { rows.appendAbsent() } else { rows.append(note) }
    rows.endRow()
  }

  mutating func appendMemory(_ fit: MemoryFit, _ kind: ServerKind, prompt: Int, output: Int) {
    let load = "memory"
    row(load, "weights", fit.weights / 1e9, "GB")
    row(load, "usable", fit.usable / 1e9, "GB", "of all GPUs, before the reserve below")
    row(load, "reserve", fit.reserve / 1e9, "GB", "activations and graphs")
    row(load, "kv_per_token", fit.cacheBytesPerToken / 1e3, "kB")
    row(load, "kv_tokens", Double(kind.cacheTokens), "tokens")
    let fitting = kind.cacheTokens / (prompt + output)
    let places = kind.settings.discipline == .fifo ? 1 : kind.settings.sequencesMaximum
    row(
      load, "requests_at_once", Double(min(fitting, places)), "requests",
      kind.settings.discipline == .fifo
        ? "one at a time" : fitting < places ? "limited by KV memory" : "limited by the engine")
  }

  mutating func appendAlone(
    _ kind: ServerKind, _ outcome: LoadTest.Outcome, _ prompt: Int, _ output: Int
  ) {
    let chunk = kind.settings.discipline == .fifo ? kind.prefillChunk : kind.settings.tokenBudget
    let size = min(prompt, chunk)
    let prefill = LimitingTerm(
      kind.law.terms(
        decoding: 0, cachedTokens: 0, promptTokens: size,
        attendedPairs: Double(size) * Double(prompt) / 2))
    row("alone", "ttft", outcome.firstToken.mean, "s", Self.words(prefill))
    appendTokenTimes("alone", outcome, kind, inFlight: 1, prompt, output)
  }

  mutating func append(
    _ load: String, _ outcome: LoadTest.Outcome, _ kind: ServerKind, inFlight: Int?,
    _ prompt: Int, _ output: Int
  ) {
    row(load, "ttft_mean", outcome.firstToken.mean, "s")
    row(load, "ttft_p95", outcome.firstToken.quantile(0.95), "s")
    appendTokenTimes(load, outcome, kind, inFlight: inFlight, prompt, output)
    row(load, "requests", outcome.requestsPerSecond, "requests/s")
    row(load, "prompt_tokens", outcome.promptTokensPerSecond, "tokens/s")
    row(load, "busy", outcome.busyShare * 100, "%")
  }

  private mutating func appendTokenTimes(
    _ load: String, _ outcome: LoadTest.Outcome, _ kind: ServerKind, inFlight: Int?,
    _ prompt: Int, _ output: Int
  ) {
    // Sequences that decode together, by Little's law where the load does not say.
    let running = inFlight.map(Double.init) ?? outcome.requestsPerSecond * outcome.endToEnd.mean
    let fitting = Double(kind.cacheTokens) / (Double(prompt) + Double(output) / 2)
    let decoding = max(1, min(running, fitting).rounded())
    let terms = kind.law.terms(
      decoding: Int(decoding), cachedTokens: decoding * (Double(prompt) + Double(output) / 2),
      promptTokens: 0, attendedPairs: 0)
    if let perToken = outcome.perOutputToken {
      row(load, "tpot_mean", perToken.mean, "s", Self.words(LimitingTerm(terms)))
      row(load, "tpot_p95", perToken.quantile(0.95), "s")
    }
    row(load, "latency_mean", outcome.endToEnd.mean, "s")
    row(load, "output_tokens", outcome.outputTokensPerSecond, "tokens/s")
  }

  private static func words(_ term: LimitingTerm) -> String {
    "limited by \(term.name), \(Int((term.share * 100).rounded())) % of a step"
  }

  mutating func append(_ capacity: LoadTest.Capacity, _ levels: [ServiceLevel]) {
    let load = levels.map(\.description).joined(separator: ",")
    switch capacity {
    case .limited(let rate, let outcome):
      row(load, "capacity", rate, "requests/s", "Poisson arrivals")
      append(levels, in: outcome, load)
    case .saturated(let rate, let outcome):
      row(load, "capacity", rate, "requests/s", "the host saturates before a level breaks")
      append(levels, in: outcome, load)
    case .unreachable(let level, let value):
      row(load, "capacity", 0, "requests/s", "\(level) breaks without load")
      row(load, "\(level.name)", value, "s", "with hardly any load")
    }
  }

  private mutating func append(
    _ levels: [ServiceLevel], in outcome: LoadTest.Outcome, _ load: String
  ) {
    for level in levels {
      guard let value = level.value(in: outcome) else { continue }
      row(load, level.name, value, "s", "at that rate; limit \(level.limit) s")
    }
    row(load, "output_tokens", outcome.outputTokensPerSecond, "tokens/s")
  }

  /// What proving or checking each request takes.
  mutating func append(
    _ scheme: ProofScheme, _ model: LanguageModel, _ kind: ServerKind, _ basis: LoadTest.Outcome,
    _ costs: HostEconomics, prompt: Int, output: Int
  ) {
    let load = "proof \(scheme.id)"
    row(load, "proofs", Double(scheme.proofs(outputTokens: output)), "per request")
    if let seconds = scheme.gpuSeconds(outputTokens: output, of: model) {
      row(load, "gpu_time", seconds, "s", "per request, on the host")
      // A saturated host has so much less time to serve.
      let serving = basis.busyShare / basis.requestsPerSecond
      row(load, "requests", 1 / (serving + seconds), "requests/s", "of a host that only works")
      row(load, "cost", seconds * costs.costPerBusySecond, "USD", "of the host's time, per request")
    }
    if let time = scheme.delay(of: model) {
      row(load, "delay", time.mean, "s", "after the last token, no queue")
    } else {
      row(load, "delay", .nan, "s", "nobody published how long a proof takes")
    }
    row(load, "bytes", scheme.bytes(outputTokens: output), "B", "per request")
    if let gas = scheme.gas(outputTokens: output) {
      row(load, "gas", Double(gas), "gas", "per request")
    }
    if scheme.isReexecuted {
      let seconds = scheme.checkingSeconds(prompt: prompt, output: output, on: kind)
      row(load, "check_time", seconds, "s", "of a checker with the same host, per checked request")
      row(load, "check_cost", seconds * costs.costPerBusySecond, "USD", "per checked request")
    }
  }

  mutating func appendCosts(_ basis: LoadTest.Outcome, _ costs: HostEconomics, hasPower: Bool) {
    let all = basis.outputTokensPerSecond + basis.promptTokensPerSecond
    for (load, tokens) in [
      ("per Mtoken of output", basis.outputTokensPerSecond), ("per Mtoken, prompts too", all),
    ] {
      if hasPower {
        row(
          load, "energy", costs.energyPerMillion(tokensPerSecond: tokens), "kWh",
          "rated power while busy, under the last load above")
        row(load, "electricity", costs.electricityPerMillion(tokensPerSecond: tokens), "USD")
      }
      if let rent = costs.rentPerMillion(tokensPerSecond: tokens) { row(load, "rent", rent, "USD") }
      if let capital = costs.capitalPerMillion(tokensPerSecond: tokens) {
        row(load, "capital", capital, "USD")
      }
      if costs.capital != nil || costs.rent != nil || hasPower {
        let basis =
          costs.capital != nil
          ? "capital and electricity" : costs.rent != nil ? "rent" : "electricity alone"
        row(load, "break_even", costs.breakEvenPerMillion(tokensPerSecond: tokens), "USD", basis)
      }
    }
  }
}
