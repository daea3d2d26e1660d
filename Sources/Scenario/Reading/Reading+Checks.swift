internal import Contracts
internal import Market
internal import Quantities

/// What must hold between parts of a scenario that are each right on their own.
extension Reading {
  func check(_ configuration: MarketConfiguration, against tree: DocumentTree) {
    checkStakes(configuration, tree)
    checkProofs(configuration, tree)
    checkReputationAsked(configuration, tree)
    checkPayments(configuration, tree)
    checkConduct(configuration, tree)
    checkReputations(configuration, tree)
    checkBusiness(configuration, tree)
    checkRentersConduct(configuration, tree)
    checkVerification(configuration, tree)
    checkScript(configuration, tree)
    checkGovernance(configuration, tree)
    checkExpectations(configuration, tree)
    checkNames(configuration.hosts.map(\.name), of: "hosts", tree)
    checkNames(configuration.renters.map(\.name), of: "renters", tree)
    checkSomebody(configuration.hosts.map(\.count), of: "hosts", tree)
    checkSomebody(configuration.renters.map(\.count), of: "renters", tree)
    checkTimes(configuration, tree)
    checkSteadyState(configuration, tree)
    checkFeasibility(of: configuration.hosts, tree)
    for (index, cohort) in configuration.renters.enumerated() {
      let path = DocumentPath.top.appending("renters").appending(index)
      checkTrace(cohort, at: path, configuration, tree)
      checkDemand(cohort, at: path, configuration, tree)
      checkSameRegion(cohort, at: path, configuration, tree)
    }
  }

  func complain(
    _ path: DocumentPath, _ tree: DocumentTree, _ whatHappened: String, do whatToDo: String
  ) {
    complain(at: tree.location(of: path), "\(path)", whatHappened, do: whatToDo)
  }

  /// Stakes are stated in FAB, and hosts register with what they say of themselves.
  private func checkStakes(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    if configuration.rules.values.metadataLimit < MarketTexts.metadataLength {
      complain(
        .top.appending("protocol").appending("metadataLimit"), tree,
        "is \(configuration.rules.values.metadataLimit), and hosts register with "
          + "\(MarketTexts.metadataLength) bytes",
        do: "write \(MarketTexts.metadataLength) or more")
    }
    if configuration.rules.values.stakesInFAB { return }
    for (index, host) in configuration.hosts.enumerated() where host.extraStake > 0 {
      complain(
        DocumentPath.top.appending("hosts").appending(index).appending("extraStake"), tree,
        "is in FAB, and hosts stake ETH under profile \(configuration.rules.profile.rawValue)",
        do: "leave it out, or choose another profile")
    }
  }

  /// Jobs that wait for a proof need contracts that know proofs, and somebody who verifies them.
  private func checkProofs(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let isEnforced = configuration.rules.values.requirementsEnforced
    for (index, renter) in configuration.renters.enumerated() where renter.proofRequired > 0 {
      let path = DocumentPath.top.appending("renters").appending(index)
        .appending("proofRequired")
      if !isEnforced {
        complain(
          path, tree,
          "asks for proofs, which nothing enforces under profile "
            + configuration.rules.profile.rawValue,
          do: "leave it out, or choose profile \(ProtocolProfile.documented.rawValue)")
      } else if configuration.verifiers.count == 0 {
        complain(
          path, tree, "asks for proofs that nobody verifies",
          do: "add verifiers: {count: 1} or more at the top level")
      }
    }
  }

  /// The reference writes the score that a renter asks for down, and nobody reads it.
  private func checkReputationAsked(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    if configuration.rules.values.requirementsEnforced { return }
    for (index, renter) in configuration.renters.enumerated() where renter.minReputation > 0 {
      complain(
        DocumentPath.top.appending("renters").appending(index).appending("minReputation"), tree,
        "asks for a score, which nothing enforces under profile "
          + configuration.rules.profile.rawValue,
        do: "leave it out, or choose profile \(ProtocolProfile.documented.rawValue)")
    }
  }

