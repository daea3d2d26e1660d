import EVM
import Inference
import Kernel
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("Requests") struct WorkloadTests {
  private static let streams = MarketStreams(seed: 5, replication: 0)

  private func source(
    _ cohort: RenterCohort, demands: [Double] = [1], eligibilities: [UInt16] = [0, 1],
    regions: Int = 1
  ) -> RequestSource {
    RequestSource(
      cohort: 0, configuration: cohort, firstRenter: 0, lengths: LengthSampler(cohort.lengths),
      demandWeights: demands, eligibilities: eligibilities, regionCount: regions)
  }

  private func renters(_ arrivals: RenterCohort.Arrivals) -> RenterCohort {
    RenterCohort(
      name: "test", count: 8, arrivals: arrivals, lengths: .fixed(prompt: 10, output: 10))
  }

  @Test("without memory are geometric: mean m, variance m² − m, and at least a token")
  func memorylessLengths() {
    let sampler = LengthSampler(.exponential(prompt: 1, output: 20))
    var stream = StreamSource(seed: 3, replication: 0, name: "test").stream()
    var (sum, squares, least) = (0.0, 0.0, Int32.max)
    let count = 200_000
    for _ in 0..<count {
      let (prompt, output) = sampler.draw(from: &stream)
      #expect(prompt == 1)
      sum += Double(output)
      squares += Double(output) * Double(output)
      least = min(least, output)
    }
    let mean = sum / Double(count)
    // Four standard errors: 4 √(380 / 200,000), and of the variance about 4 · 380 √(8 / 200,000).
    #expect((mean - 20).magnitude < 0.175)
    #expect((squares / Double(count) - mean * mean - 380).magnitude < 10)
    #expect(least == 1)
  }

  /// Five quick requests of growing prompts, then a pause; 60 in all.
  private var bursts: RequestTrace {
    let requests = (0..<60).map { (index: Int) -> RequestTrace.Request in
      let second = Int64(index / 5 * 50 + index % 5)
      return RequestTrace.Request(
        arrival: .seconds(second), promptTokens: Int32(1 + index % 5),
        outputTokens: Int32(100 + index))
    }
    return RequestTrace(path: "t.csv", contentDigest: "", requests: requests)
  }

  @Test("resampled from a trace keep its rate, its lengths and, within blocks, its order")
  func resampling() throws {
    let cohort = RenterCohort(
      name: "test", count: 8,
      arrivals: .resampled(ResampledTrace(trace: bursts, meanBlock: 20)), lengths: .fromTrace)
    var source = source(cohort)
    let renters = UniqueList(
      [Renter](repeating: Renter(account: .zero, cohort: 0, region: 0), count: 8))
    var (successors, drawn, last): (Int, Int, Int32?) = (0, 0, nil)
    var seen = [Int](repeating: 0, count: 60)
    var time = SimTime.zero
    while drawn < 60_000 {
      let next = source.nextArrival(streams: Self.streams)
      time = try #require(next)
      let request = source.draw(streams: Self.streams, renters: renters)
      #expect(request.promptTokens == 1 + (request.outputTokens - 100) % 5)
      if let last, (request.outputTokens - 100) == (last - 100 + 1) % 60 { successors += 1 }
      last = request.outputTokens
      seen[Int(request.outputTokens) - 100] += 1
      drawn += 1
    }
    // A block goes on with probability 19/20, and a new one may start there by chance.
    let followed = Double(successors) / Double(drawn - 1)
    #expect(abs(followed - (0.95 + 0.05 / 60)) < 0.004)
    #expect(abs(time.seconds / Double(drawn) / bursts.period.seconds * 60 - 1) < 0.03)
    #expect(seen.allSatisfy { abs(Double($0) / 1_000 - 1) < 0.6 })
  }

  @Test("resampled come at the rate asked for, in other orders in other replications")
  func resamplingRate() {
    let resampled = ResampledTrace(trace: bursts, meanBlock: 10, rate: 5)
    func times(_ replication: Int) -> [SimTime] {
      let streams = MarketStreams(seed: 5, replication: replication)
      var source = source(
        RenterCohort(
          name: "test", count: 8, arrivals: .resampled(resampled), lengths: .fromTrace))
      return (0..<30_000).compactMap { _ in source.nextArrival(streams: streams) }
    }
    let (first, second, again) = (times(0), times(1), times(0))
    #expect(first.count == 30_000)
    #expect(abs(30_000 / first[29_999].seconds / 5 - 1) < 0.03)
    #expect(first != second && first == again)
  }

  @Test(
    "of correlated lengths have the marginals of independent ones and the rank correlation asked for"
  )
  func correlatedLengths() {
    let prompt = LognormalMixture(
      weight: 0.7, mu1: 4.6, sigma1: 0.7, mu2: 7, sigma2: 0.4, maximum: 100_000)
    let output = LognormalMixture(
      weight: 1, mu1: 5, sigma1: 1, mu2: 5, sigma2: 1, maximum: 100_000)
    func draw(_ correlation: Double) -> (prompt: [Double], output: [Double]) {
      let sampler = LengthSampler(
        .lognormal(prompt: prompt, output: output, correlation: correlation))
      var stream = Self.streams.requests.stream(entity: 1, event: 0)
      let pairs = (0..<20_000).map { _ in sampler.draw(from: &stream) }
      return (pairs.map { Double($0.prompt) }, pairs.map { Double($0.output) })
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let free = draw(0)
    for correlation in [-0.5, 0.6] {
      let bound = draw(correlation)
      #expect(abs(RankCorrelation.spearman(bound.prompt, bound.output) - correlation) < 0.02)
      #expect(abs(mean(bound.prompt) / mean(free.prompt) - 1) < 0.03)
      #expect(abs(mean(bound.output) / mean(free.output) - 1) < 0.04)
    }
    #expect(abs(RankCorrelation.spearman(free.prompt, free.output)) < 0.02)
  }

  @Test("follow the hours of a weekly profile") func profile() throws {
    let shape = (0..<168).map { hour in Double(hour % 24 < 6 ? 0 : 1 + hour % 7) }
    let mean = shape.reduce(0, +) / 168
    let hourly = shape.map { $0 / mean }
    let rate = 0.02
    var source = source(
      renters(.poisson(rate: rate, profile: WeeklyProfile(name: "test", hourly: hourly))))
    var counts = [Int](repeating: 0, count: 168)
    let weeks = 10
    while let time = source.nextArrival(streams: Self.streams) {
      let hour = Int(time.nanoseconds / SimDuration.hours(1).nanoseconds)
      if hour >= 168 * weeks { break }
      counts[hour % 168] += 1
    }
    let expected = hourly.map { $0 * rate * 3_600 * Double(weeks) }
    #expect(ChiSquare.accepts(counts, expected: expected, constraints: 0))
    // The test tells a flat week from this one.
    let flat = [Double](repeating: rate * 3_600 * Double(weeks), count: 168)
    #expect(!ChiSquare.accepts(counts, expected: flat, constraints: 0))
  }

  @Test(
    "of a gamma renewal process have its mean, its coefficient of variation and no memory",
    arguments: [0.25, 0.9, 1, 4])
  func gamma(shape: Double) throws {
    var source = source(renters(.gamma(rate: 2, shape: shape, profile: nil)))
    var gaps: [Double] = []
    var last = 0.0
    for _ in 0..<200_000 {
      let next = source.nextArrival(streams: Self.streams)
      let time = try #require(next).seconds
      gaps.append(time - last)
      last = time
    }
    let count = Double(gaps.count)
    let mean = gaps.reduce(0, +) / count
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let lagged = zip(gaps, gaps.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    let variation = 1 / shape.squareRoot()
    #expect(abs(mean - 0.5) < 4 * 0.5 * variation / count.squareRoot())
    // Standard error of a variance: σ²·√((κ − 1)/n) with κ = 3 + 6/shape.
    let error = ((2 + 6 / shape) / count).squareRoot()
    #expect(abs(variance / (0.25 / shape) - 1) < 4 * error)
    #expect(abs(lagged / count / variance) < 4 / count.squareRoot())
  }

  @Test("of a Poisson process are as gamma gaps of shape 1: the counts have variance = mean")
  func poisson() throws {
    var source = source(renters(.poisson(rate: 3, profile: nil)))
    var counts = [Int](repeating: 0, count: 20_000)
    while let time = source.nextArrival(streams: Self.streams), time.seconds < 20_000 {
      counts[Int(time.seconds)] += 1
    }
    var histogram = [Int](repeating: 0, count: 10)
    for count in counts { histogram[min(count, 9)] += 1 }
    var probability = 0.049787068367863944  // e⁻³
    var expected: [Double] = []
    for count in 0..<9 {
      expected.append(probability * 20_000)
      probability *= 3 / Double(count + 1)
    }
    expected.append(20_000 - expected.reduce(0, +))
    #expect(ChiSquare.accepts(histogram, expected: expected))
  }

  @Test("go to uniform renters, demands by weight, and the own region as often as said")
  func drawing() throws {
    var cohort = renters(.poisson(rate: 1, profile: nil))
    cohort.sameRegion = 0.3
    let everybody = UniqueList(
      (0..<8).map { Renter(account: .zero, cohort: 0, region: UInt16($0 % 2)) })
    // Demand d in region r (column r + 1, 0 for any): 10 d + r + 1.
    var source = source(
      cohort, demands: [1, 3], eligibilities: [0, 1, 2, 10, 11, 12], regions: 2)
    var perRenter = [Int](repeating: 0, count: 8)
    var kinds = [Int](repeating: 0, count: 13)
    for _ in 0..<40_000 {
      _ = source.nextArrival(streams: Self.streams)
      let request = source.draw(streams: Self.streams, renters: everybody)
      perRenter[Int(request.renter.index)] += 1
      kinds[Int(request.eligibility)] += 1
      let column = Int(request.eligibility) % 10
      if column > 0 { #expect(column - 1 == Int(request.renter.index) % 2) }
    }
    #expect(ChiSquare.accepts(perRenter, expected: [Double](repeating: 5_000, count: 8)))
    var expected = [Double](repeating: 0, count: 13)
    for (kind, share) in [(0, 0.7), (1, 0.15), (2, 0.15)] {
      expected[kind] = share * 10_000
      expected[10 + kind] = share * 30_000
    }
    #expect(ChiSquare.accepts(kinds, expected: expected))
  }

  @Test("of a trace are replayed to the nanosecond and the token") func trace() throws {
    let requests: [(seconds: Double, prompt: Int32, output: Int32)] = [
      (0, 10, 5), (0.5, 11, 6), (0.5, 12, 7), (1.25, 13, 8), (60.000000001, 14, 9),
      (1_199, 15, 10), (1_300, 16, 11),
    ]
    let run = try RecordedRun(Bed.market(hosts: [Bed.homes(9)], renters: [Bed.trace(requests)]))
    let jobs = run.table("jobs")
    #expect(run.measured.requested == 6, "the last one comes after the horizon")
    for row in jobs.rows.indices {
      let request = requests[try #require(jobs.integer(row, "job"))]
      #expect(jobs.ticks(row, "arrived") == SimDuration(rounding: request.seconds).nanoseconds)
      #expect(jobs.integer(row, "prompt") == Int(request.prompt))
      #expect(jobs.integer(row, "output") == Int(request.output))
    }
  }

  @Test("of a trace start again one mean gap after its last") func repeated() throws {
    var source = source(
      Bed.trace([(2, 10, 5), (3, 11, 6), (8, 12, 7)], repeats: true))
    var times: [SimTime] = []
    var prompts: [Int32] = []
    let everybody = UniqueList((0..<7).map { _ in Renter(account: .zero, cohort: 0, region: 0) })
    for _ in 0..<7 {
      let next = source.nextArrival(streams: Self.streams)
      times.append(try #require(next))
      prompts.append(source.draw(streams: Self.streams, renters: everybody).promptTokens)
    }
    #expect(times == [2, 3, 8, 14, 15, 20, 26].map { .zero + .seconds($0) })
    #expect(prompts == [10, 11, 12, 10, 11, 12, 10])
    var once = self.source(Bed.trace([(2, 10, 5)]))
    let only = once.nextArrival(streams: Self.streams)
    let none = once.nextArrival(streams: Self.streams)
    #expect(only == SimTime.zero + .seconds(2) && none == nil)
  }

  @Test("longer than every suitable host holds are refused, the longest that fits is served")
  func refusal() throws {
    let run = try RecordedRun(MarketCase.tooLong.configuration)
    let limit = try Population(MarketCase.tooLong.configuration).served[0][0].tokenLimit
    let jobs = run.table("jobs")
    for row in jobs.rows.indices {
      let tokens = (jobs.integer(row, "prompt") ?? 0) + (jobs.integer(row, "output") ?? 0)
      #expect((tokens > Int(limit)) == (jobs.text(row, "outcome") == "refused"))
    }
    #expect(run.measured.refused > 50)
    let edge = try RecordedRun(
      Bed.market(
        hosts: MarketCase.tooLong.configuration.hosts,
        renters: [Bed.trace([(1, limit - 9, 9), (2, limit - 8, 9)])]))
    #expect(edge.measured.completed == 1 && edge.measured.refused == 1)
  }

  @Test("are served by hosts of the model, precision, memory and region that they ask for")
  func placement() throws {
    let configuration = MarketCase.regions.configuration
    let run = try RecordedRun(configuration)
    let jobs = run.table("jobs")
    var byRacks = 0
    var near = 0
    var placed = 0
    for row in jobs.rows.indices {
      guard let host = jobs.integer(row, "host"), let renter = jobs.integer(row, "renter") else {
        continue
      }
      if run.renters[renter].cohort == 1 {
        #expect(run.hosts[host].cohort == 1)
        byRacks += 1
      } else {
        placed += 1
        if run.hosts[host].region == run.renters[renter].region { near += 1 }
      }
    }
    #expect(byRacks > 300)
    #expect(Double(near) > 0.5 * Double(placed), "half must, some of the others happen to")
  }
}

@Suite("A cohort of nobody") struct EmptyCohortTests {
  @Test("asks for nothing, and disturbs nobody") func empty() throws {
    let base = Bed.documentedMarket(
      minutes: 10, hosts: [Bed.homes(5)], renters: [Bed.renters(rate: 0.5)])
    let plain = try RecordedRun(base)
    var configuration = base
    configuration.renters.append(Bed.renters(rate: 2, count: 0))
    configuration.renters[1].name = "nobody"
    let run = try RecordedRun(configuration)
    #expect(run.measured.requested == plain.measured.requested)
    #expect(run.measured.completed == plain.measured.completed && run.measured.completed > 0)
  }
}
