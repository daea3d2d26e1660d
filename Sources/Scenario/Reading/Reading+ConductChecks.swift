internal import Contracts
internal import Market
internal import Quantities

/// What people can do under the contracts that a scenario runs on.
extension Reading {
  /// Rings must fit their cohort, and spot checks must be able to stop a payment.
  func checkConduct(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    for (index, host) in configuration.hosts.enumerated() {
      guard let ring = host.behaviour.group else { continue }
      let behaviour = DocumentPath.top.appending("hosts").appending(index).appending("behaviour")
      if host.behaviour.sybilRing != nil, host.behaviour.fleet != nil {
        complain(
          behaviour.appending("fleet"), tree,
          "is given beside sybilRing, and is the same in the open",
          do: "remove one of them")
      }
      let path = behaviour.appending(host.behaviour.sybilRing == nil ? "fleet" : "sybilRing")
      if ring.sharesController, configuration.rules.profile == .referenceFAB {
        complain(
          path.appending("controller"), tree,
          "is shared, and the registry of profile reference-fab knows no controllers",
          do: "write separate, or choose another profile")
      }
      if ring.size <= host.count || host.count == 0 { continue }
      complain(
        path.appending("size"), tree,
        "is \(ring.size), and the cohort has \(host.count) hosts",
        do: "write a size from 2 to the cohort's count")
    }
    checkStakeCoin(configuration, tree)
    checkParts(configuration, tree)
    checkEffort(configuration, tree)
    checkWeighing(configuration, tree)
    guard configuration.verifiers.checkRate > 0 else { return }
    let path = DocumentPath.top.appending("verifiers")
    if configuration.verifiers.count == 0 {
      complain(
        path.appending("checkRate"), tree, "asks for checks, and nobody verifies",
        do: "give verifiers a count of 1 or more")
    }
    let rules = configuration.rules.values
    if !rules.disputesAct || !rules.escrowPerJob || rules.payoutWithoutProof == .onCompletion {
      complain(
        path.appending("checkRate"), tree,
        "asks for checks of jobs that are paid as soon as they complete, which change nothing",
        do: "choose profile documented and payoutWithoutProof: afterChallengeWindow")
    }
  }

  /// Slashes, penalties and bonds are in FAB.
  private func checkStakeCoin(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let rules = configuration.rules.values
    guard configuration.rules.profile != .referenceFAB, !rules.stakesInFAB else { return }
    for (key, isTaken, nothing) in [
      ("slash", rules.slash > 0, "0%"),
      ("challengePenalty", !rules.challengePenalty.isZero, "0 FAB"),
      ("disputeBond", !rules.disputeBond.isZero, "0 FAB"),
    ] where isTaken {
      complain(
        .top.appending("protocol").appending(key), tree,
        "takes FAB, which nobody has where hosts stake ETH",
        do: "write \(nothing), or stakesInFAB: true")
    }
  }

  /// Nobody is honest and a cheat at once, and a proof is forged only where one is asked for.
  private func checkParts(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    for (index, host) in configuration.hosts.enumerated() {
      let path = DocumentPath.top.appending("hosts").appending(index).appending("behaviour")
      let parts = tree.part(at: path)?.entries?.map(\.key) ?? []
      if parts.contains("milking"), !host.behaviour.judgesJobs {
        complain(
          path.appending("milking"), tree,
          "says from when on a host cheats, and there is no part by which it would",
          do: "add lazy, forging or abandoning, or leave it out")
      }
      // Who serves as promised under many names is both.
      let fraud = HostConduct.parts.first {
        $0.declaration.name != "sybilRing" && $0.isFraud(host.behaviour)
      }
      if parts.contains("honest"), let fraud {
        complain(
          path.appending("honest"), tree, "is given beside \(fraud.declaration.name)",
          do: "keep one of them")
      }
      if host.behaviour.lazy?.isFraud == true, configuration.rules.values.requirementsEnforced,
        configuration.renters.allSatisfy({ $0.proofRequired == 1 })
      {
        complain(
          path.appending("lazy"), tree, "makes up what need not be proven, and every job must be",
          do: "write forging, or give renters a proofRequired below 100 %")
      }
      if host.behaviour.forging?.isFraud == true,
        configuration.renters.allSatisfy({ $0.proofRequired == 0 })
      {
        complain(
          path.appending("forging"), tree, "forges proofs, and no renter asks for any",
          do: "leave it out, or give renters a proofRequired above 0 %")
      }
    }
  }

  /// Who weighs what the other side does must see some of it.
  private func checkEffort(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    guard configuration.verifiers.checkRate == 0 else { return }
    let cure = "give verifiers a checkRate above 0 %"
    if configuration.verifiers.effort != nil {
      complain(
        DocumentPath.top.appending("verifiers").appending("effort"), tree,
        "goes by the wrong results that spot checks find, and there are none", do: cure)
    }
    if configuration.rentersNotice { return }
    for (index, host) in configuration.hosts.enumerated() where host.behaviour.lazy?.weighing != nil
    {
      let path = DocumentPath.top.appending("hosts").appending(index).appending("behaviour")
      complain(
        path.appending("lazy").appending("when"), tree,
        "is weighed against the chance of being found out, and nobody does a job again or disputes it",
        do: cure + ", or renters disputes")
    }
  }

