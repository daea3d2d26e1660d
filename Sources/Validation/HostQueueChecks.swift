import Inference
import Kernel

/// Inference hosts whose steps make them textbook queues, against the closed forms of these.
///
/// They run on the servers that markets use, which skip from one change of the batch to the next.
enum HostQueueChecks {
  static let all = [inOrder, inParallel, sharing]

  /// Seconds of one step.
  private static let step = 1e-3
  /// Mean tokens of an answer: so many that a step is nothing beside it.
  private static let tokens = 10_000.0

  private static let inOrder = ValidationCheck(
    "host-fifo",
    "A host that serves one after the other waits as Pollaczek and Khinchine say, whatever the lengths."
  ) { effort in
    // One step for the prompt and one for each token.
    [Lengths.exponential, .constant, .hyperexponential].map { lengths in
      let mean = (tokens + 1) * step
      let second = (lengths.variance(mean: tokens) + (tokens + 1) * (tokens + 1)) * step * step
      let rate = 0.5 / mean
      let sojourn = mean + rate * second / (2 * (1 - 0.5))
      return row(
        "ρ = 0.5, \(lengths.rawValue): sojourn / s", sojourn, .fifo,
        .overheads(perStep: step), sequences: 1, rate: rate, lengths,
        jobs: lengths == .hyperexponential ? 12_000_000 : 4_000_000, effort)
    }
  }

  private static let inParallel = ValidationCheck(
    "host-batch",
    "A batching host whose steps cost the same for one sequence and for c waits as Erlang's C says."
  ) { effort in
    [(servers: 2, load: 0.7), (8, 0.8), (32, 0.9)].map { servers, load in
      let service = tokens * step
      let offered = load * Double(servers)
      let waiting = QueueingChecks.erlangC(servers: servers, load: offered)
      let sojourn = service + waiting * service / (Double(servers) - offered)
      return row(
        "c = \(servers), ρ = \(load): sojourn / s", sojourn, .continuousBatching,
        .overheads(perStep: step), sequences: servers, rate: offered / service, .exponential,
        jobs: 6_000_000, effort)
    }
  }

  private static let sharing = ValidationCheck(
    "host-sharing",
    "A batching host whose steps cost so much per sequence shares its time: M/G/1-PS, whatever the lengths."
  ) { effort in
    [Lengths.exponential, .constant, .hyperexponential].map { lengths in
      // The first token comes with the prompt, so the work is one step less than the tokens.
      let work = (tokens - 1) * step
      return row(
        "ρ = 0.5, \(lengths.rawValue): sojourn / s", work / (1 - 0.5), .continuousBatching,
        .overheads(perSequence: step), sequences: 2_000, rate: 0.5 / work, lengths,
        jobs: lengths == .hyperexponential ? 8_000_000 : 4_000_000, effort)
    }
  }

  private static func row(
    _ quantity: String, _ expected: Double, _ discipline: Discipline, _ law: StepLaw,
    sequences: Int, rate: Double, _ lengths: Lengths, jobs: Int, _ effort: ValidationEffort
  ) -> ValidationRow {
    var settings = ServerSettings(discipline: discipline)
    settings.sequencesMaximum = sequences
    guard
      let kind = try? ServerKind(
        law: law, cacheTokens: 2_000_000_000, contextMaximum: 1_000_000, settings: settings)
    else { preconditionFailure("settings of this file are within their limits") }
    let each = effort.count(jobs) / 20
    let means = (0..<20).map { replication in
      var stream = StreamSource(
        seed: effort.seed &+ 1, replication: replication,
        name: "validate.host.\(discipline).\(sequences).\(lengths.rawValue)"
      ).stream()
      let requests = (0..<each).map { _ in
        LoadTest.Request(prompt: 1, output: lengths.draw(mean: tokens, &stream))
      }
      let gaps = (0..<each).map { _ in stream.standardExponential() }
      guard let test = try? LoadTest(kind, sending: requests) else {
        preconditionFailure("a request of this file has room in its host")
      }
      return test.openLoop(gaps: gaps, rate: rate).endToEnd.mean
    }
    return ValidationRow(quantity, expected: expected, means, effort)
  }
}

/// Whole numbers of tokens with a given mean, at least 1.
private enum Lengths: String {
  /// Geometric, the exponential's discrete twin.
  case exponential
  case constant
  /// Half the mean four times in five, three times the mean else.
  case hyperexponential

  func draw(mean: Double, _ stream: inout RandomStream) -> Int32 {
    switch self {
    case .exponential: Int32(stream.geometric(probability: 1 / mean))
    case .constant: Int32(mean)
    case .hyperexponential:
      Int32(stream.geometric(probability: 1 / (stream.bernoulli(0.8) ? mean / 2 : mean * 3)))
    }
  }

  func variance(mean: Double) -> Double {
    // Of a geometric number: m² − m.
    func second(_ m: Double) -> Double { 2 * m * m - m }
    return switch self {
    case .exponential: second(mean) - mean * mean
    case .constant: 0
    case .hyperexponential: 0.8 * second(mean / 2) + 0.2 * second(mean * 3) - mean * mean
    }
  }
}
