import Quantities
import Testing

@testable import Inference

@Suite("A batching server that skips ahead") struct SkipAheadTests {
  @Test("ends every request at the same nanosecond as stepping every iteration", arguments: 0..<12)
  func equalsTwin(group: Int) throws {
    var preemptions = 0
    var steps = 0
    for member in 0..<250 {
      let seed = UInt64(group * 250 + member)
      var workload = try RandomWorkload(seed: seed)
      let twin = workload.runTwin()
      preemptions += twin.preemptions
      steps += twin.steps
      let outcome = workload.runFleet(followingBoundaries: seed.isMultiple(of: 2))
      for (index, job) in twin.jobs.enumerated() where job.endedAt >= 0 {
        let expected = RandomWorkload.Outcome(
          firstTokenAt: job.firstTokenAt, endedAt: job.endedAt)
        #expect(outcome[index] == expected, "seed \(seed), job \(index)")
      }
      for (index, job) in twin.jobs.enumerated() where job.endedAt < 0 {
        #expect(outcome[index] == nil, "seed \(seed), cancelled job \(index)")
      }
    }
    // The promise is empty unless memory really ran out along the way.
    #expect(preemptions > 100)
    #expect(steps > 20_000)
  }
}

/// A random small server and what is asked of it, made to collide: tiny caches, tiny budgets, bursts
/// at one nanosecond, prompts of many chunks, cancellations.
struct RandomWorkload {
  struct Outcome: Equatable {
    var firstTokenAt: Int64
    var endedAt: Int64
  }

  let kind: ServerKind
  let jobs: [IterationTwin.Job]
  let occupations: [(time: Int64, duration: Int64)]
  var random: SplitMix

  init(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var settings = ServerSettings(discipline: .continuousBatching)
    settings.blockTokens = random.pick([1, 2, 4, 8, 16])
    settings.sequencesMaximum = random.pick([1, 2, 3, 8, 40])
    settings.tokenBudget = settings.sequencesMaximum + random.pick([0, 1, 7, 30, 200])
    settings.schedulesAhead = random.chance(0.5)
    settings.keepsFreedBlocks = random.chance(0.7)
    let cache = random.pick([48, 64, 100, 200, 333, 1_000])
    kind = try ServerKind(
      law: Self.law(&random), cacheTokens: cache, contextMaximum: 1_000, settings: settings)
    let tokensMaximum = min(kind.cacheTokens, 1_000)
    let meanGap = random.pick([0, 1e6, 2e7, 3e8])
    var now: Int64 = 0
    let cancels = random.chance(0.3)
    jobs = (0..<random.int(1...20)).map { _ in
      if !random.chance(0.3) { now += Int64(random.uniform() * 2 * meanGap) }
      let longest = min(tokensMaximum / 3, random.pick([10, 40, 120]))
      let output = random.chance(0.2) ? 1 : random.int(1...longest)
      let prompt = random.int(1...max(1, min(tokensMaximum - output, random.pick([8, 60, 400]))))
      var job = IterationTwin.Job(arrival: now, prompt: prompt, output: output)
      if random.chance(0.2) { job.cachedPrefix = random.int(0...prompt) }
      if cancels && random.chance(0.3) {
        job.cancelledAt = now + Int64(random.uniform() * random.pick([1e6, 1e8, 2e9]))
      }
      return job
    }
    let last = jobs.map(\.arrival).max() ?? 0
    occupations = (0..<(random.chance(0.3) ? random.int(1...6) : 0)).map { _ in
      (
        time: Int64(random.uniform() * (Double(last) * 1.5 + 1e8)),
        duration: Int64(random.uniform() * random.pick([0, 1e5, 1e8, 2e9]))
      )
    }.sorted { $0.time < $1.time }
    self.random = random
  }

