import Quantities

/// Arithmetic modulo a prime just below 2²⁵⁶, for signatures: off the hot path, short before fast.
///
/// Elements are below the prime.
struct PrimeField: Sendable {
  let prime: UInt256
  /// 2²⁵⁶ − prime. Small, so that the upper half of a product folds down in a few steps.
  private let complement: UInt256

  init(prime: UInt256) {
    self.prime = prime
    complement = -prime
  }

  func reduce(_ value: UInt256) -> UInt256 { value >= prime ? value - prime : value }

  func sum(_ a: UInt256, _ b: UInt256) -> UInt256 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    // 2²⁵⁶ is the complement here, and two elements carry at most once.
    if overflow { return sum.addingReportingOverflow(complement).partialValue }
    return reduce(sum)
  }

  func negative(_ a: UInt256) -> UInt256 { a.isZero ? a : prime - a }

  func difference(_ a: UInt256, _ b: UInt256) -> UInt256 { sum(a, negative(b)) }

  func product(_ a: UInt256, _ b: UInt256) -> UInt256 {
    var (high, low) = Self.fullProduct(a, b)
    while !high.isZero {
      let folded = Self.fullProduct(high, complement)
      let (sum, overflow) = folded.low.addingReportingOverflow(low)
      high = overflow ? folded.high + 1 : folded.high
      low = sum
    }
    return reduce(low)
  }

  func power(_ base: UInt256, _ exponent: UInt256) -> UInt256 {
    var result: UInt256 = 1
    for bit in exponent.bits { result = bit ? product(square(result), base) : square(result) }
    return result
  }

  func square(_ a: UInt256) -> UInt256 { product(a, a) }

  /// Fermat's little theorem.
  func inverse(_ a: UInt256) -> UInt256 { power(a, prime - 2) }

  private static func fullProduct(
    _ a: UInt256, _ b: UInt256
  ) -> (high: UInt256, low: UInt256) {
    let lowest = a.low.multipliedFullWidth(by: b.low)
    let crossA = a.high.multipliedFullWidth(by: b.low)
    let crossB = a.low.multipliedFullWidth(by: b.high)
    let highest = a.high.multipliedFullWidth(by: b.high)
    let (first, carryA) = lowest.high.addingReportingOverflow(crossA.low)
    let (middle, carryB) = first.addingReportingOverflow(crossB.low)
    var high = UInt256(high: highest.high, low: highest.low)
    high += UInt256(high: 0, low: crossA.high)
    high += UInt256(high: 0, low: crossB.high)
    high += UInt256((carryA ? 1 : 0) + (carryB ? 1 : 0))
    return (high, UInt256(high: middle, low: lowest.low))
  }
}

extension UInt256 {
  /// All 256, most significant first.
  var bits: [Bool] {
    let halves: [UInt128] = [high, low]
    return halves.flatMap { half in
      (0..<128).map { (index: Int) -> Bool in (half >> UInt128(127 - index)) & 1 == 1 }
    }
  }
}
