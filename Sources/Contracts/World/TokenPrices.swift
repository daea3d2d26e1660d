import Quantities

/// Prices that contracts see in a block, in millionths of a US dollar a token.
///
/// An oracle that the reference does not have: the documented rules convert a payment into stake.
public struct TokenPrices: BitwiseCopyable, Hashable, Sendable {
  public var fab: UInt64
  public var eth: UInt64

  /// - Precondition: `fab` is not zero.
  public init(fab: UInt64 = 1_000_000, eth: UInt64 = 3_000_000_000) {
    precondition(fab > 0, "FAB must be worth something")
    self.fab = fab
    self.eth = eth
  }

  /// FAB base units of the worth of a payment, rounded down. A USDC is a dollar.
  ///
  /// - Parameter payment: Wei, or millionths of a USDC.
  func inFAB(_ payment: UInt256, isETH: Bool) -> UInt256 {
    let scale = isETH ? UInt256(eth) : UInt256(1_000_000_000_000) * 1_000_000
    let (worth, overflow) = payment.multipliedReportingOverflow(by: scale)
    return overflow ? .max : worth / UInt256(fab)
  }
}
