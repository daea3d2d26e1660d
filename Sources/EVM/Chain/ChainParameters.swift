public import Quantities

/// What the operator of an OP-stack chain and its L1 set, as plain data: one value per network and
/// date. Everything here is public chain configuration except `background…`, which are model
/// choices and say so.
///
/// The footprint limit of Jovian (`daFootprintGasScalar`) is left out: at 148 gas per estimated
/// byte a call of these contracts stays below its execution gas, so it can never bind.
public struct ChainParameters: Hashable, Sendable {
  /// EIP-155 identifier, signed into every transaction.
  public var chainID: UInt64
  /// Seconds between the timestamps of consecutive blocks, ≥ 1.
  public var blockTime: SimDuration
  /// Gas that all transactions of a block may use.
  public var gasLimit: Gas
  /// Gas limit over gas target, ≥ 1.
  public var elasticity: UInt64
  /// The base fee moves by at most (elasticity − 1)/denominator upward and 1/denominator downward.
  public var baseFeeChangeDenominator: UInt64
  /// The base fee never falls below this, wei per gas; 0 before Jovian.
  public var baseFeeMinimum: Wei
  /// The largest gas limit that one transaction may state (EIP-7825).
  public var transactionGasLimitMaximum: Gas
  /// EIP-7623: gas per calldata token (zero byte 1, other byte 4) below which a transaction cannot
  /// fall, over the 21,000; 0 when not active.
  public var calldataFloorGasPerToken: Gas
  /// Price of data posted to the L1.
  public var l1: L1DataPrice
  /// Isthmus operator fee, as Jovian computes it.
  public var operatorFee: OperatorFeeRule
  /// b₀: the base fee at which everybody else demands `load` times the gas target, wei per gas.
  public var backgroundReferenceBaseFee: Wei
  /// The tip that everybody else typically pays, wei per gas.
  public var backgroundTip: Wei

  /// - Precondition: block time in whole seconds ≥ 1, elasticity and denominator ≥ 1, gas limit at
  ///   least the elasticity.
  public init(
    chainID: UInt64, blockTime: SimDuration, gasLimit: Gas, elasticity: UInt64,
    baseFeeChangeDenominator: UInt64, baseFeeMinimum: Wei, transactionGasLimitMaximum: Gas,
    calldataFloorGasPerToken: Gas, l1: L1DataPrice, operatorFee: OperatorFeeRule,
    backgroundReferenceBaseFee: Wei, backgroundTip: Wei
  ) {
    precondition(
      blockTime >= .seconds(1) && blockTime.nanoseconds % 1_000_000_000 == 0,
      "blocks carry whole seconds")
    precondition(elasticity >= 1 && baseFeeChangeDenominator >= 1, "EIP-1559 divides by these")
    precondition(gasLimit.units >= elasticity, "the gas target must not be zero")
    self.chainID = chainID
    self.blockTime = blockTime
    self.gasLimit = gasLimit
    self.elasticity = elasticity
    self.baseFeeChangeDenominator = baseFeeChangeDenominator
    self.baseFeeMinimum = baseFeeMinimum
    self.transactionGasLimitMaximum = transactionGasLimitMaximum
    self.calldataFloorGasPerToken = calldataFloorGasPerToken
    self.l1 = l1
    self.operatorFee = operatorFee
    self.backgroundReferenceBaseFee = backgroundReferenceBaseFee
    self.backgroundTip = backgroundTip
  }

  /// Gas per block at which the base fee stands still, rounded down.
  @inlinable public var gasTarget: Gas { Gas(gasLimit.units / elasticity) }
}
