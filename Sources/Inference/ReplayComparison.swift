private import Quantities

/// A log's requests run through a simulated server, and how far the latencies then lie apart.
public struct ReplayComparison: Equatable, Sendable {
  /// Relative errors of one latency: (simulated − measured)/measured.
  public struct Metric: Equatable, Sendable {
    /// Such as `ttft_s`.
    public let name: String
    /// Requests that have this latency.
    public let count: Int
    public let measuredMean: Double
    public let simulatedMean: Double
    public let meanError: Double
    public let medianError: Double
    public let p90Error: Double
    /// Median and 90th percentile over requests of the absolute relative error.
    public let absoluteErrorMedian, absoluteErrorP90: Double
  }

  /// End to end, time per output token, time to first token.
  public let metrics: [Metric]
  public let simulated: [ReplayLog.Latencies]

  /// - Throws: The first request that the server could never serve, at its line of the log.
  public init(_ log: ReplayLog, on kind: ServerKind) throws(ReplayLog.Problems) {
    let refused = log.requests.compactMap { request in
      kind.refusal(prompt: Int(request.promptTokens), output: Int(request.outputTokens)).map {
        ReplayLog.Problem(line: request.line, column: 1, message: $0.description)
      }
    }
    guard refused.isEmpty else { throw ReplayLog.Problems(all: refused) }
    let simulated = Self.simulate(log, on: kind)
    let several = log.requests.indices.filter { log.requests[$0].outputTokens > 1 }
    self.simulated = simulated
    metrics = [
      Metric("latency_s", log.requests.map(\.measured.end), simulated.map(\.end)),
      Metric(
        "tpot_s",
        several.map {
          log.requests[$0].measured.perToken(outputTokens: log.requests[$0].outputTokens)
        },
        several.map { simulated[$0].perToken(outputTokens: log.requests[$0].outputTokens) }),
      Metric("ttft_s", log.requests.map(\.measured.firstToken), simulated.map(\.firstToken)),
    ]
  }

  private static func simulate(_ log: ReplayLog, on kind: ServerKind) -> [ReplayLog.Latencies] {
    var fleet = ServerFleet(reservingServers: 1, requests: log.requests.count)
    let server = fleet.addServer(fleet.add(kind))
    for (index, request) in log.requests.enumerated() {
      _ = fleet.submit(
        UInt32(index), prompt: request.promptTokens, output: request.outputTokens, to: server,
        at: request.arrival)
    }
    fleet.advance(server, to: .distantFuture)
    let unserved = ReplayLog.Latencies(firstToken: .nan, end: .nan)
    var latencies = [ReplayLog.Latencies](repeating: unserved, count: log.requests.count)
    while let completion = fleet.popCompletion(of: server, by: .distantFuture) {
      let index = Int(completion.job)
      let arrival = log.requests[index].arrival
      latencies[index] = ReplayLog.Latencies(
        firstToken: completion.firstTokenAt.map { ($0 - arrival).seconds } ?? .nan,
        end: (completion.endedAt - arrival).seconds)
    }
    return latencies
  }
}

extension ReplayComparison.Metric {
  fileprivate init(_ name: String, _ measured: [Double], _ simulated: [Double]) {
    self.name = name
    count = measured.count
    measuredMean = measured.reduce(0, +) / Double(measured.count)
    simulatedMean = simulated.reduce(0, +) / Double(simulated.count)
    meanError = simulatedMean / measuredMean - 1
    medianError = quantile(0.5, of: simulated) / quantile(0.5, of: measured) - 1
    p90Error = quantile(0.9, of: simulated) / quantile(0.9, of: measured) - 1
    let errors = zip(simulated, measured).map { abs($0 / $1 - 1) }
    absoluteErrorMedian = quantile(0.5, of: errors)
    absoluteErrorP90 = quantile(0.9, of: errors)
  }
}

/// Linear interpolation between order statistics (Hyndman and Fan's type 7).
private func quantile(_ share: Double, of values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let position = share * Double(sorted.count - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
}
