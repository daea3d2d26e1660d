import Kernel
import Quantities

/// One cohort's requests: when each arrives, who sends it, and what it asks.
///
/// Draws of request n come from a stream keyed by (cohort, n), so that changing how many draws a
/// request takes moves no other request.
struct RequestSource {
  /// One request as drawn.
  struct Request: BitwiseCopyable {
    var renter: RenterID
    var eligibility: UInt16
    var promptTokens: Int32
    var outputTokens: Int32
    var requiresProof = false
  }

  private let cohort: UInt32
  private let firstRenter: UInt32
  private let renterCount: Int
  private let arrivals: RenterCohort.Arrivals
  private let lengths: LengthSampler
  private let traceRequests: [RequestTrace.Request]
  private let tracePeriod: SimDuration
  private let sameRegion: Double
  private let proofRequired: Double
  /// Cumulative demand weights, the last 1.
  private let demandCumulative: [Double]
  /// `[demand * (regions + 1) + region + 1]`, column 0 for requests without a region.
  private let eligibilities: [UInt16]
  private let regionCount: Int
  private var clock: ArrivalClock
  /// Of the request that arrives next, in the trace; nil before the first.
  private var tracePosition: Int?
  private(set) var drawn: UInt64 = 0

  init(
    cohort: UInt32, configuration: RenterCohort, firstRenter: UInt32, lengths: LengthSampler,
    demandWeights: [Double], eligibilities: [UInt16], regionCount: Int,
    factors: [ArrivalClock.Factor] = []
  ) {
    self.cohort = cohort
    self.firstRenter = firstRenter
    renterCount = configuration.count
    arrivals = configuration.arrivals
    self.lengths = lengths
    sameRegion = configuration.sameRegion
    proofRequired = configuration.proofRequired
    let total = demandWeights.reduce(0, +)
    var sum = 0.0
    demandCumulative = demandWeights.map {
      sum += $0 / total
      return sum
    }
    self.eligibilities = eligibilities
    self.regionCount = regionCount
    switch configuration.arrivals {
    case .poisson(let rate, let profile), .gamma(let rate, _, let profile):
      clock = ArrivalClock(rate: rate, profile: profile, factors: factors)
      traceRequests = []
      tracePeriod = .zero
    case .trace(let trace, _):
      clock = ArrivalClock(rate: 1, profile: nil)
      traceRequests = trace.requests
      tracePeriod = trace.period
    case .resampled(let resampled):
      clock = ArrivalClock(
        rate: resampled.rate ?? 1 / resampled.meanGap, profile: resampled.profile,
        factors: factors)
      traceRequests = resampled.trace.requests
      tracePeriod = .zero
    }
  }

  /// When the next request arrives; nil when there is none.
  mutating func nextArrival(streams: borrowing MarketStreams) -> SimTime? {
    guard renterCount > 0 else { return nil }
    let index = drawn
    drawn += 1
    switch arrivals {
    case .poisson:
      var stream = streams.arrivals.stream(entity: UInt64(cohort), event: index)
      return clock.advance(by: stream.standardExponential()).map(Self.time)
    case .gamma(_, let shape, _):
      var stream = streams.arrivals.stream(entity: UInt64(cohort), event: index)
      return clock.advance(by: stream.gamma(shape: shape, scale: 1 / shape)).map(Self.time)
    case .trace(_, let repeats):
      let count = UInt64(traceRequests.count)
      guard repeats || index < count else { return nil }
      let round = Int64(index / count)
      tracePosition = Int(index % count)
      return SimTime.zero + tracePeriod * round + traceRequests[Int(index % count)].arrival
    case .resampled(let resampled):
      var stream = streams.arrivals.stream(entity: UInt64(cohort), event: index)
      let startsBlock = stream.uniform() * resampled.meanBlock < 1
      let position: Int
      if let last = tracePosition, !startsBlock {
        position = last + 1 == traceRequests.count ? 0 : last + 1
      } else {
        position = stream.below(traceRequests.count)
      }
      tracePosition = position
      return clock.advance(by: resampled.gap(before: position)).map(Self.time)
    }
  }

  private static func time(_ seconds: Double) -> SimTime {
    // Beyond the clock's range means after every horizon.
    seconds < 9e9 ? SimTime.zero + SimDuration(rounding: seconds) : .distantFuture
  }

  /// Draws the request that arrives now, the last one that `nextArrival` announced.
  ///
  /// Mutating, so that an array lends it out in place instead of a copy.
  mutating func draw(
    streams: borrowing MarketStreams, renters: borrowing UniqueList<Renter>
  ) -> Request {
    let index = drawn - 1
    var stream = streams.requests.stream(entity: UInt64(cohort), event: index)
    let renter = RenterID(firstRenter + UInt32(stream.below(renterCount)))
    var demand = 0
    if demandCumulative.count > 1 {
      let point = stream.uniform()
      while demand < demandCumulative.count - 1, point > demandCumulative[demand] { demand += 1 }
    }
    var column = 0
    if sameRegion > 0, stream.uniform() < sameRegion {
      column = Int(renters[Int(renter.index)].region) + 1
    }
    let prompt: Int32
    let output: Int32
    if case .fromTrace = lengths {
      guard let tracePosition else { preconditionFailure("a request is drawn when it arrives") }
      let request = traceRequests[tracePosition]
      (prompt, output) = (request.promptTokens, request.outputTokens)
    } else {
      (prompt, output) = lengths.draw(from: &stream)
    }
    // Drawn last, so that asking for proofs changes nothing else of a request.
    let requiresProof = proofRequired > 0 && stream.uniform() < proofRequired
    return Request(
      renter: renter, eligibility: eligibilities[demand * (regionCount + 1) + column],
      promptTokens: prompt, outputTokens: output, requiresProof: requiresProof)
  }
}
