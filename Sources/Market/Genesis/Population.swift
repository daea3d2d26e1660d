import Contracts
import EVM
package import Inference
import Kernel
import Quantities

/// Who exists when a run begins: hosts and renters with their fixed traits, and what each host can
/// serve how fast. A function of the configuration alone, shared by its replications.
struct Population: Sendable {
  var hosts: [Host] = []
  var renters: [Renter] = []
  var ringCount: UInt32 = 0
  /// GiB of a host's GPUs, of each host cohort.
  var memories: [UInt16] = []
  /// Pools of each host.
  var served: [[HostPool.Key]] = []
  /// Number of each model and precision that occurs, by name.
  var models: [String] = []
  var precisions: [String] = []
  var hostTerms: [HostTerms] = []
  var renterTerms: [RenterTerms] = []
  /// Deployment of each (cohort, served model), in cohort order.
  var deployments: [[ServedDeployment]] = []

  /// One served model of a cohort.
  struct ServedDeployment: Sendable {
    var key: HostPool.Key
    var kind: ServerKind
    var proof: ProofTerms
  }

  /// - Throws: `InfeasibleHosts` when a cohort cannot serve what it says; scenario files are checked
  ///   before, so only configurations built in code get here.
  init(_ configuration: MarketConfiguration) throws {
    let traits = MarketStreams(seed: configuration.seed, replication: 0).traits
    for (number, cohort) in configuration.hosts.enumerated() {
      try addHosts(cohort, number: number, configuration, traits)
    }
    for (number, cohort) in configuration.renters.enumerated() {
      addRenters(cohort, number: number, configuration, traits)
    }
  }

  private mutating func addHosts(
    _ cohort: HostCohort, number: Int, _ configuration: MarketConfiguration, _ traits: StreamSource
  ) throws {
    let gpu = try Catalogue.gpu(cohort.gpu)
    let memory = UInt16(clamping: Int(gpu.memory / 0x1p30) * cohort.gpuCount)
    memories.append(memory)
    var services: [ServedDeployment] = []
    for name in cohort.serves {
      let kind = try ServerKind(serving: name, by: cohort)
      let key = HostPool.Key(
        model: identifier(of: name.model, in: \.models),
        precision: identifier(of: name.precision, in: \.precisions), region: 0, memoryGiB: memory,
        tokenLimit: Int32(clamping: min(kind.cacheTokens, kind.contextMaximum)),
        tariff: configuration.assignment == .cheapest ? UInt16(number) : 0)
      services.append(
        ServedDeployment(key: key, kind: kind, proof: try cohort.proofTerms(of: name)))
    }
    deployments.append(services)
    let paymasters = configuration.accounts.paymasters.map(\.name)
    let watts = (gpu.thermalDesignPower ?? 0) * Double(cohort.gpuCount)
    hostTerms.append(HostTerms(cohort, watts: watts, paymasters: paymasters))
    let room = (cohort.discipline == .fifo ? 1 : cohort.maxSequences) + cohort.queueLimit
    let limit = UInt32(
      (Double(room) * (cohort.behaviour.overcommitted?.factor ?? 1)).rounded(.down))
    let ringSize = cohort.behaviour.group?.size ?? 0
    for member in 0..<cohort.count {
      if ringSize > 0, member % ringSize == 0 { ringCount += 1 }
      var stream = traits.stream(entity: UInt64(number) << 32 | UInt64(member), event: 0)
      let region = UInt16(stream.index(weightedBy: cohort.regions.weights))
      let spread = cohort.price.spread
      let factor =
        spread > 0 && !cohort.price.isZero ? stream.lognormal(logMean: 0, logDeviation: spread) : 1
      hosts.append(
        Host(
          account: .zero, ring: ringSize > 0 ? ringCount : 0, cohort: UInt16(number),
          region: region, priceFactor: factor,
          limit: limit, score: UInt32(clamping: configuration.rules.values.initialReputation),
          server: ServerFleet.ServerID(rawValue: UInt32(hosts.count))))
      served.append(
        services.map { service in
          var key = service.key
          key.region = region
          return key
        })
    }
  }

