import Contracts
import Quantities
import Testing

@testable import Market

/// Small markets for tests, built from configuration values as scenario files build them.
enum Bed {
  static let llama = ServedModel(model: "llama3-8b", precision: "q4_k_m")

  /// Consumer GPUs, one request at a time.
  static func homes(
    _ count: Int, name: String = "home", gpu: String = "rtx4090", serves: ServedModel = llama,
    queue: Int = 0, availability: HostCohort.Availability? = nil, spread: Double = 0.3,
    regions: [Double] = [1], extraStake: Int = 0
  ) -> HostCohort {
    HostCohort(
      name: name, count: count, gpu: gpu, serves: [serves], discipline: .fifo, queueLimit: queue,
      availability: availability,
      price: HostCohort.Price(promptPerMillion: 100, outputPerMillion: 400, spread: spread),
      regions: RegionShare(weights: regions), extraStake: extraStake)
  }

  /// Data-centre GPUs with batches of `sequences`.
  static func racks(
    _ count: Int, sequences: Int = 4, availability: HostCohort.Availability? = nil,
    regions: [Double] = [1]
  ) -> HostCohort {
    HostCohort(
      name: "rack", count: count, gpu: "h100-sxm",
      serves: [ServedModel(model: "llama3-8b", precision: "fp16")],
      discipline: .continuousBatching, maxSequences: sequences, availability: availability,
      price: HostCohort.Price(promptPerMillion: 80, outputPerMillion: 500, spread: 0.1),
      regions: RegionShare(weights: regions))
  }

  static let lengths = RenterCohort.Lengths.lognormal(
    prompt: LognormalMixture(weight: 1, mu1: 5, sigma1: 1, mu2: 0, sigma2: 0, maximum: 3_000),
    output: LognormalMixture(weight: 0.5, mu1: 4, sigma1: 0.8, mu2: 5, sigma2: 0.3, maximum: 900))

  static func renters(
    rate: Double, count: Int = 20, lengths: RenterCohort.Lengths = lengths,
    patience: Patience = .fixed(.minutes(2)), timeToComplete: SimDuration = .hours(1),
    limit: Double? = nil, budget: Double = 1_000, regions: [Double] = [1],
    sameRegion: Double = 0, minGPUMemory: Int = 0, models: [RenterCohort.Demand] = [],
    ratings: Double = 1
  ) -> RenterCohort {
    RenterCohort(
      name: "chat", count: count, arrivals: .poisson(rate: rate, profile: nil), lengths: lengths,
      models: models, patience: patience, timeToComplete: timeToComplete, willingnessToPay: limit,
      budget: budget, regions: RegionShare(weights: regions), sameRegion: sameRegion,
      minGPUMemory: minGPUMemory, ratingProbability: ratings)
  }

  typealias TraceRow = (seconds: Double, prompt: Int32, output: Int32)

  /// Requests at given seconds, of given lengths.
  static func trace(
    _ requests: [TraceRow], repeats: Bool = false,
    patience: Patience = .endless, ratings: Double = 0
  ) -> RenterCohort {
    let trace = RequestTrace(
      path: "trace.csv", contentDigest: "",
      requests: requests.map {
        RequestTrace.Request(
          arrival: SimDuration(rounding: $0.seconds), promptTokens: $0.prompt,
          outputTokens: $0.output)
      })
    return RenterCohort(
      name: "trace", count: 7, arrivals: .trace(trace, repeats: repeats), lengths: .fromTrace,
      patience: patience, ratingProbability: ratings)
  }

  static func market(
    seed: UInt64 = 7, minutes: Int64 = 20, hosts: [HostCohort], renters: [RenterCohort],
    assignment: AssignmentPolicy = .random, regions: RegionMap = .single,
    chain: ChainConfiguration = ChainConfiguration(),
    rules: ProtocolConfiguration = ProtocolConfiguration()
  ) -> MarketConfiguration {
    var outputs = OutputSelection()
    outputs.jobs = true
    outputs.transactions = true
    outputs.events = true
    return MarketConfiguration(
      name: "test", seed: seed, duration: .minutes(minutes), chain: chain, rules: rules,
      regions: regions, hosts: hosts, renters: renters, assignment: assignment, outputs: outputs)
  }

