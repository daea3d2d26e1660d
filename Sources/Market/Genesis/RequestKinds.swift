/// The kinds of requests that renters make, and the sources that make them.
struct RequestKinds {
  var sources: [RequestSource] = []
  /// Number of the model that each eligibility asks for.
  var models: [UInt16] = []
  /// Mean asking price of the hosts of each eligibility.
  var referencePrices: [HostCohort.Price] = []

  init(
    _ configuration: MarketConfiguration, _ population: borrowing Population,
    _ assignment: inout Assignment
  ) {
    var firstRenter: UInt32 = 0
    for (number, cohort) in configuration.renters.enumerated() {
      let demands = Self.demands(of: cohort, population)
      var eligibilities: [UInt16] = []
      for demand in demands {
        guard let model = population.models.firstIndex(of: demand.model) else {
          preconditionFailure("renters \(cohort.name) ask for \(demand.model), which nobody serves")
        }
        let precision = demand.precision.flatMap { population.precisions.firstIndex(of: $0) }
        for region in -1..<configuration.regions.names.count {
          // Column 0 is for requests that any region may serve.
          eligibilities.append(
            assignment.eligibility(
              for: Eligibility.Requirement(
                model: UInt16(model), precision: precision.map { UInt16($0) },
                region: region < 0 ? nil : UInt16(region), minGPUMemory: cohort.minGPUMemory)))
        }
      }
      sources.append(
        RequestSource(
          cohort: UInt32(number), configuration: cohort, firstRenter: firstRenter,
          lengths: LengthSampler(cohort.lengths), demandWeights: demands.map(\.weight),
          eligibilities: eligibilities, regionCount: configuration.regions.names.count,
          factors: configuration.demandFactors(ofCohort: number)))
      firstRenter += UInt32(cohort.count)
    }
    models = assignment.eligibilities.map(\.requirement.model)
    referencePrices = assignment.eligibilities.map { eligibility in
      Self.referencePrice(of: eligibility, assignment, population)
    }
  }

  private static func demands(
    of cohort: RenterCohort, _ population: borrowing Population
  ) -> [RenterCohort.Demand] {
    cohort.models.isEmpty
      ? population.models.map { RenterCohort.Demand(model: $0) } : cohort.models
  }

  private static func referencePrice(
    of eligibility: Eligibility, _ assignment: borrowing Assignment,
    _ population: borrowing Population
  ) -> HostCohort.Price {
    var prompt = 0.0
    var output = 0.0
    var count = 0.0
    for pool in eligibility.pools {
      for host in assignment.pools[Int(pool)].hosts {
        let row = population.hosts[Int(host.index)]
        let terms = population.hostTerms[Int(row.cohort)]
        prompt += terms.promptPerMillion * row.priceFactor
        output += terms.outputPerMillion * row.priceFactor
        count += 1
      }
    }
    guard count > 0 else { return HostCohort.Price(promptPerMillion: 0, outputPerMillion: 0) }
    return HostCohort.Price(promptPerMillion: prompt / count, outputPerMillion: output / count)
  }
}