  private func checkNames(_ names: [String], of list: String, _ tree: DocumentTree) {
    var firsts: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard let first = firsts.updateValue(firsts[name] ?? index, forKey: name) else { continue }
      let path = DocumentPath.top.appending(list).appending(index).appending("name")
      complain(
        path, tree, "is \"\(name)\", the name of \(list)[\(first)]",
        do: "give each cohort its own name")
    }
  }

  private func checkFeasibility(of hosts: [HostCohort], _ tree: DocumentTree) {
    for (index, host) in hosts.enumerated() {
      guard let (model, words) = HostFeasibility.problem(of: host) else { continue }
      let serves = DocumentPath.top.appending("hosts").appending(index).appending("serves")
      let isListed = tree.part(at: serves)?.items != nil
      let path = model.flatMap { isListed ? serves.appending($0) : nil } ?? serves
      let named = model.map { host.serves[$0] }.map { "\($0.model)@\($0.precision), which " } ?? ""
      complain(
        path, tree, named.isEmpty ? words : "is \(named)\(words)",
        do: "serve less, or use other GPUs or another number of them")
    }
  }

  private func checkSomebody(_ counts: [Int], of list: String, _ tree: DocumentTree) {
    if counts.contains(where: { $0 > 0 }) { return }
    complain(
      .top.appending(list), tree, "holds nobody: every count is 0", do: "give a cohort a count")
  }

  /// A model that nobody serves, or only on too little memory, would leave every request unserved.
  private func checkDemand(
    _ cohort: RenterCohort, at path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    let models = path.appending("models")
    for (index, demand) in cohort.models.enumerated() {
      let spelled = demand.spelled
      let serving = configuration.hosts.filter { $0.count > 0 && $0.serves(demand) }
      let place =
        tree.part(at: models)?.items == nil
        ? models.appending(spelled)
        : models.appending(index)
      guard !serving.isEmpty else {
        let served = configuration.hosts.filter { $0.count > 0 }.flatMap(\.serves)
          .map { "\($0.model)@\($0.precision)" }
        complain(
          place, tree, "asks for \(spelled), which no host serves",
          do: "ask for what is served: \(Nearest.list(served.distinct))")
        continue
      }
      checkMemory(cohort, of: serving, asking: spelled, at: path, tree)
    }
    if cohort.models.isEmpty {
      checkMemory(
        cohort, of: configuration.hosts.filter { $0.count > 0 }, asking: "a model", at: path, tree)
    }
  }

  /// Requests that must stay in a region where nobody serves them would all be refused.
  private func checkSameRegion(
    _ cohort: RenterCohort, at path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    guard cohort.sameRegion > 0, cohort.count > 0 else { return }
    let hosts = configuration.hosts.filter {
      $0.count > 0 && HostFeasibility.memory(of: $0) >= cohort.minGPUMemory
    }
    let demands =
      cohort.models.isEmpty
      ? hosts.flatMap(\.serves).map(\.model).distinct.map { RenterCohort.Demand(model: $0) }
      : cohort.models
    for (region, name) in configuration.regions.names.enumerated()
    where cohort.regions.weights[region] > 0 {
      let unserved = demands.first { demand in
        let serving = hosts.filter { $0.serves(demand) }
        return !serving.isEmpty && !serving.contains { $0.regions.weights[region] > 0 }
      }
      guard let unserved else { continue }
      complain(
        path.appending("sameRegion"), tree,
        "keeps requests of renters in \(name) there, where no host serves \(unserved.spelled)",
        do: "let such hosts live in \(name), or these renters elsewhere, or leave sameRegion out")
    }
  }

  private func checkMemory(
    _ cohort: RenterCohort, of hosts: [HostCohort], asking model: String, at path: DocumentPath,
    _ tree: DocumentTree
  ) {
    let largest = hosts.map { HostFeasibility.memory(of: $0) }.max() ?? 0
    if cohort.minGPUMemory <= largest { return }
    complain(
      path.appending("minGPUMemory"), tree,
      "is \(cohort.minGPUMemory) GiB, but the largest host that serves \(model) has "
        + "\(largest) GiB",
      do: "ask for less, or add such hosts")
  }
}

extension HostCohort {
  fileprivate func serves(_ demand: RenterCohort.Demand) -> Bool {
    serves.contains {
      $0.model == demand.model && $0.precision == demand.precision ?? $0.precision
    }
  }
}

extension RenterCohort.Demand {
  /// As a scenario writes it.
  fileprivate var spelled: String { model + (precision.map { "@\($0)" } ?? "") }
}

extension [String] {
  /// Each text once, in the order of its first appearance.
  fileprivate var distinct: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
