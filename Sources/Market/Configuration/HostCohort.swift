public import Inference
public import Quantities

/// Hosts that share hardware, software, prices and conduct.
public struct HostCohort: Sendable, Equatable {
  public enum Discipline: String, Sendable, CaseIterable {
    /// One request at a time.
    case fifo
    /// vLLM-like continuous batching.
    case continuousBatching
  }

  /// Alternating up and down times, both exponential with these means (> 0).
  public struct Availability: Sendable, Equatable {
    public var up: SimDuration
    public var down: SimDuration

    public init(up: SimDuration, down: SimDuration) {
      self.up = up
      self.down = down
    }
  }

  /// What a host asks, in USD per million tokens, ≥ 0. Each host scales both by one lognormal
  /// factor with median 1 and this `spread` (standard deviation of its logarithm, ≥ 0).
  public struct Price: Sendable, Equatable {
    public var promptPerMillion: Double
    public var outputPerMillion: Double
    public var spread: Double

    public init(promptPerMillion: Double, outputPerMillion: Double, spread: Double = 0) {
      self.promptPerMillion = promptPerMillion
      self.outputPerMillion = outputPerMillion
      self.spread = spread
    }

    var isZero: Bool { promptPerMillion == 0 && outputPerMillion == 0 }
  }

  /// What a host does once slashing has left it less stake than it needs to claim.
  public enum TopUp: String, BitwiseCopyable, Sendable, CaseIterable {
    case never
    /// As soon as it sees the loss.
    case atOnce
    /// When what it has earned a day so far would repay the addition within 30 days.
    case whenProfitable
  }

  /// What the owner measured on one of the hosts; it overrides the throughput model's level.
  public struct Benchmark: Sendable, Equatable {
    /// Output tokens per second of the whole host, > 0, while `concurrency` sequences of `context`
    /// tokens decode.
    public var decodeRate: Double?
    public var concurrency: Int
    public var context: Int
    /// Prompt tokens per second, > 0, of one prompt of `promptTokens` alone.
    public var prefillRate: Double?
    public var promptTokens: Int

    public init(
      decodeRate: Double? = nil, concurrency: Int = 1, context: Int = 512,
      prefillRate: Double? = nil, promptTokens: Int = 512
    ) {
      self.decodeRate = decodeRate
      self.concurrency = concurrency
      self.context = context
      self.prefillRate = prefillRate
      self.promptTokens = promptTokens
    }
  }

  /// Coefficients of the throughput model from a file.
  public struct Coefficients: Sendable, Equatable {
    /// As given in the scenario.
    public var path: String
    /// Digest of the file, part of the run's identity.
    public var contentDigest: String
    public var table: CoefficientTable

    public init(path: String, contentDigest: String, table: CoefficientTable) {
      self.path = path
      self.contentDigest = contentDigest
      self.table = table
    }
  }

  public var name: String
  public var count: Int
  /// Identifier in the GPU catalogue.
  public var gpu: String
  /// GPUs of one host, tensor parallel; ≥ 1.
  public var gpuCount: Int
  /// `model@precision` of the model catalogue; at least one; all are loaded together.
  public var serves: [ServedModel]
  public var discipline: Discipline
  /// Engine row of the coefficients; nil: `llama.cpp` for fifo, `vllm-new` for batching.
  public var engine: String?
  /// Sequences in one batch, ≥ 1 (batching only).
  public var maxSequences: Int
  /// Jobs that a host holds beyond those it is working on, ≥ 0; further ones go elsewhere.
  public var queueLimit: Int
  public var behaviour: HostConduct
  /// Nil: always up.
  public var availability: Availability?
  public var price: Price
  /// USD per kWh, ≥ 0.
  public var electricity: Double
  public var regions: RegionShare
  /// FAB staked at registration beyond the contract's minimum of 1,000, in whole FAB, ≥ 0.
  public var extraStake: Int
  /// FAB that a host holds besides its stake, for topping it up; whole FAB, ≥ 0.
  public var reserve: Int
  public var topUp: TopUp
  /// From the last token to a proof that is ready to be sent; ≥ 0. Without a `proof` only.
  public var proofTime: SimDuration
  /// Scheme of the proof catalogue, one whose proving time is published; nil: `proofTime` instead.
  public var proof: String?
  public var wallet: WalletConfiguration
  /// USD per hour that a host costs while it is in the market, whatever it does; ≥ 0.
  public var rent: Double
  public var pricing: Pricing
  /// Nil: hosts stay whatever comes.
  public var participation: Participation?
  /// Between two looks of a host at its business, > 0.
  public var review: SimDuration
  /// Of the only model that the hosts serve.
  public var benchmark: Benchmark?
  /// Nil: those that ship, with profiled kernels where there are any.
  public var coefficients: Coefficients?

  public init(
    name: String, count: Int, gpu: String, gpuCount: Int = 1, serves: [ServedModel],
    discipline: Discipline, engine: String? = nil, maxSequences: Int = 256, queueLimit: Int = 0,
    behaviour: HostConduct = .honest, availability: Availability? = nil,
    price: Price = Price(promptPerMillion: 0.1, outputPerMillion: 0.4),
    electricity: Double = 0.15, regions: RegionShare = RegionShare(weights: [1]),
    extraStake: Int = 0, reserve: Int = 1_000, topUp: TopUp = .atOnce,
    proofTime: SimDuration = .seconds(1), proof: String? = nil,
    wallet: WalletConfiguration = .ownAccount,
    rent: Double = 0, pricing: Pricing = .fixed, participation: Participation? = nil,
    review: SimDuration = .hours(1), benchmark: Benchmark? = nil, coefficients: Coefficients? = nil
  ) {
    self.name = name
    self.count = count
    self.gpu = gpu
    self.gpuCount = gpuCount
    self.serves = serves
    self.discipline = discipline
    self.engine = engine
    self.maxSequences = maxSequences
    self.queueLimit = queueLimit
    self.behaviour = behaviour
    self.availability = availability
    self.price = price
    self.electricity = electricity
    self.regions = regions
    self.extraStake = extraStake
    self.reserve = reserve
    self.topUp = topUp
    self.proofTime = proofTime
    self.proof = proof
    self.wallet = wallet
    self.rent = rent
    self.pricing = pricing
    self.participation = participation
    self.review = review
    self.benchmark = benchmark
    self.coefficients = coefficients
  }

  /// Whether its hosts look at their business at all.
  package var isReviewed: Bool {
    pricing != .fixed || participation != nil || behaviour.isReviewed
  }
}

/// A model of the catalogue at a weight precision, written `llama3-8b@q4_k_m`.
public struct ServedModel: Sendable, Equatable, Hashable {
  public var model: String
  public var precision: String

  public init(model: String, precision: String) {
    self.model = model
    self.precision = precision
  }
}
