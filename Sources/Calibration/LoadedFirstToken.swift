package import Inference

/// Mean time to first token of a measured closed loop, simulated request by request.
///
/// It is reported and never fitted: most of it is waiting, and how long that is depends on what no
/// source states. Where a loop of equal requests starts in a burst, they come in waves to the end and
/// each waits for half of the others' prompts; where they are spread, hardly any waits. Both are given:
/// nearly half of 1,468 published means lie between the two, a tenth to each side included; most of
/// SGLang's and many of vLLM's lie above both. It is no prediction.
package struct LoadedFirstToken: Equatable, Sendable {
  package enum Start: String, CaseIterable, Sendable {
    /// Requests are spread over the loop, and the first tenth does not count.
    case even
    /// All start at once, and all count.
    case burst
  }

  /// Into the rows.
  package let row: Int
  package let start: Start
  /// Seconds.
  package let predicted, measured: Double

  package var error: Double { predicted / measured - 1 }
  /// As tables call it.
  package var metric: String { Self.metric(start) }

  static func metric(_ start: Start) -> String { "loaded-ttft-\(start.rawValue)" }
}

extension MeasurementSet {
  /// Two for each closed loop of two requests in flight or more that states its mean.
  package func loadedFirstTokens(_ table: CoefficientTable) -> [LoadedFirstToken] {
    LoadedFirstToken.Start.allCases.flatMap { start in
      rows.indices.compactMap { index in
        let row = rows[index]
        guard row.mode == .closedLoop, let batch = row.batch, batch > 1,
          let measured = row.firstToken,
          let predicted = row.simulatedFirstToken(table, concurrency: Int(batch), start)
        else { return nil }
        return LoadedFirstToken(
          row: index, start: start, predicted: predicted, measured: measured)
      }
    }
  }
}

extension MeasuredRow {
  /// Seconds; nil where the host could not serve such a request.
  fileprivate func simulatedFirstToken(
    _ table: CoefficientTable, concurrency: Int, _ start: LoadedFirstToken.Start
  ) -> Double? {
    let keys = CoefficientKeys(deployment, engineVersion: engine.version)
    let law = StepLaw(StepShape(deployment), table.factors(keys))
    var settings = ServerSettings(discipline: .continuousBatching)
    // As `Prediction` assumes of engines that batch.
    settings.tokenBudget = 8_192
    settings.sequencesMaximum = min(8_192, max(concurrency, engine.engine.sequencesMaximum))
    let (prompt, output) = (max(1, promptTokens.rounded()), max(1, outputTokens.rounded()))
    guard
      let kind = try? ServerKind(
        law: law, cacheTokens: MemoryFit(assuming: deployment).cacheTokens,
        contextMaximum: Int(prompt + output), settings: settings),
      let test = try? LoadTest(
        kind, sending: [LoadTest.Request(prompt: Int32(prompt), output: Int32(output))])
    else { return nil }
    let outcome = test.closedLoop(
      concurrency: concurrency, requests: max(100, 10 * concurrency),
      startingInBurst: start == .burst)
    return outcome.firstToken.mean + law.firstTokenDelay
  }
}
