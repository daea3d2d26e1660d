import Testing

@testable import Inference

/// Hosts whose step law makes them queues that have closed forms.
@Suite("A host configured as a textbook queue") struct QueueLimitTests {
  /// Seconds of one step; requests take about a thousand.
  private let step = 1e-3
  private let replications = 10

  /// Means of independent replications with their 99.9 % Student interval.
  private struct Estimate {
    let mean, halfWidth: Double

    init(_ values: [Double]) {
      let n = Double(values.count)
      mean = values.reduce(0, +) / n
      let average = mean
      let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / (n - 1)
      // Student's t at 0.9995 with 9 degrees of freedom.
      halfWidth = 4.781 * (variance / n).squareRoot()
    }

    /// Contains the value and is narrow.
    func confirms(_ value: Double, within width: Double) -> Bool {
      abs(mean - value) <= halfWidth && halfWidth <= width * value
    }
  }

  private func kind(
    _ law: StepLaw, _ discipline: Discipline, sequences: Int
  ) throws -> ServerKind {
    var settings = ServerSettings(discipline: discipline)
    settings.sequencesMaximum = sequences
    settings.tokenBudget = max(2_048, sequences)
    return try ServerKind(
      law: law, cacheTokens: 2_000_000_000, contextMaximum: 1_000_000, prefillChunk: 512,
      settings: settings)
  }

  /// Mean of what `latency` reads off Poisson arrivals at `load` of one server's rate.
  private func estimate(
    _ kind: ServerKind, rate: Double, jobs: Int, seed: UInt64,
    output: (inout SplitMix) -> Int32, latency: (LoadTest.Outcome) -> Double
  ) throws -> Estimate {
    Estimate(
      try (0..<replications).map { replication in
        var random = SplitMix(seed: seed &+ UInt64(replication) &* 7_919)
        let requests = (0..<jobs).map { _ in
          LoadTest.Request(prompt: 1, output: output(&random))
        }
        let gaps = (0..<jobs).map { _ in -logarithm(1 - random.uniform()) }
        return latency(try LoadTest(kind, sending: requests).openLoop(gaps: gaps, rate: rate))
      })
  }

  /// Whole numbers from 1 with mean 1/p; the exponential's discrete twin.
  private func geometric(mean: Double) -> (inout SplitMix) -> Int32 {
    { random in
      Int32(max(1, (logarithm(1 - random.uniform()) / logarithm(1 - 1 / mean)).rounded(.up)))
    }
  }

  @Test(
    "waits as Pollaczek and Khinchine say: M/M/1, M/D/1 and M/H₂/1 in order of arrival",
    arguments: [0.5, 0.7])
  func pollaczekKhinchine(load: Double) throws {
    // Service is one step for the prompt and one for each output token.
    let kind = try kind(.overheads(perStep: step), .fifo, sequences: 256)
    let mean = 1_000.0
    let exponential = geometric(mean: mean)
    let short = geometric(mean: 500)
    let long = geometric(mean: 3_000)
    // Second moments of steps, the prompt's included: geometric has variance m² − m.
    func secondMoment(_ m: Double) -> Double { m * m - m + (m + 1) * (m + 1) }
    let cases: [(name: String, mean: Double, second: Double, draw: (inout SplitMix) -> Int32)] = [
      ("M/M/1", mean + 1, secondMoment(mean), exponential),
      ("M/D/1", mean + 1, (mean + 1) * (mean + 1), { _ in 1_000 }),
      (
        "M/H2/1", 0.8 * 501 + 0.2 * 3_001, 0.8 * secondMoment(500) + 0.2 * secondMoment(3_000),
        { random in random.uniform() < 0.8 ? short(&random) : long(&random) }
      ),
    ]
    for (index, queue) in cases.enumerated() {
      let rate = load / (queue.mean * step)
      let wait = rate * queue.second * step * step / (2 * (1 - load))
      let sojourn = try estimate(
        kind, rate: rate, jobs: 40_000, seed: UInt64(100 + index), output: queue.draw,
        latency: { $0.endToEnd.mean })
      #expect(
        sojourn.confirms(wait + queue.mean * step, within: 0.12),
        "\(queue.name) at \(load): \(sojourn)")
    }
  }

  @Test(
    "waits as Erlang C says with c sequences whose steps do not slow each other: M/M/c",
    arguments: [(2, 0.7), (8, 0.8), (32, 0.9)])
  func erlangC(servers: Int, load: Double) throws {
    let kind = try kind(
      .overheads(perStep: step), .continuousBatching, sequences: servers)
    let mean = 1_000.0
    let offered = load * Double(servers)
    // Erlang B by its recursion, then C.
    var blocking = 1.0
    for count in 1...servers {
      blocking = offered * blocking / (Double(count) + offered * blocking)
    }
    let waiting = blocking / (1 - load * (1 - blocking))
    let service = mean * step
    let expected = waiting * service / (Double(servers) * (1 - load)) + service
    let sojourn = try estimate(
      kind, rate: offered / service, jobs: 30_000, seed: 31, output: geometric(mean: mean),
      latency: { $0.endToEnd.mean })
    #expect(sojourn.confirms(expected, within: 0.08), "\(sojourn), expected \(expected)")
  }

  @Test(
    "shares its time as processor sharing says, whatever the lengths: M/G/1-PS",
    arguments: [0.5, 0.7])
  func processorSharing(load: Double) throws {
    // A step takes one share per sequence, so that n sequences run n times as slowly.
    let kind = try kind(
      .overheads(perSequence: step), .continuousBatching,
      sequences: 2_000)
    let short = geometric(mean: 500)
    let long = geometric(mean: 3_000)
    let cases: [(name: String, mean: Double, draw: (inout SplitMix) -> Int32)] = [
      ("exponential", 1_000, geometric(mean: 1_000)),
      ("constant", 1_000, { _ in 1_000 }),
      (
        "hyperexponential", 0.8 * 500 + 0.2 * 3_000,
        { random in random.uniform() < 0.8 ? short(&random) : long(&random) }
      ),
    ]
    for (index, queue) in cases.enumerated() {
      // The first token comes with the prompt, so the work is one step less than the tokens.
      let work = (queue.mean - 1) * step
      let sojourn = try estimate(
        kind, rate: load / work, jobs: 20_000, seed: UInt64(200 + index), output: queue.draw,
        latency: { $0.endToEnd.mean })
      #expect(
        sojourn.confirms(work / (1 - load), within: 0.12), "\(queue.name) at \(load): \(sojourn)")
    }
  }
}
