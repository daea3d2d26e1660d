public import Quantities

/// What a sender offers for the inclusion of a transaction.
public struct TransactionTerms: BitwiseCopyable, Hashable, Sendable {
  /// Wei per gas beyond the base fee, at most; below 2⁶⁴.
  public var tipMaximum: Wei
  /// Wei per gas in all, at most; below 2⁶⁴.
  public var feeMaximum: Wei
  public var gasLimit: Gas

  @inlinable public init(tipMaximum: Wei, feeMaximum: Wei, gasLimit: Gas) {
    self.tipMaximum = tipMaximum
    self.feeMaximum = feeMaximum
    self.gasLimit = gasLimit
  }

  /// The usual wallet's offer: room for the base fee to double while the transaction waits.
  @inlinable public init(tip: Wei, whenBaseFeeIs baseFee: Wei, gasLimit: Gas) {
    self.init(
      tipMaximum: tip, feeMaximum: Wei(2 * baseFee.rawValue) + tip, gasLimit: gasLimit)
  }
}