  private mutating func addRenters(
    _ cohort: RenterCohort, number: Int, _ configuration: MarketConfiguration,
    _ traits: StreamSource
  ) {
    var terms = RenterTerms(
      cohort, paymasters: configuration.accounts.paymasters.map(\.name),
      ethPrice: configuration.chain.ethPrice)
    if let master = cohort.master {
      terms.puppetsPerHost = UInt32(master.puppetsPerHost)
      terms.firstMaster = UInt32(
        configuration.hosts.prefix(master.cohort).reduce(0) { $0 + $1.count })
      terms.firstRenter = UInt32(renters.count)
      terms.isGriefing = master.isGriefing
      terms.outside = master.outside
      terms.isFundedByMaster = master.fundsPuppets
    }
    renterTerms.append(terms)
    for member in 0..<cohort.count {
      var stream = traits.stream(entity: UInt64(number) << 32 | UInt64(member), event: 1)
      let region = UInt16(stream.index(weightedBy: cohort.regions.weights))
      renters.append(Renter(account: .zero, cohort: UInt16(number), region: region))
    }
  }

  private mutating func identifier(
    of name: String, in list: WritableKeyPath<Population, [String]>
  ) -> UInt16 {
    if let known = self[keyPath: list].firstIndex(of: name) { return UInt16(known) }
    self[keyPath: list].append(name)
    return UInt16(self[keyPath: list].count - 1)
  }
}

extension Population {
  /// Builds every host's server in an empty fleet, numbered as the hosts are.
  ///
  /// - Returns: The kind that serves each eligibility in each cohort, cohort by cohort, and what it
  ///   takes to prove its work.
  func install(
    in fleet: inout ServerFleet, _ eligibilities: [Eligibility]
  ) -> (kinds: [ServerFleet.KindID], proofs: [ProofTerms]) {
    var kinds: [ServerFleet.KindID] = []
    var proofs: [ProofTerms] = []
    var firstKinds: [ServerFleet.KindID] = []
    for cohort in deployments {
      let own = cohort.map { fleet.add($0.kind) }
      firstKinds.append(own[0])
      for eligibility in eligibilities {
        let match = cohort.firstIndex { deployment in
          deployment.key.model == eligibility.requirement.model
            && (eligibility.requirement.precision ?? deployment.key.precision)
              == deployment.key.precision
        }
        kinds.append(own[match ?? 0])
        proofs.append(cohort[match ?? 0].proof)
      }
    }
    for host in hosts {
      let server = fleet.addServer(firstKinds[Int(host.cohort)])
      precondition(server == host.server, "servers are numbered as their hosts")
    }
    return (kinds, proofs)
  }
}

extension ServerKind {
  /// What one host of a cohort can do for one of its models, the weights of the others being loaded
  /// beside it.
  ///
  /// - Throws: `CatalogueError` for unknown names, `DeploymentProblem` for what cannot be.
  package init(serving name: ServedModel, by cohort: HostCohort) throws {
    let discipline: Discipline = cohort.discipline == .fifo ? .fifo : .continuousBatching
    var settings = ServerSettings(discipline: discipline)
    settings.sequencesMaximum = cohort.maxSequences
    settings.tokenBudget = max(settings.tokenBudget, cohort.maxSequences)
    var resident = 0.0
    for other in cohort.serves where other != name {
      resident += try MemoryFit(cohort.deployment(of: other)).weights
    }
    let point = cohort.benchmark.map { benchmark in
      BenchmarkPoint(
        decodeRate: benchmark.decodeRate, concurrency: benchmark.concurrency,
        context: Double(benchmark.context), prefillRate: benchmark.prefillRate,
        promptTokens: benchmark.promptTokens)
    }
    try self.init(
      cohort.deployment(of: name), settings: settings, benchmark: point,
      coefficients: cohort.coefficients?.table ?? Catalogue.coefficients, beside: resident)
  }
}

extension HostCohort {
  /// One of the cohort's models on the hardware of one host.
  ///
  /// - Throws: `CatalogueError` for unknown names.
  package func deployment(of name: ServedModel) throws -> Deployment {
    let engine = try Catalogue.engine(
      engine ?? (discipline == .fifo ? "llama.cpp" : "vllm-new"))
    return try Deployment(
      gpu: Catalogue.gpu(gpu),
      serving: Inference.ServedModel(parsing: "\(name.model)@\(name.precision)"),
      engine: engine, parallelism: engine.parallelism(gpus: gpuCount),
      // What was fitted on the user's rows is meant to be used.
      coefficients: coefficients == nil ? .kernelWhereProfiled : .architectureClass)
  }
}
