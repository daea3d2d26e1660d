import EVM
import Quantities
import Testing

@Suite("The base fee rule") struct BaseFeeControllerTests {
  static func controller(
    elasticity: UInt64, denominator: UInt64, minimum: Wei = .zero
  ) -> (rule: BaseFeeController, limit: Gas) {
    let limit = Gas(30_000_000)
    return (
      BaseFeeController(
        gasTarget: Gas(limit.units / elasticity), denominator: denominator, minimum: minimum),
      limit
    )
  }

  @Test(
    "raises the fee by (E − 1)/D after a full block and lowers it by 1/D after an empty one",
    arguments: [(2, 8), (6, 250), (5, 100), (15, 100), (6, 125)] as [(UInt64, UInt64)])
  func extremes(elasticity: UInt64, denominator: UInt64) {
    let (rule, limit) = Self.controller(elasticity: elasticity, denominator: denominator)
    let fee: UInt128 = 1_000_000_000
    #expect(
      rule.next(after: Wei(fee), gasUsed: limit)
        == Wei(fee + fee * UInt128(elasticity - 1) / UInt128(denominator)))
    #expect(
      rule.next(after: Wei(fee), gasUsed: .zero) == Wei(fee - fee / UInt128(denominator)))
    #expect(rule.next(after: Wei(fee), gasUsed: rule.gasTarget) == Wei(fee))
  }

  @Test("multiplies by 1.125 and 0.984375 a pair at elasticity 2 and denominator 8")
  func ethereumFactors() {
    let (rule, limit) = Self.controller(elasticity: 2, denominator: 8)
    let up = rule.next(after: Wei(1_000_000_000), gasUsed: limit)
    #expect(up == Wei(1_125_000_000))
    #expect(rule.next(after: up, gasUsed: .zero) == Wei(984_375_000))
    var fee = Wei(1_000_000_000_000_000_000)
    for _ in 0..<100 {
      fee = rule.next(after: rule.next(after: fee, gasUsed: limit), gasUsed: .zero)
    }
    // 0.984375¹⁰⁰, by repeated multiplication; rounding takes less than 1 wei a step.
    let expected = (0..<100).reduce(1e18) { value, _ in value * 0.984375 }
    #expect(abs(Double(fee.rawValue) - expected) < 1e-12 * expected + 200)
  }

  @Test("rounds twice toward zero and rises by at least 1 wei")
  func rounding() {
    let rule = BaseFeeController(gasTarget: Gas(1_000), denominator: 8, minimum: .zero)
    // 7 × 999/1000 = 6, 6/8 = 0, raised to 1.
    #expect(rule.next(after: Wei(7), gasUsed: Gas(1_999)) == Wei(8))
    // A fall has no such floor, so low fees stand still.
    #expect(rule.next(after: Wei(7), gasUsed: .zero) == Wei(7))
    #expect(rule.next(after: .zero, gasUsed: .zero) == .zero)
    #expect(rule.next(after: .zero, gasUsed: Gas(1_001)) == Wei(1))
  }

  @Test("never falls below the minimum, whatever the blocks use")
  func minimum() {
    let (rule, limit) = Self.controller(elasticity: 5, denominator: 100, minimum: Wei(5_000_000))
    var fee = Wei(6_000_000)
    for _ in 0..<100 {
      fee = rule.next(after: fee, gasUsed: .zero)
      #expect(fee >= Wei(5_000_000))
    }
    #expect(fee == Wei(5_000_000))
    #expect(rule.next(after: Wei(1), gasUsed: limit) == Wei(5_000_000))
    #expect(rule.next(after: Wei(1), gasUsed: rule.gasTarget) == Wei(5_000_000))
  }
}
