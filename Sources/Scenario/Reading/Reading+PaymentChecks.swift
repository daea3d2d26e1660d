internal import Contracts
internal import Market

/// What renters can pay in under the contracts that a scenario runs on.
extension Reading {
  /// Renters pay in what the marketplace takes, and have a budget in that.
  func checkPayments(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let profile = configuration.rules.profile
    for (index, renter) in configuration.renters.enumerated() {
      let path = DocumentPath.top.appending("renters").appending(index)
      switch renter.pays {
      case .usdc:
        if renter.ethBudget == nil { continue }
        complain(
          path.appending("budget"), tree, "is in ETH, and these renters pay in USDC",
          do: "write an amount of USDC, or pays: eth")
      case .eth:
        if profile == .referenceFAB {
          complain(
            path.appending("pays"), tree,
            "is eth, and the marketplace of profile \(profile.rawValue) takes USDC alone",
            do: "write usdc, or choose another profile: reference-eth, documented")
        }
        if renter.budgetETH(at: configuration.chain.ethPrice) > Self.largestETHBudget {
          complain(
            path.appending("budget"), tree,
            "is more than \(Self.largestETHBudget.plain) ETH at chain.ethPrice",
            do: "write a smaller amount")
        }
      }
    }
  }

  /// What a renter can have in the market's units of ETH: far more than there is.
  private static var largestETHBudget: Double { 1_000_000 }
}
