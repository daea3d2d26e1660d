private import Quantities

/// One host put under load, on the same simulated server that markets use.
///
/// The first tenth of the requests fills the host and is not counted.
public struct LoadTest: Sendable {
  public struct Request: Equatable, Sendable {
    public let prompt: Int32
    public let output: Int32
    /// Of the prompt, tokens whose cache another request left behind.
    public let cachedPrefix: Int32

    public init(prompt: Int32, output: Int32, cachedPrefix: Int32 = 0) {
      precondition(cachedPrefix >= 0 && cachedPrefix <= prompt, "a prefix is part of its prompt")
      self.prompt = prompt
      self.output = output
      self.cachedPrefix = cachedPrefix
    }
  }

  /// What the counted requests met. Times are the server's own: no network, no client.
  public struct Outcome: Equatable, Sendable {
    public let requests: Int
    /// Rates while the counted requests ended.
    public let requestsPerSecond, outputTokensPerSecond, promptTokensPerSecond: Double
    /// Of the time, that the host worked.
    public let busyShare: Double
    public let firstToken, endToEnd: LatencySample
    /// After the first; nil where every output is a single token.
    public let perOutputToken: LatencySample?
  }

  public let kind: ServerKind
  /// Sent in this order, again and again.
  public let requests: [Request]

  /// - Throws: Why the host can never serve one of the requests.
  public init(_ kind: ServerKind, sending requests: [Request]) throws(DeploymentProblem) {
    precondition(!requests.isEmpty, "a load test needs a request")
    for request in requests {
      if let problem = kind.refusal(prompt: Int(request.prompt), output: Int(request.output)) {
        throw problem
      }
    }
    self.kind = kind
    self.requests = requests
  }

  /// Requests arrive whatever the host does.
  ///
  /// - Parameters:
  ///   - gaps: Between arrivals, with mean 1; independent exponentials make the arrivals Poisson.
  ///   - rate: Requests per second.
  public func openLoop(gaps: [Double], rate: Double) -> Outcome {
    precondition(gaps.count >= 20 && rate > 0)
    var run = Run(kind, count: gaps.count)
    var arrival = 0.0
    for gap in gaps {
      arrival += gap / rate
      run.submit(next(run.submitted), at: SimTime(nanoseconds: Int64(arrival * 1e9)))
    }
    run.fleet.advance(run.server, to: .distantFuture)
    run.takeCompletions(by: .distantFuture)
    return run.outcome
  }

  /// A constant number of requests in flight, each followed by another the moment it ends.
  ///
  /// The first ones are cut short by equal steps, so that requests do not go in lockstep.
  /// - Parameters:
  ///   - count: Requests in all; at least 10 per request in flight give a steady state.
  ///   - isBurst: Whether the first ones are sent whole, so that equal requests come in waves, and
  ///     count like all others: as benchmarks of fixed lengths do it.
  public func closedLoop(
    concurrency: Int, requests count: Int, startingInBurst isBurst: Bool = false
  ) -> Outcome {
    precondition(concurrency >= 1 && count >= 20)
    var run = Run(kind, count: count, warmUpShare: isBurst ? 0 : 0.1)
    for place in 0..<min(concurrency, count) {
      let full = next(place)
      let share = isBurst ? 1 : Double(place + 1) / Double(concurrency)
      let output = max(1, Int32((Double(full.output) * share).rounded()))
      run.submit(
        Request(prompt: full.prompt, output: output, cachedPrefix: full.cachedPrefix), at: .zero)
    }
    while let boundary = run.fleet.nextBoundary(of: run.server) {
      run.fleet.advance(run.server, to: boundary)
      for ended in run.takeCompletions(by: boundary) where run.submitted < count {
        run.submit(next(run.submitted), at: ended)
      }
    }
    return run.outcome
  }

  /// Requests that the host's settings let run at once.
  public var places: Int {
    kind.settings.discipline == .fifo ? 1 : kind.settings.sequencesMaximum
  }

  /// As many requests in flight as the settings let run, ten times as many in all or `count`.
  public func saturation(requests count: Int) -> Outcome {
    closedLoop(concurrency: places, requests: max(count, places * 10))
  }

  private func next(_ index: Int) -> Request { requests[index % requests.count] }
}

/// A load test under way.
private struct Run: ~Copyable {
  var fleet: ServerFleet
  let server: ServerFleet.ServerID
  private(set) var submitted = 0
  private var sent: [(request: LoadTest.Request, at: SimTime)] = []
  private var ended: [ServerFleet.Completion] = []
  private let warmUpShare: Double

  init(_ kind: ServerKind, count: Int, warmUpShare: Double = 0.1) {
    self.warmUpShare = warmUpShare
    fleet = ServerFleet(reservingServers: 1, requests: count)
    server = fleet.addServer(fleet.add(kind))
    sent.reserveCapacity(count)
    ended.reserveCapacity(count)
  }

  mutating func submit(_ request: LoadTest.Request, at time: SimTime) {
    _ = fleet.submit(
      UInt32(submitted), prompt: request.prompt, output: request.output,
      cachedPrefix: request.cachedPrefix, to: server, at: time)
    sent.append((request, time))
    submitted += 1
  }

  /// - Returns: When each of them ended.
  @discardableResult
  mutating func takeCompletions(by time: SimTime) -> [SimTime] {
    var times: [SimTime] = []
    while let completion = fleet.popCompletion(of: server, by: time) {
      ended.append(completion)
      times.append(completion.endedAt)
    }
    return times
  }

  var outcome: LoadTest.Outcome {
    // In order of their ends, so that the first tenth is what filled the host.
    let warmUp = Int(Double(ended.count) * warmUpShare)
    let counted = ended[warmUp...]
    let (start, end) = (ended[max(0, warmUp - 1)].endedAt, ended[ended.count - 1].endedAt)
    let elapsed = max((end - start).seconds, 1e-9)
    var (prompts, outputs) = (0, 0)
    var (first, whole, perToken): ([Double], [Double], [Double]) = ([], [], [])
    for completion in counted {
      let (request, at) = sent[Int(completion.job)]
      prompts += Int(request.prompt)
      outputs += Int(request.output)
      guard let firstTokenAt = completion.firstTokenAt else { continue }
      first.append((firstTokenAt - at).seconds)
      whole.append((completion.endedAt - at).seconds)
      guard request.output > 1 else { continue }
      perToken.append((completion.endedAt - firstTokenAt).seconds / Double(request.output - 1))
    }
    return LoadTest.Outcome(
      requests: counted.count, requestsPerSecond: Double(counted.count) / elapsed,
      outputTokensPerSecond: Double(outputs) / elapsed,
      promptTokensPerSecond: Double(prompts) / elapsed,
      busyShare: min(1, fleet.busyTime(of: server).seconds / end.seconds),
      firstToken: LatencySample(first), endToEnd: LatencySample(whole),
      perOutputToken: perToken.isEmpty ? nil : LatencySample(perToken))
  }
}
