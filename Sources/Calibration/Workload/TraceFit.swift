private import Statistics

/// What a scenario needs to make requests like those of a trace.
package struct TraceFit: Equatable, Sendable {
  package let requests: Int
  package let prompt, output: MixtureFit
  /// Spearman's, of prompt and output lengths; 0 where either does not vary.
  package let correlation: Double
  /// Nil where all requests arrive at once.
  package let arrivals: ArrivalStatistics?

  package init(_ trace: RequestRecording) {
    requests = trace.arrivals.count
    prompt = MixtureFit(trace.promptTokens)
    output = MixtureFit(trace.outputTokens)
    let rho = RankCorrelation.spearman(
      trace.promptTokens.map(Double.init), trace.outputTokens.map(Double.init))
    correlation = rho.isFinite ? rho : 0
    let isSpread = trace.arrivals[trace.arrivals.count - 1] > trace.arrivals[0]
    arrivals = isSpread ? ArrivalStatistics(trace.arrivals) : nil
  }

  /// Requests that arrive in a minute, within 1 and a tenth of the trace: long enough a block for
  /// resampling to keep what happens within a minute.
  package var meanBlock: Int {
    guard let arrivals else { return 1 }
    return max(1, min(Int((arrivals.rate * 60).rounded()), requests / 10))
  }
}
