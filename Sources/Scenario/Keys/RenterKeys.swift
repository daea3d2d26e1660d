internal import Market
internal import Quantities

/// One element of `renters:`.
enum RenterKeys {
  static let name = Key("name", .name, "Name of the cohort, unique among renters.")
  static let count = Key("count", .integer(in: 0...10_000_000), "Number of renters.")
  static let arrivals = Key(
    "arrivals", ArrivalKeys.shape.kind,
    "When requests of the whole cohort arrive; each goes to one uniformly drawn renter.")
  static let lengths = Key(
    "lengths", LengthKeys.kind, optional: "the trace's own (an error without a trace)",
    "Prompt and output tokens of the requests.")
  static let models = Key(
    "models", .shares(of: "model"), optional: "every model that some host serves, in equal parts",
    "Models that are asked for, at any precision or, as llama3-8b@fp16, at one.")
  static let patience = Key(
    "patience", PatienceKeys.kind, standard: "2min",
    "Longest wait from arrival to first token before the renter leaves.")
  static let timeToComplete = Key(
    "timeToComplete", .duration(from: .seconds(60), to: .days(365), example: "1h"),
    standard: "1h", "Deadline given to the contract, from posting.")
  static let willingnessToPay = Key(
    "willingnessToPay",
    .orNone(
      "unlimited",
      .amount("USD/Mtoken", in: .from(0, to: 1e6), example: "5 USD/Mtoken")),
    standard: "unlimited", "Highest price that a renter pays, for prompt and output alike.")
  static let budget = Key(
    "budget", .amount(inOneOf: ["USDC", "ETH"], in: .above(0, to: 1e12), example: "1000 USDC"),
    standard: "1000 USDC",
    "What each renter has for its jobs at the start; USDC buy ETH at chain.ethPrice for whoever pays in it."
  )
  static let pays = Key(
    "pays", Kind<PaymentCurrency>.word([("usdc", .usdc), ("eth", .eth)]), standard: "usdc",
    "Token that jobs are paid in; ETH at its price of the moment of the quote, where contracts take it."
  )
  static let regions = Key(
    "regions", .shares(of: "region"), optional: "every region alike, drawn for each of them",
    "Where the renters live.")
  static let sameRegion = Key(
    "sameRegion", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Share of requests that must be served in the renter's own region.")
  static let minGPUMemory = Key(
    "minGPUMemory", .wholeAmount(Unit.only("GiB"), in: 0...128, example: "24 GiB"),
    standard: "0 GiB", "GPU memory that a host must have; the contract takes at most 128.")
  static let minReputation = Key(
    "minReputation", .integer(in: 0...1_000_000_000), standard: "0",
    "Reputation score that a host must have; only the documented contracts ask.")
  static let proofRequired = Key(
    "proofRequired", .fraction(in: .from(0, to: 1)), standard: "0%",
    "Share of requests whose host must prove its work; only the documented contracts ask.")
  static let ratingProbability = Key(
    "ratingProbability", .fraction(in: .from(0, to: 1)), standard: "100%",
    "Probability that a served renter rates its host.")
  static let expectedFirstToken = Key(
    "expectedFirstToken", .duration(from: .milliseconds(1), to: .days(1), example: "10s"),
    standard: "10s", "Time to first token that earns five stars.")
  static let expectedPerToken = Key(
    "expectedPerToken", .duration(from: .microseconds(1), to: .hours(1), example: "50ms"),
    standard: "50ms", "Time per output token that earns five stars.")

  static let shape = SectionShape<RenterCohort>(
    declaration: SectionDeclaration(
      name: "renter cohort", doc: "Renters that share a workload, its arrivals and their means.",
      keys: [
        name.declaration, count.declaration, arrivals.declaration, lengths.declaration,
        models.declaration, patience.declaration, timeToComplete.declaration,
        willingnessToPay.declaration, pays.declaration, budget.declaration, regions.declaration,
        sameRegion.declaration, minGPUMemory.declaration, minReputation.declaration,
        proofRequired.declaration, ratingProbability.declaration,
        expectedFirstToken.declaration, expectedPerToken.declaration,
        WalletKeys.wallet.declaration, RenterConductKeys.behaviour.declaration,
        RenterConductKeys.retry.declaration, RenterConductKeys.disputes.declaration,
      ],
      misplaced: MisplacedKeys.renterKeys)
  ) { section in
    let name = section.required(name)
    let count = section.required(count)
    let arrivals = section.required(arrivals)
    let lengths = lengths(of: section, arrivals)
    let models = section.has("models") ? demand(section.optional(models), section) : []
    let patience = section.standard(patience)
    let timeToComplete = section.standard(timeToComplete)
    let willingnessToPay = section.standard(willingnessToPay)
    let pays = section.standard(pays)
    let budget = section.standard(budget)
    let regions = RegionKeys.share(section.optional(regions), of: section)
    let sameRegion = section.standard(sameRegion)
    let minGPUMemory = section.standard(minGPUMemory)
    let minReputation = section.standard(minReputation)
    let proofRequired = section.standard(proofRequired)
    let ratingProbability = section.standard(ratingProbability)
    let expectedFirstToken = section.standard(expectedFirstToken)
    let expectedPerToken = section.standard(expectedPerToken)
    let wallet = section.standard(WalletKeys.wallet)
    let behaviour = section.standard(RenterConductKeys.behaviour)
    let retry = section.optional(RenterConductKeys.retry)
    let disputes = section.optional(RenterConductKeys.disputes)
    guard let name, let count, let arrivals, let lengths, let models, let regions else {
      return nil
    }
    var cohort = RenterCohort(
      name: name, count: count, arrivals: arrivals, lengths: lengths, models: models,
      patience: patience, timeToComplete: timeToComplete, willingnessToPay: willingnessToPay,
      budget: budget.number, regions: regions, sameRegion: sameRegion, minGPUMemory: minGPUMemory,
      minReputation: minReputation, proofRequired: proofRequired,
      ratingProbability: ratingProbability, expectedFirstToken: expectedFirstToken,
      expectedPerToken: expectedPerToken, wallet: wallet)
    cohort.pays = pays
    if budget.unit == "ETH" { cohort.ethBudget = budget.number }
    cohort.isSpamming = behaviour == .spamming
    cohort.isSpiteful = behaviour == .griefing
    cohort.retry = retry
    cohort.disputes = disputes
    return cohort
  }

  private static func lengths(
    of section: Section, _ arrivals: RenterCohort.Arrivals?
  ) -> RenterCohort.Lengths? {
    let isTrace: Bool? = arrivals.map {
      switch $0 {
      case .trace, .resampled: true
      case .poisson, .gamma: false
      }
    }
    if !section.has("lengths"), isTrace != false { return .fromTrace }
    let lengths = section.required(lengths)
    guard lengths == .fromTrace, isTrace == false else { return lengths }
    section.complain(
      "lengths", "is fromTrace, but the arrivals are not a trace's",
      do: "name a fitted workload: \(Nearest.list(CatalogueList.workload.names))")
    return nil
  }

  private static func demand(
    _ shares: [Share]?, _ section: Section
  ) -> [RenterCohort.Demand]? {
    guard let shares else { return nil }
    let models = shares.map { share in
      ServedModel.reading(
        share.name, needsPrecision: false, at: section.location(of: "models"),
        section.path.appending("models"), section.reading
      ).map { RenterCohort.Demand(model: $0, precision: $1, weight: share.weight) }
    }
    let whole = models.compactMap(\.self)
    return whole.count == shares.count ? whole : nil
  }
}
