public import Quantities

/// The EIP-1559 base fee rule in its integers, with the OP-stack minimum.
///
/// - Source: EIP-1559 pseudo-code, `expected_base_fee_per_gas`; Jovian execution engine, minimum
///   base fee: the computed fee is raised to the minimum afterwards.
public struct BaseFeeController: BitwiseCopyable, Hashable, Sendable {
  public var gasTarget: Gas
  public var denominator: UInt64
  public var minimum: Wei

  public init(gasTarget: Gas, denominator: UInt64, minimum: Wei) {
    precondition(gasTarget > .zero && denominator > 0, "EIP-1559 divides by target and denominator")
    self.gasTarget = gasTarget
    self.denominator = denominator
    self.minimum = minimum
  }

  public init(_ parameters: ChainParameters) {
    self.init(
      gasTarget: parameters.gasTarget, denominator: parameters.baseFeeChangeDenominator,
      minimum: parameters.baseFeeMinimum)
  }

  /// Base fee of the block after one that charged `baseFee` and used `gasUsed`.
  ///
  /// Each change is rounded toward zero twice, by target and by denominator; a rise is at least
  /// 1 wei.
  @inlinable public func next(after baseFee: Wei, gasUsed: Gas) -> Wei {
    let target = UInt128(gasTarget.units)
    if gasUsed == gasTarget { return max(baseFee, minimum) }
    if gasUsed > gasTarget {
      let excess = UInt128(gasUsed.units) - target
      let rise = baseFee.rawValue * excess / target / UInt128(denominator)
      return max(baseFee + Wei(max(rise, 1)), minimum)
    }
    let shortfall = target - UInt128(gasUsed.units)
    let fall = baseFee.rawValue * shortfall / target / UInt128(denominator)
    return max(baseFee - Wei(fall), minimum)
  }
}