  /// The documented rules, with whatever else.
  static func documented(
    _ change: (inout ProtocolRules) -> Void = { _ in }
  ) -> ProtocolConfiguration {
    var rules = ProtocolConfiguration(profile: .documented)
    rules.values.failureThreshold = 1_000_000
    change(&rules.values)
    return rules
  }

  /// So many renters that none comes near a rate limit.
  static func many(
    rate: Double, patience: Patience = .fixed(.minutes(2)), timeToComplete: SimDuration = .hours(1),
    proofs: Double = 0
  ) -> RenterCohort {
    var cohort = renters(
      rate: rate, count: 3_000, patience: patience, timeToComplete: timeToComplete)
    cohort.proofRequired = proofs
    return cohort
  }

  static func documentedMarket(
    minutes: Int64 = 20, hosts: [HostCohort], renters: [RenterCohort], verifiers: Int = 0,
    assignment: AssignmentPolicy = .reputationWeighted,
    _ change: (inout ProtocolRules) -> Void = { _ in }
  ) -> MarketConfiguration {
    var configuration = market(
      minutes: minutes, hosts: hosts, renters: renters, assignment: assignment,
      rules: documented(change))
    configuration.verifiers.count = verifiers
    return configuration
  }

  static let threeRegions = RegionMap(
    names: ["eu", "us", "asia"],
    roundTrip: [20, 90, 180, 90, 25, 150, 180, 150, 30].map { .milliseconds($0) }, jitter: 0.2)
}

/// Markets that between them go through every way in which a request can end.
enum MarketCase: String, CaseIterable, CustomTestStringConvertible {
  case race, random, cheapest, powerOfTwo, reputationWeighted
  case raceOfThree, raceOnRacks
  case outages, outagesUnderPowerOfTwo, outagesOfRacks, impatient, priceLimits, tinyBudgets
  case claimsExpire, completionsExpire, regions, tooLong, freeOfCharge, allFee, wholePrompts
  case fullBlocks, quiet, shortest
  // The original contracts, and those that the documentation promises.
  case ethMarket, documented, proofs, documentedOutages, documentedImpatience, documentedRace
  case halts, rateLimits, releases, wholePromptsDocumented, slashedOut, crooks, provenOnGPU
  // Half of the renters, or all, pay in ETH.
  case paidInBoth, paidInETH, paidInETHByWallets

  /// Where amounts in USDC are not the whole story.
  var paysInETH: Bool {
    switch self {
    case .paidInBoth, .paidInETH, .paidInETHByWallets: true
    default: false
    }
  }

  var testDescription: String { rawValue }

