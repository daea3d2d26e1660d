import Testing

@testable import Quantities

@Suite("An amount of ETH") struct WeiTests {
  @Test("becomes the nearest number, ties to even, as the standard library has it")
  func approximation() {
    var amounts: [UInt128] = [0, 1, UInt128(UInt64.max), 1 << 64, .max, .max - 1]
    for shift in 0..<75 as Range<UInt128> {
      // Around ties: 53 bits, a half, and a little more or less.
      let half: UInt128 = (1 << 53 | 1) << 1 | 1
      amounts += [half << shift, (half << shift) + 1, (half << shift) - 1]
      amounts += [(half - 2) << shift, ((half - 2) << shift) + 1, ((half - 2) << shift) - 1]
    }
    var word: UInt128 = 88_172_645_463_325_252
    for _ in 0..<1_000 {
      word = word &* 0x5851_F42D_4C95_7F2D_1405_7B7E_F767_814F &+ 1
      amounts.append(word >> (word & 127))
    }
    for amount in amounts {
      #expect(Wei(amount).approximation == Double(amount), "\(amount)")
    }
  }
}