  /// What only a host weighs that asks whether a deed pays.
  private func checkWeighing(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    for (index, host) in configuration.hosts.enumerated() {
      let place = DocumentPath.top.appending("hosts").appending(index).appending("behaviour")
      let conduct = host.behaviour
      let parts = [
        ("lazy", conduct.lazy?.weighing), ("forging", conduct.forging?.weighing),
        ("abandoning", conduct.abandoning?.weighing),
      ]
      for (part, weighing) in parts where weighing == nil {
        for key in ["saving", "future", "expects", "weight"] {
          let path = place.appending(part).appending(key)
          guard tree.part(at: path) != nil else { continue }
          complain(
            path, tree, "is weighed by hosts that ask whether it pays, and these do not",
            do: "write when: profitable beside it, or leave it out")
        }
      }
      if conduct.lazy?.weighing != nil, !configuration.rentersNotice {
        for key in ["expects", "weight"] {
          let path = place.appending("lazy").appending(key)
          guard tree.part(at: path) != nil else { continue }
          complain(
            path, tree,
            "is a first guess of what renters notice, and none does; verifiers publish what they do again",
            do: "leave it out, or give renters disputes")
        }
      }
      if conduct.learning != nil, !conduct.hasWhatToLearn {
        complain(
          place.appending("learning"), tree,
          "chooses between honest work and other parts, of which there are none",
          do: "add a part that cheats, or leave it out")
      }
    }
  }

  /// Who leaves the registry must be let go, and must own what it staked.
  func checkBusiness(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let rules = configuration.rules.values
    let mayMove = rules.hostsMayLeave && rules.stakesInFAB && rules.mayRegisterAgain
    for (index, host) in configuration.hosts.enumerated() {
      let path = DocumentPath.top.appending("hosts").appending(index)
      let moves = [
        (path.appending("participation"), host.participation != nil),
        (path.appending("behaviour").appending("whitewashing"), host.behaviour.whitewashing != nil),
      ]
      for (place, isAsked) in moves where isAsked {
        if !mayMove {
          complain(
            place, tree,
            "needs hosts that leave and come back, which the registry of profile "
              + "\(configuration.rules.profile.rawValue) does not let them",
            do: "leave it out, or choose profile documented")
        }
        if host.behaviour.group?.sharesController == true {
          complain(
            place, tree, "is asked of hosts whose controller registered them",
            do: "write controller: separate, or leave it out")
        }
      }
      if host.behaviour.griefing != nil, !rules.failNeedsCause || !rules.escrowPerJob {
        complain(
          path.appending("behaviour").appending("griefing"), tree,
          "needs hosts that may give jobs up, as under profile documented",
          do: "leave it out, or choose profile documented")
      }
    }
  }

  /// Disputes, breakers and slashes must lead somewhere.
  func checkRentersConduct(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let rules = configuration.rules.values
    for (index, renter) in configuration.renters.enumerated() where renter.disputes != nil {
      if rules.disputesAct, rules.escrowPerJob, rules.payoutWithoutProof != .onCompletion {
        continue
      }
      complain(
        DocumentPath.top.appending("renters").appending(index).appending("disputes"), tree,
        "asks for disputes of jobs that are paid as soon as they complete, which change nothing",
        do: "choose profile documented and payoutWithoutProof: afterChallengeWindow")
    }
    if configuration.challengers.count > 0 {
      let hasProofs = configuration.renters.contains { $0.proofRequired > 0 }
      let isHeld = rules.escrowPerJob && rules.payout != .onCompletion
      if !hasProofs || !isHeld || configuration.verifiers.count == 0 {
        complain(
          DocumentPath.top.appending("challengers"), tree,
          "challenge proofs, and "
            + (!hasProofs
              ? "no renter asks for any"
              : configuration.verifiers.count == 0
                ? "nobody decides about challenges" : "proven jobs are paid at once"),
          do: "choose profile documented, and give renters proofRequired and the scenario verifiers"
        )
      }
    }
    if configuration.emergency != nil, configuration.rules.profile == .documented,
      !rules.emergencyPauseWorks
    {
      complain(
        DocumentPath.top.appending("emergency"), tree,
        "pauses by an emergency action, which does nothing while emergencyPauseWorks is false",
        do: "leave it out, or write emergencyPauseWorks: true")
    }
    if configuration.guardian != nil, configuration.rules.profile != .documented {
      complain(
        DocumentPath.top.appending("guardian"), tree,
        "opens a marketplace that profile \(configuration.rules.profile.rawValue) never closes",
        do: "leave it out, or choose profile documented")
    }
    if configuration.emergency != nil, configuration.rules.profile != .documented {
      complain(
        DocumentPath.top.appending("emergency"), tree,
        "pauses a marketplace that profile \(configuration.rules.profile.rawValue) gives no pause",
        do: "leave it out, or choose profile documented")
    }
    if !configuration.governance.proposals.isEmpty, configuration.rules.profile != .documented {
      complain(
        DocumentPath.top.appending("governance"), tree,
        "votes on rules, and the contracts of profile \(configuration.rules.profile.rawValue) "
          + "follow no votes",
        do: "leave it out, or choose profile documented")
    }
    for (index, kind) in configuration.detection.detectors.enumerated()
    where configuration.detection.actions[kind] == .slash && rules.slash == 0 {
      complain(
        DocumentPath.top.appending("detectors").appending(index).appending("act"), tree,
        "is slash, and nothing is slashed under this protocol",
        do: "write watch or refuse, or give the protocol a slash above 0 %")
    }
    checkDetectors(configuration, tree)
  }

