public import Quantities

/// Renters that share a workload, its arrival process and their means.
public struct RenterCohort: Sendable, Equatable {
  /// When requests of the whole cohort arrive; each goes to one uniformly drawn renter.
  public enum Arrivals: Sendable, Equatable {
    /// `rate` per second, > 0.
    case poisson(rate: Double, profile: WeeklyProfile?)
    /// Gamma renewal: mean gap 1/rate, `shape` > 0 (below 1 is burstier than Poisson).
    case gamma(rate: Double, shape: Double, profile: WeeklyProfile?)
    /// Requests of a trace in order of arrival; `repeats` starts it again when it ends.
    case trace(RequestTrace, repeats: Bool)
    /// Blocks of a trace in random order, without end.
    case resampled(ResampledTrace)
  }

  public enum Lengths: Sendable, Equatable {
    /// A fitted workload by name, as `azure-conv-fit`.
    case fitted(String)
    /// Tokens as the trace has them; needs `Arrivals.trace` or `Arrivals.resampled`.
    case fromTrace
    /// Every request alike, tokens ≥ 1.
    case fixed(prompt: Int, output: Int)
    /// Geometric, whole numbers from 1 with these means ≥ 1, cut at a million: the exponential's
    /// discrete twin.
    case exponential(prompt: Double, output: Double)
    /// Two-component lognormals, cut to 1 … `maximum` tokens, joined by a Gaussian copula whose
    /// Spearman correlation is `correlation`, −1 … 1; independent at 0.
    case lognormal(
      prompt: LognormalMixture, output: LognormalMixture, correlation: Double = 0)
  }

  /// A model that renters ask for, with its share of requests (weight > 0).
  public struct Demand: Sendable, Equatable {
    /// Model identifier; any precision serves it unless one is named.
    public var model: String
    public var precision: String?
    public var weight: Double

    public init(model: String, precision: String? = nil, weight: Double = 1) {
      self.model = model
      self.precision = precision
      self.weight = weight
    }
  }

  public var name: String
  public var count: Int
  public var arrivals: Arrivals
  public var lengths: Lengths
  /// Empty: every model that some host serves, in equal parts.
  public var models: [Demand]
  public var patience: Patience
  /// Deadline given to the contract, from posting; 60 s … 365 d.
  public var timeToComplete: SimDuration
  /// Highest price, USD per million tokens (prompt and output alike) a renter pays. Nil: no limit.
  public var willingnessToPay: Double?
  /// USDC of each renter for its jobs at the start, > 0; what that buys of ETH at the scenario's price
  /// where it pays in ETH, unless `ethBudget` says how much.
  public var budget: Double
  /// ETH of each renter for its jobs at the start, > 0.
  public var ethBudget: Double?
  public var pays = PaymentCurrency.usdc
  public var regions: RegionShare
  /// Share of requests that must be served in the renter's own region, 0 … 1.
  public var sameRegion: Double
  /// GPU memory that a host must have, GiB; 0: any.
  public var minGPUMemory: Int
  /// Reputation score that a host must have; 0: any.
  public var minReputation: Int
  /// Share of requests whose host must prove its work, 0 … 1.
  public var proofRequired: Double
  /// Probability that a served renter rates its host, 0 … 1.
  public var ratingProbability: Double
  /// Time to first token and time per output token that a renter finds good (5 stars).
  public var expectedFirstToken: SimDuration
  public var expectedPerToken: SimDuration
  public var wallet: WalletConfiguration
  /// Posts what it takes back in the next block, offering next to nothing.
  public var isSpamming = false
  /// Asks only to hurt who answers: disputes every result that it can, and gives the fewest stars.
  public var isSpiteful = false
  /// Nil: whoever is turned away gives up.
  public var retry: Retrying?
  /// Nil: renters take what they get.
  public var disputes: Disputing?
  /// Whose puppets these are; nil for renters who want answers.
  var master: Master?

  /// Hosts that run renters of their own.
  struct Master: Sendable, Equatable {
    var cohort: Int
    var puppetsPerHost: Int
    /// Its jobs are given up, not completed.
    var isGriefing: Bool
    /// Share of its requests that go to the market at large, 0 … 1.
    var outside = 0.0
    /// Their money comes from the host's wallet, for everybody to see.
    var fundsPuppets = true
  }