  private static func law(_ random: inout SplitMix) -> StepLaw {
    func roofline(_ bytes: Double) -> Roofline {
      Roofline(
        reading: bytes * random.uniform() * 5e-3, perToken: random.uniform() * 1e-4,
        exponent: 1 + random.uniform() * 2)
    }
    return StepLaw(
      layers: roofline(1), experts: roofline(random.pick([0, 2])), head: roofline(0.1),
      untouchedShare: 0.75, secondsPerCachedToken: random.uniform() * 1e-5,
      secondsPerCachedTokenMixed: random.uniform() * 2e-5,
      secondsPerAttendedPair: random.uniform() * 1e-8,
      overheadPerStep: random.uniform() * 1e-3, overheadPerSequence: random.uniform() * 1e-5,
      overheadPerSequenceMixed: random.uniform() * 2e-5,
      overheadPerToken: random.uniform() * 1e-6, overheadPerPromptToken: random.uniform() * 1e-7)
  }

  func runTwin() -> IterationTwin {
    var twin = IterationTwin(kind, jobs: jobs)
    twin.occupations = occupations
    twin.run()
    return twin
  }

  /// - Parameter followingBoundaries: Whether to advance at each announced boundary, as a market does;
  ///   otherwise only the calls at arrivals, cancellations and a few random times move the server.
  mutating func runFleet(followingBoundaries: Bool) -> [Outcome?] {
    var fleet = ServerFleet()
    let server = fleet.addServer(fleet.add(kind))
    var outcomes = [Outcome?](repeating: nil, count: jobs.count)
    var requests = [ServerFleet.RequestID?](repeating: nil, count: jobs.count)
    var now: Int64 = 0
    func take(_ fleet: inout ServerFleet) {
      while let done = fleet.popCompletion(of: server, by: SimTime(nanoseconds: now)) {
        let ended = done.endedAt.nanoseconds
        #expect(done.isServed && ended <= now)
        if followingBoundaries { #expect(ended == now, "a completion was announced late") }
        #expect(outcomes[Int(done.job)] == nil)
        outcomes[Int(done.job)] = Outcome(
          firstTokenAt: done.firstTokenAt?.nanoseconds ?? -1, endedAt: ended)
        requests[Int(done.job)] = nil
      }
    }
    func advance(_ fleet: inout ServerFleet, before time: Int64) {
      while followingBoundaries, let next = fleet.nextBoundary(of: server),
        next.nanoseconds < time
      {
        now = next.nanoseconds
        fleet.advance(server, to: next)
        take(&fleet)
      }
      now = time
    }
    for action in actions() {
      advance(&fleet, before: action.time)
      if random.chance(0.3) {
        fleet.advance(server, to: SimTime(nanoseconds: now))
        take(&fleet)
      }
      if action.isOccupation {
        _ = fleet.occupy(
          server, for: SimDuration(nanoseconds: occupations[action.job].duration),
          at: SimTime(nanoseconds: now))
      } else if action.isCancellation {
        guard let request = requests[action.job] else { continue }
        _ = fleet.cancel(request, job: UInt32(action.job), at: SimTime(nanoseconds: now))
      } else {
        let job = jobs[action.job]
        requests[action.job] = fleet.submit(
          UInt32(action.job), prompt: Int32(job.prompt), output: Int32(job.output),
          cachedPrefix: Int32(job.cachedPrefix), to: server, at: SimTime(nanoseconds: now))
      }
      if random.chance(0.5) { _ = fleet.nextBoundary(of: server) }
    }
    advance(&fleet, before: 1 << 60)
    fleet.advance(server, to: SimTime(nanoseconds: now))
    take(&fleet)
    #expect(fleet.requestsInFlight == 0)
    return outcomes
  }

  private struct Action {
    let time: Int64
    /// Number of the job, or of the occupation.
    let job: Int
    var isCancellation = false
    var isOccupation = false
  }

  private func actions() -> [Action] {
    var actions: [Action] = []
    for (index, job) in jobs.enumerated() {
      actions.append(Action(time: job.arrival, job: index))
      if job.cancelledAt < .max {
        actions.append(Action(time: job.cancelledAt, job: index, isCancellation: true))
      }
    }
    for (index, occupation) in occupations.enumerated() {
      actions.append(Action(time: occupation.time, job: index, isOccupation: true))
    }
    return actions.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }
}
