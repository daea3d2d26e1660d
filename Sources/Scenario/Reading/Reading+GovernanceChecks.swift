internal import Contracts
internal import Market
internal import Quantities

/// What proposals ask of those who make them.
extension Reading {
  /// A proposal must be made within the run, by somebody whom the contract lets make it.
  func checkGovernance(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let governance = configuration.governance
    let threshold = configuration.leastValue(of: "proposalThreshold")
    // Dealing out the votes of a large cohort takes a while, and most cohorts propose nothing.
    let votes = governance.voters.enumerated().map { number, voters in
      governance.proposals.contains { $0.by == number } ? voters.votesOfLeader : 0
    }
    for (index, proposal) in governance.proposals.enumerated() {
      let path = DocumentPath.top.appending("governance").appending("proposals").appending(index)
      checkBeforeEnd(proposal.at, path.appending("at"), configuration, tree)
      if .wholeTokens(votes[proposal.by]) >= threshold.value { continue }
      complain(
        path.appending("by"), tree,
        "is \"\(governance.voters[proposal.by].name)\", whose first voter has "
          + "\(votes[proposal.by].grouped) votes, and a proposal needs \(threshold.text)",
        do: "give that cohort more tokens, or lower protocol.proposalThreshold")
    }
  }
}

extension MarketConfiguration {
  /// The lowest value that a rule has during the run, by what changes and proposals make of it.
  func leastValue(of rule: String) -> (value: UInt256, text: String) {
    guard let parameter = ProtocolParameter.named(rule) else {
      preconditionFailure("\(rule) is no rule of the protocol")
    }
    var least = parameter.value(in: rules.values)
    for change in changes {
      if case .rule(rule, let value) = change.effect { least = min(least, value) }
    }
    for update in governance.proposals.flatMap(\.updates) where update.key == rule {
      least = min(least, update.value)
    }
    return (least, parameter.text(of: least, under: rules.values))
  }
}

extension UInt256 {
  /// Whole coins of a token with 18 decimals in base units.
  static func wholeTokens(_ count: Int) -> UInt256 {
    UInt256(UInt128(count) * 1_000_000_000_000_000_000)
  }
}