  /// Each is named once, and finds in the public record what it looks at.
  private func checkDetectors(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let kinds = configuration.detection.detectors
    if let interval = configuration.detection.interval {
      let path = DocumentPath.top.appending("detectionInterval")
      if kinds.isEmpty {
        complain(
          path, tree, "spaces the rounds of detectors, of which there are none",
          do: "leave it out, or add detectors")
      } else if interval > configuration.duration {
        complain(
          path, tree, "is longer than the duration, so that no detector ever looks",
          do: "stay within \(configuration.duration.written)")
      }
    }
    if tree.entry("knownHosts") != nil, !configuration.hasWhoTrusts {
      complain(
        .top.appending("knownHosts"), tree, "says whom observers trust, and none begins with trust",
        do: "leave it out, or add sybilRank or eigenTrust to detectors or reputationModels")
    }
    for (index, model) in configuration.reputationModels.enumerated()
    where model.name == .eigenTrust && configuration.hasNoHonestHost {
      complain(
        DocumentPath.top.appending("reputationModels").appending(index), tree,
        "starts from known honest hosts, of which there are none at the start",
        do: "add a cohort of honest hosts, or leave it out")
    }
    for (index, kind) in kinds.enumerated() {
      let path = DocumentPath.top.appending("detectors").appending(index)
      if kinds[..<index].contains(kind) {
        complain(path, tree, "names \(kind.rawValue) again", do: "name each detector once")
      }
      if let threshold = configuration.detection.thresholds[kind] {
        checkThreshold(threshold, of: kind, at: path.appending("threshold"), tree)
      }
      switch kind {
      case .sybilRank where configuration.hasNoHonestHost,
        .eigenTrust where configuration.hasNoHonestHost:
        complain(
          path, tree, "starts from known honest hosts, of which there are none at the start",
          do: "add a cohort of honest hosts, or leave it out")
      case .eigenTrust where configuration.renters.allSatisfy({ $0.ratingProbability == 0 }):
        complain(
          path, tree, "follows ratings, and no renter rates anybody",
          do: "give renters a ratingProbability above 0, or leave it out")
      case .controllerThreshold where configuration.rules.profile == .referenceFAB:
        complain(
          path, tree,
          "counts nodes of controllers, whom the registry of profile reference-fab "
            + "does not know",
          do: "leave it out, or choose another profile")
      default: continue
      }
    }
  }
}

extension Reading {
  /// A line that every host or none can be above is none.
  private func checkThreshold(
    _ threshold: Double, of kind: DetectionConfiguration.Kind, at path: DocumentPath,
    _ tree: DocumentTree
  ) {
    let (isMeant, meaning) =
      switch kind {
      case .controllerThreshold, .fundingCluster:
        (threshold >= 2, "from 2 on: hosts that share a controller or a wallet")
      case .claimTiming, .sharedCustomers:
        (threshold > 0 && threshold <= 1, "above 0, at most 1: likeness to another host")
      case .sybilRank, .eigenTrust:
        (threshold > -1 && threshold <= 0, "above -1, at most 0: minus the trust that reaches it")
      case .selfDealing:
        (threshold > 0 && threshold <= 1, "above 0, at most 1: a share of its jobs")
      }
    guard !isMeant else { return }
    complain(
      path, tree, "is \(threshold.plain), where \(kind.rawValue) flags everybody or nobody",
      do: "write a number \(meaning)")
  }
}

extension MarketConfiguration {
  fileprivate var hasWhoTrusts: Bool {
    detection.detectors.contains(.sybilRank) || detection.detectors.contains(.eigenTrust)
      || reputationModels.contains { $0.name == .eigenTrust }
  }

  fileprivate var hasNoHonestHost: Bool {
    !hosts.contains { $0.behaviour.isHonest && $0.count > 0 && $0.participation?.initially != 0 }
  }
}
