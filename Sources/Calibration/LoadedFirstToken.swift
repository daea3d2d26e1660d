package import Inference

/// Mean time to first token of a measured closed loop, simulated request by request.
///
/// It is reported and never fitted: most of it is waiting, which one step's law does not say. Requests
/// of a row are equal and start together, so they come in waves to the end, as they do on the machines;
/// a loop whose requests are spread evenly waits half as long. Sources do not say how their
/// benchmarks start, nor how much of that they count.
package struct LoadedFirstToken: Equatable, Sendable {
  /// Into the rows.
  package let row: Int
  /// Seconds.
  package let predicted, measured: Double

  package var error: Double { predicted / measured - 1 }
}

extension MeasurementSet {
  /// One for each closed loop of two requests in flight or more that states its mean.
  package func loadedFirstTokens(_ table: CoefficientTable) -> [LoadedFirstToken] {
    rows.indices.compactMap { index in
      let row = rows[index]
      guard row.mode == .closedLoop, let batch = row.batch, batch > 1,
        let measured = row.firstToken,
        let predicted = row.simulatedFirstToken(table, concurrency: Int(batch))
      else { return nil }
      return LoadedFirstToken(row: index, predicted: predicted, measured: measured)
    }
  }
}

extension MeasuredRow {
  /// Seconds; nil where the host could not serve such a request.
  fileprivate func simulatedFirstToken(
    _ table: CoefficientTable, concurrency: Int
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
      concurrency: concurrency, requests: max(100, 10 * concurrency), startingInBurst: true)
    return outcome.firstToken.mean + law.firstTokenDelay
  }
}
