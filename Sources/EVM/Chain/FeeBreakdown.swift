public import Quantities

/// What one executed transaction owes, by receiver; who pays is the caller's business.
public struct FeeBreakdown: BitwiseCopyable, Hashable, Sendable {
  /// gas used × base fee.
  public var base: Wei
  /// gas used × effective tip.
  public var tip: Wei
  /// L1 data fee.
  public var l1: Wei
  public var `operator`: Wei

  @inlinable public init(base: Wei, tip: Wei, l1: Wei, operator: Wei) {
    self.base = base
    self.tip = tip
    self.l1 = l1
    self.operator = `operator`
  }

  @inlinable public init(
    gasUsed: Gas, baseFee: Wei, tip: Wei, l1Fee: Wei, operatorRule: OperatorFeeRule
  ) {
    self.init(
      base: baseFee.times(gasUsed), tip: tip.times(gasUsed), l1: l1Fee,
      operator: operatorRule.fee(for: gasUsed))
  }

  public static let zero = FeeBreakdown(base: .zero, tip: .zero, l1: .zero, operator: .zero)

  /// Execution fee: gas used × (base fee + tip).
  @inlinable public var l2: Wei { base + tip }
  @inlinable public var total: Wei { base + tip + l1 + `operator` }

  @inlinable public static func += (lhs: inout Self, rhs: Self) {
    lhs.base += rhs.base
    lhs.tip += rhs.tip
    lhs.l1 += rhs.l1
    lhs.operator += rhs.operator
  }
}