  public init(
    name: String, count: Int, arrivals: Arrivals, lengths: Lengths, models: [Demand] = [],
    patience: Patience = .fixed(.minutes(2)), timeToComplete: SimDuration = .hours(1),
    willingnessToPay: Double? = nil, budget: Double = 1_000,
    regions: RegionShare = RegionShare(weights: [1]), sameRegion: Double = 0,
    minGPUMemory: Int = 0, minReputation: Int = 0, proofRequired: Double = 0,
    ratingProbability: Double = 1,
    expectedFirstToken: SimDuration = .seconds(10),
    expectedPerToken: SimDuration = .milliseconds(50),
    wallet: WalletConfiguration = .ownAccount
  ) {
    self.name = name
    self.count = count
    self.arrivals = arrivals
    self.lengths = lengths
    self.models = models
    self.patience = patience
    self.timeToComplete = timeToComplete
    self.willingnessToPay = willingnessToPay
    self.budget = budget
    self.regions = regions
    self.sameRegion = sameRegion
    self.minGPUMemory = minGPUMemory
    self.minReputation = minReputation
    self.proofRequired = proofRequired
    self.ratingProbability = ratingProbability
    self.expectedFirstToken = expectedFirstToken
    self.expectedPerToken = expectedPerToken
    self.wallet = wallet
  }
}

/// Relative request rate for each hour of the week from Monday 00:00; 168 values ≥ 0 with mean 1.
public struct WeeklyProfile: Sendable, Equatable {
  public var name: String
  public var hourly: [Double]

  public init(name: String, hourly: [Double]) {
    self.name = name
    self.hourly = hourly
  }
}

/// Requests of a recorded trace, sorted by arrival.
public struct RequestTrace: Sendable, Equatable {
  public struct Request: Sendable, Equatable, BitwiseCopyable {
    /// Since the start of the trace.
    public var arrival: SimDuration
    public var promptTokens: Int32
    public var outputTokens: Int32

    public init(arrival: SimDuration, promptTokens: Int32, outputTokens: Int32) {
      self.arrival = arrival
      self.promptTokens = promptTokens
      self.outputTokens = outputTokens
    }
  }
  /// As given in the scenario.
  public var path: String
  /// Digest of the file, part of the run's identity.
  public var contentDigest: String
  public var requests: [Request]

  public init(path: String, contentDigest: String, requests: [Request]) {
    self.path = path
    self.contentDigest = contentDigest
    self.requests = requests
  }

  /// From the start of the trace to the start of its repetition: one mean gap stands between the
  /// last request and the first of the next round.
  public var period: SimDuration {
    let last = requests.last?.arrival ?? .zero
    return last + .nanoseconds(max(1, last.nanoseconds / Int64(max(1, requests.count - 1))))
  }
}

/// The stationary bootstrap of a trace: runs of successive requests, with the gaps before them, that
/// start anywhere in the trace and have geometric lengths. It keeps bursts, and what lengths owe to
/// their neighbours, up to the length of a run.
///
/// - Source: Politis and Romano, JASA 89(428), 1994, doi:10.1080/01621459.1994.10476870.
public struct ResampledTrace: Sendable, Equatable {
  /// At least two requests that do not all arrive at once.
  public var trace: RequestTrace
  /// Requests in a run, ≥ 1; 1 draws every request by itself.
  public var meanBlock: Double
  /// Arrivals per second, > 0; the trace's own when nil.
  public var rate: Double?
  public var profile: WeeklyProfile?

  public init(
    trace: RequestTrace, meanBlock: Double, rate: Double? = nil, profile: WeeklyProfile? = nil
  ) {
    self.trace = trace
    self.meanBlock = meanBlock
    self.rate = rate
    self.profile = profile
  }

  /// Mean gap of the trace, in seconds.
  var meanGap: Double { trace.period.seconds / Double(trace.requests.count) }

  /// Before a request of the trace, as a multiple of the mean gap; the first follows the last one.
  func gap(before index: Int) -> Double {
    let requests = trace.requests
    let gap =
      index == 0
      ? trace.period - requests[requests.count - 1].arrival + requests[0].arrival
      : requests[index].arrival - requests[index - 1].arrival
    return gap.seconds / meanGap
  }
}

/// Mixture of two lognormals: with `weight` the first (mu, sigma of the logarithm), else the second.
public struct LognormalMixture: Sendable, Equatable {
  /// 0 … 1; 1 leaves one component.
  public var weight: Double
  public var mu1: Double
  public var sigma1: Double
  public var mu2: Double
  public var sigma2: Double
  /// Longest length that is drawn, tokens, ≥ 1.
  public var maximum: Int

  public init(
    weight: Double, mu1: Double, sigma1: Double, mu2: Double, sigma2: Double, maximum: Int
  ) {
    self.weight = weight
    self.mu1 = mu1
    self.sigma1 = sigma1
    self.mu2 = mu2
    self.sigma2 = sigma2
    self.maximum = maximum
  }
}
