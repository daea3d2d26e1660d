/// What a renter pays its jobs in.
///
/// Every contract takes USDC. `JobMarketplace` takes ETH too, as the value of the post;
/// `JobMarketplaceFAB` takes USDC alone.
public enum PaymentCurrency: String, Sendable, CaseIterable {
  case usdc
  case eth
}

extension RenterCohort {
  /// What each renter has for its jobs at the start, in units of what it pays in: 10⁻⁶ USDC, or
  /// 10⁶ wei, rounded to the nearest.
  ///
  /// - Parameter price: USD per ETH, at which a budget that is given in USDC buys ETH.
  /// - Precondition: Below 2⁶³ units; scenario files are checked for that.
  func budgetUnits(ethPrice price: Double) -> UInt64 {
    switch pays {
    case .usdc: UInt64((budget * 1e6).rounded())
    case .eth: UInt64((budgetETH(at: price) * 1e12).rounded())
    }
  }

  /// ETH that each renter has for its jobs, when it pays in ETH.
  package func budgetETH(at price: Double) -> Double { ethBudget ?? budget / price }
}
