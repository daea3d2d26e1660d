import Contracts
import EVM
import Inference
import Kernel
import Quantities
import Statistics

/// The state of a market before its first event.
extension Market {
  init(
    _ configuration: MarketConfiguration, _ population: borrowing Population, replication: Int,
    warmUp: MarketWarmUp = .none, hasSpareThread: Bool = false, tables: consuming MarketTables
  ) {
    boxedTables = Boxed(tables)
    boxedScript = Boxed(ScriptPlayer(configuration.script))
    boxedChanges = Boxed(ChangePlayer(configuration))
    checkRate = configuration.verifiers.checkRate
    let seeds = Market.seeds(configuration)
    boxedWatch = Boxed(
      Watch(
        configuration.detection, sybilThreshold: configuration.rules.values.sybilThreshold,
        seeds: seeds, hasSpareThread: hasSpareThread))
    isWatched =
      !configuration.detection.detectors.isEmpty || !configuration.reputationModels.isEmpty
    let kept = Reputations(
      configuration.reputationModels, routing: configuration.assignment, seeds: seeds)
    boxedReputations = Boxed(kept)
    isRoutedByModel = kept.routing != nil
    boxedConfiguration = Boxed(configuration)
    conducts = configuration.hosts.map(\.behaviour)
    hasPuppets = population.renterTerms.contains { $0.puppetsPerHost > 0 }
    rentersNotice = configuration.rentersNotice
    hostTerms = population.hostTerms
    renterTerms = population.renterTerms
    modelNames = population.models
    memories = population.memories
    if case .race(let count) = configuration.assignment {
      contenders = count
    } else {
      contenders = 0
    }
    feeBasisPoints = configuration.rules.values.fee
    jobRules = JobRules(configuration.rules.values)
    roundTrips = configuration.regions.roundTrip
    regionCount = configuration.regions.names.count
    jitter = configuration.regions.jitter
    horizon = .zero + configuration.duration
    streams = MarketStreams(seed: configuration.seed, replication: replication)
    kernel = EventKernel(horizon: horizon)
    renters = UniqueList(population.renters)
    jobs = JobTable(capacity: 1_024)
    var placed = population.hosts
    var assignment = Assignment(
      policy: configuration.assignment, hosts: &placed, served: population.served,
      prices: configuration.hosts.map(\.price), regions: configuration.regions)
    hosts = UniqueList(placed)
    books = [HostBook](repeating: HostBook(), count: placed.count)
    let kinds = RequestKinds(configuration, population, &assignment)
    self.assignment = assignment
    eligibilityModels = kinds.models
    referencePrices = kinds.referencePrices
    var fleet = ServerFleet(reservingServers: hosts.count)
    (serverKinds, proofTerms) = population.install(in: &fleet, assignment.eligibilities)
    proverFreeAt =
      proofTerms.contains { $0.prover == .cpu }
      ? [SimTime](repeating: .zero, count: hosts.count) : []
    self.fleet = fleet
    sources = kinds.sources
    let chain = MarketChain(configuration, models: population.models)
    let blockTime = chain.producer.parameters.blockTime
    self.chain = chain
    let spacing = SimDuration(nanoseconds: configuration.duration.nanoseconds / 288)
    // Not by `??`, whose closure would capture the half-made market: Swift 6.3.1 then releases
    // what it does not own.
    if let chosen = configuration.outputs.sampleInterval {
      sampleSpacing = chosen
    } else {
      sampleSpacing = max(spacing, blockTime)
    }
    let nothing = Measurements(payerCount: 1 + configuration.accounts.paymasters.count)
    boxedMeasured = Boxed(nothing)
    boxedCounting = Boxed(Counting(warmUp: warmUp, measured: nothing))
    scores = configuration.hosts.map { _ in ScoreDistribution() }
    if renterTerms.contains(where: \.paysInETH) {
      ethRevenues = [ETHFlow](repeating: ETHFlow(), count: hosts.count)
    }
    if configuration.needsOfficials { self.chain.endowOfficials() }
    if configuration.emergency != nil { self.chain.empowerCouncil() }
    prepareBusiness()
    register(population)
    prepareGovernance()
    prepareScript()
    prepareWatch()
    prepareReputations()
    recountLedgers(at: .zero)
    scheduleFirstEvents()
  }

  /// Everybody gets an account and means; hosts stake and register, as transactions of genesis
  /// that nobody pays for.
  private mutating func register(_ population: borrowing Population) {
    for index in hosts.indices {
      let cohort = configuration.hosts[Int(hosts[index].cohort)]
      hosts[index].account = account(ofHost: index, cohort, population.served[index])
      hosts[index].stake = chain.stake(of: hosts[index].account).approximate * 1e-18
      scores[Int(hosts[index].cohort)].insert(hosts[index].score)
    }
    if jobRules.barsSuspicious {
      for index in hosts.indices where !hosts[index].isAway {
        hosts[index].isBarred = chain.isSuspicious(hosts[index].account)
      }
    }
    let takesBonds = configuration.mayTakeBonds
    for index in renters.indices {
      let terms = renterTerms[Int(renters[index].cohort)]
      renters[index].account = chain.addRenter(
        budget: terms.budget, inETH: terms.paysInETH,
        bonds: takesBonds ? terms.bondCapital : 0)
    }
    vigilance.effort = configuration.verifiers.effort
    verifiers = chain.verifiers.map { Verifier(account: $0) }
    idleVerifiers = MinimumTree(count: verifiers.count)
    for verifier in verifiers.indices { idleVerifiers.setKey(0, of: verifier) }
    for _ in 0..<configuration.challengers.count {
      let capital = configuration.challengers.capital
      challengers.append(
        Challenger(
          account: chain.addChallenger(capital: capital), capital: Double(capital)))
    }
    measured.hostsUp = hosts.count - measured.hostsAway
  }

  private mutating func account(
    ofHost index: Int, _ cohort: HostCohort, _ served: [HostPool.Key]
  ) -> AccountID {
    if hosts[index].isAway {
      return chain.addOutsider(extraStake: cohort.extraStake, reserve: cohort.reserve)
    }
    if let ring = cohort.behaviour.group, ring.sharesController {
      let number = hosts[index].ring
      // Rings are numbered in the order of their first hosts.
      if index == 0 || hosts[index - 1].ring != number {
        controllers.append(chain.addController(nodes: ring.size))
      }
      return chain.addHost(
        controlledBy: controllers[controllers.count - 1], extraStake: cohort.extraStake,
        reserve: cohort.reserve)
    }
    return chain.addHost(
      extraStake: cohort.extraStake, reserve: cohort.reserve,
      models: served.map { chain.texts.models[Int($0.model)] }, memory: served[0].memoryGiB)
  }

  private mutating func scheduleFirstEvents() {
    // Before all else, so that it comes first among the events of its instant.
    if counting.warmUp.duration > .zero {
      kernel.schedule(.warmUpEnded, at: countedFrom, in: .chain)
    }
    prepareChanges()
    for index in hosts.indices {
      let host = HostID(UInt32(index))
      if hostTerms[Int(hosts[index].cohort)].hasOutages { beginAvailability(of: host) }
      refresh(host)
    }
    for cohort in sources.indices { scheduleNextArrival(of: UInt32(cohort)) }
    kernel.schedule(.blockSealed, at: chain.producer.nextDueTime, in: .chain)
    kernel.schedule(.sampleDue, at: .zero + sampleSpacing, in: .sampling)
  }
}