  var configuration: MarketConfiguration {
    let outages = HostCohort.Availability(up: .minutes(3), down: .minutes(1))
    let homes = [Bed.homes(12, extraStake: 7), Bed.racks(2)]
    let busy = [Bed.renters(rate: 3)]
    switch self {
    case .race: return Bed.market(hosts: homes, renters: busy, assignment: .race(contenders: 1))
    case .random: return Bed.market(hosts: homes, renters: busy, assignment: .random)
    case .cheapest: return Bed.market(hosts: homes, renters: busy, assignment: .cheapest)
    case .powerOfTwo: return Bed.market(hosts: homes, renters: busy, assignment: .powerOfTwo)
    case .reputationWeighted:
      return Bed.market(hosts: homes, renters: busy, assignment: .reputationWeighted)
    case .raceOfThree:
      return Bed.market(
        hosts: [Bed.homes(30, queue: 1)], renters: [Bed.renters(rate: 2)],
        assignment: .race(contenders: 3))
    case .raceOnRacks:
      return Bed.market(
        hosts: [Bed.racks(3, sequences: 8)], renters: [Bed.renters(rate: 2)],
        assignment: .race(contenders: 3))
    case .outages:
      return Bed.market(
        hosts: [Bed.homes(10, availability: outages)],
        renters: [
          Bed.renters(rate: 1, patience: .fixed(.minutes(1)), timeToComplete: .seconds(60))
        ],
        assignment: .reputationWeighted)
    case .outagesUnderPowerOfTwo:
      return Bed.market(
        hosts: [
          Bed.homes(
            3, availability: HostCohort.Availability(up: .minutes(1), down: .minutes(3)), spread: 0)
        ],
        renters: [Bed.renters(rate: 0.5, patience: .endless)], assignment: .powerOfTwo)
    case .outagesOfRacks:
      return Bed.market(
        hosts: [Bed.racks(4, availability: outages)], renters: [Bed.renters(rate: 3)],
        assignment: .random)
    case .impatient:
      return Bed.market(
        hosts: [Bed.homes(4)], renters: [Bed.renters(rate: 3, patience: .fixed(.seconds(9)))])
    case .priceLimits:
      return Bed.market(
        hosts: [Bed.homes(4, spread: 1)], renters: [Bed.renters(rate: 4, limit: 300)])
    case .tinyBudgets:
      return Bed.market(hosts: homes, renters: [Bed.renters(rate: 3, budget: 0.5)])
    case .claimsExpire:
      return Bed.market(
        hosts: homes, renters: [Bed.renters(rate: 2, timeToComplete: .seconds(1))])
    case .completionsExpire:
      return Bed.market(
        hosts: homes, renters: [Bed.renters(rate: 2, timeToComplete: .seconds(5))],
        assignment: .reputationWeighted)
    case .regions:
      return Bed.market(
        hosts: [
          Bed.homes(20, regions: [1, 1, 1]), Bed.racks(3, regions: [1, 1, 0]),
          Bed.homes(
            4, name: "old", gpu: "rtx3090",
            serves: ServedModel(model: "llama2-7b", precision: "q4_k_m"),
            regions: [0, 1, 1]),
        ],
        renters: [
          Bed.renters(rate: 2, regions: [2, 1, 1], sameRegion: 0.5),
          Bed.renters(
            rate: 1, regions: [1, 1, 1], sameRegion: 0.2, minGPUMemory: 60,
            models: [RenterCohort.Demand(model: "llama3-8b", precision: "fp16")]),
        ],
        regions: Bed.threeRegions)
    case .tooLong:
      return Bed.market(
        hosts: [
          Bed.homes(6, serves: ServedModel(model: "llama2-7b", precision: "q4_k_m"))
        ],
        renters: [
          Bed.renters(
            rate: 1,
            lengths: .lognormal(
              prompt: LognormalMixture(
                weight: 1, mu1: 7.5, sigma1: 1, mu2: 0, sigma2: 0, maximum: 20_000),
              output: LognormalMixture(
                weight: 1, mu1: 3, sigma1: 1, mu2: 0, sigma2: 0, maximum: 200)))
        ])
    case .freeOfCharge:
      return Bed.market(
        hosts: homes, renters: busy, rules: ProtocolConfiguration(feeBasisPoints: 0))
    case .allFee:
      return Bed.market(
        hosts: homes, renters: busy, rules: ProtocolConfiguration(feeBasisPoints: 10_000))
    case .wholePrompts:
      return Bed.market(
        minutes: 5, hosts: homes,
        renters: [
          Bed.renters(
            rate: 1,
            lengths: .lognormal(
              prompt: LognormalMixture(
                weight: 1, mu1: 3, sigma1: 0.5, mu2: 0, sigma2: 0, maximum: 60),
              output: LognormalMixture(
                weight: 1, mu1: 3, sigma1: 1, mu2: 0, sigma2: 0, maximum: 200)))
        ], rules: ProtocolConfiguration(promptByHash: false))
    case .fullBlocks:
      // Half the posts fit a block, so that transactions wait and deadlines pass.
      return Bed.market(
        hosts: homes, renters: [Bed.renters(rate: 3, timeToComplete: .seconds(30))],
        chain: ChainConfiguration(
          backgroundLoad: .constant(0), blockGasLimit: Gas(2_000_000)))
    case .ethMarket:
      return Bed.market(
        hosts: [Bed.homes(12), Bed.racks(2)], renters: busy,
        rules: ProtocolConfiguration(profile: .referenceETH))
    case .documented:
      return Bed.market(hosts: homes, renters: [Bed.many(rate: 3)], rules: Bed.documented())
    case .proofs:
      return Bed.documentedMarket(
        hosts: homes, renters: [Bed.many(rate: 2, proofs: 0.5)], verifiers: 2)
    case .provenOnGPU:
      var homes = Bed.homes(
        12, queue: 1, availability: HostCohort.Availability(up: .minutes(12), down: .minutes(1)))
      homes.proof = "zkllm"
      return Bed.documentedMarket(
        minutes: 180, hosts: [homes],
        renters: [Bed.many(rate: 0.03, timeToComplete: .minutes(30), proofs: 0.7)], verifiers: 1)
    case .documentedOutages:
      return Bed.documentedMarket(
        hosts: [Bed.homes(10, availability: outages)],
        renters: [Bed.many(rate: 1, timeToComplete: .seconds(60), proofs: 0.3)], verifiers: 1)
    case .documentedImpatience:
      return Bed.documentedMarket(
        hosts: [
          Bed.homes(
            3, availability: HostCohort.Availability(up: .minutes(1), down: .minutes(3)), spread: 0)
        ],
        renters: [Bed.many(rate: 0.5, patience: .fixed(.seconds(40)))], assignment: .powerOfTwo)
    case .documentedRace:
      return Bed.documentedMarket(
        hosts: [Bed.homes(30, queue: 1)], renters: [Bed.many(rate: 2)],
        assignment: .race(contenders: 3))
    case .halts:
      // Five failures close the market for five minutes; outages make them soon.
      return Bed.documentedMarket(
        hosts: [Bed.homes(10, availability: outages)],
        renters: [Bed.many(rate: 2, timeToComplete: .seconds(60))]
      ) { rules in
        rules.failureThreshold = 5
        rules.autoRecovery = 300
      }
    case .rateLimits:
      return Bed.documentedMarket(hosts: homes, renters: [Bed.renters(rate: 2, count: 60)])
    case .releases:
      return Bed.documentedMarket(
        hosts: homes, renters: [Bed.many(rate: 1, proofs: 0.7)], verifiers: 1
      ) { $0.challengePeriod = 120 }
    case .wholePromptsDocumented:
      return Bed.documentedMarket(
        minutes: 5, hosts: homes, renters: [Bed.many(rate: 0.5, proofs: 0.2)], verifiers: 1
      ) { $0.promptByHash = false }
    case .slashedOut:
      // Hosts that never top up leave the market one by one.
      var hosts = Bed.homes(6, availability: outages)
      hosts.topUp = .never
      return Bed.documentedMarket(
        hosts: [hosts], renters: [Bed.many(rate: 1, timeToComplete: .seconds(60))])
    case .crooks:
      var crooks = Bed.homes(12, availability: outages)
      crooks.behaviour = HostConduct(
        lazy: Lazy(0.4), abandoning: Abandoning(0.05), milking: Milking(from: 120),
        sybilRing: SybilRing(size: 4, sharesController: true))
      var configuration = Bed.documentedMarket(
        hosts: [crooks, Bed.homes(8)],
        renters: [Bed.many(rate: 2, timeToComplete: .seconds(90), proofs: 0.2)], verifiers: 2
      ) { rules in
        rules.payoutWithoutProof = .afterChallengeWindow
        rules.challengePeriod = 150
        rules.arbiterDelay = 30
        rules.arbiterAccuracy = 9_000
      }
      configuration.verifiers.checkRate = 0.5
      return configuration
    case .paidInBoth:
      // As `crooks`, so that payments go every way that there is.
      var configuration = MarketCase.crooks.configuration
      configuration.hosts[0].behaviour.sybilRing = nil
      var others = configuration.renters[0]
      others.name = "ether"
      others.pays = .eth
      configuration.renters.append(others)
      return configuration
    case .paidInETH:
      var renters = Bed.many(rate: 1.5, timeToComplete: .seconds(60))
      renters.pays = .eth
      renters.ethBudget = 0.25
      return Bed.market(
        hosts: [Bed.homes(10, availability: outages)], renters: [renters],
        assignment: .reputationWeighted, rules: ProtocolConfiguration(profile: .referenceETH))
    case .paidInETHByWallets:
      // As `documentedImpatience`, so that some payments go back.
      let hosts = MarketCase.documentedImpatience.configuration.hosts
      var own = Bed.many(rate: 0.5, patience: .fixed(.seconds(40)))
      (own.pays, own.wallet) = (.eth, .smart)
      var guests = own
      (guests.name, guests.wallet) = ("guests", .sponsored(by: "patron"))
      var configuration = Bed.documentedMarket(
        hosts: hosts, renters: [own, guests], assignment: .powerOfTwo)
      configuration.accounts = AccountsConfiguration(
        bundleSize: 4, paymasters: [AccountsConfiguration.Paymaster(name: "patron", deposit: 1)])
      return configuration
    case .quiet:
      return Bed.market(hosts: homes, renters: [Bed.renters(rate: 1e-6)])
    case .shortest:
      var configuration = Bed.market(hosts: homes, renters: busy)
      configuration.duration = .nanoseconds(1_500_000_000)
      return configuration
    }
  }
}
