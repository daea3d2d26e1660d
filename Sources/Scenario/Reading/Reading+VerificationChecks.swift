internal import Market

/// What those who look at proofs and results need to have any effect.
extension Reading {
  /// Challengers must look at proofs and own what a challenge takes; what verifiers do about
  /// challenges and planted errors needs some.
  func checkVerification(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    if configuration.challengers.count > 0 { checkChallengers(configuration, tree) }
    checkBonds(configuration, tree)
    let path = DocumentPath.top.appending("verifiers")
    let verifiers = configuration.verifiers
    if verifiers.colluding > 0, configuration.challengers.count == 0, verifiers.checkRate == 0 {
      complain(
        path.appending("colluding"), tree,
        "is of checks and challenges, and nobody checks results or challenges proofs",
        do: "leave it out, or add checkRate beside it or challengers: {count: 1} at the top level")
    }
    if let effort = configuration.verifiers.effort, effort.jackpot > 0, effort.forcedErrors == 0 {
      complain(
        path.appending("effort").appending("jackpot"), tree,
        "is for planted errors, and none are planted",
        do: "leave it out, or add forcedErrors above 0 % beside it")
    }
  }

  /// Bonds of disputes must be within the means of those who dispute.
  func checkBonds(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let bond = configuration.leastValue(of: "disputeBond")
    for (index, renter) in configuration.renters.enumerated() {
      guard let capital = renter.disputes?.capital, .wholeTokens(capital) < bond.value else {
        continue
      }
      complain(
        DocumentPath.top.appending("renters").appending(index).appending("disputes")
          .appending("capital"), tree,
        "is \(capital.grouped) FAB, and each dispute takes a bond of \(bond.text)",
        do: "give renters as much or more, or lower protocol.disputeBond")
    }
  }

  private func checkChallengers(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let challengers = configuration.challengers
    let path = DocumentPath.top.appending("challengers")
    let stake = configuration.leastValue(of: "challengeStakeMin")
    if .wholeTokens(challengers.capital) < stake.value {
      complain(
        path.appending("capital"), tree,
        "is \(challengers.capital.grouped) FAB, and each challenge takes a stake of \(stake.text)",
        do: "give challengers as much or more, or lower protocol.challengeStakeMin")
    }
    if challengers.checkRate == 0 {
      complain(
        path.appending("checkRate"), tree, "lets challengers look at no proof",
        do: "write a share above 0 %, or leave challengers out")
    }
  }
}
