public import Quantities

/// The operator fee of Isthmus with the multiplier of Jovian: gas × scalar × 100 + constant.
///
/// - Source: OP-stack specifications, Jovian execution engine, operator fee (ethereum-optimism/specs
///   pull request 764); Isthmus divided by 1e6 where Jovian multiplies by 100.
public struct OperatorFeeRule: BitwiseCopyable, Hashable, Sendable {
  public var scalar: UInt32
  /// Wei per transaction.
  public var constant: Wei

  public init(scalar: UInt32, constant: Wei) {
    self.scalar = scalar
    self.constant = constant
  }

  @inlinable public func fee(for gasUsed: Gas) -> Wei {
    Wei(UInt128(gasUsed.units) * UInt128(scalar) * 100) + constant
  }
}
