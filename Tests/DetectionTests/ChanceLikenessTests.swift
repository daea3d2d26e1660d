import Quantities
import Testing

@testable import Detection

@Suite("Likeness by chance") struct ChanceLikenessTests {
  private static func leastEqual(
    _ a: Int, _ b: Int, features: Int, hosts: Int, expected: Double
  ) -> UInt8 {
    var chance = ChanceLikeness(
      featureCount: features, hosts: hosts, sizeMax: max(a, b), expectedMax: expected)
    let classes = [a, b].map { ChanceLikeness.sizeClass(of: $0) }
    let least = chance.leastEqual(classes[0], classes[1])
    #expect(chance.leastEqual(classes[1], classes[0]) == least)
    return least
  }

  // Sums of hypergeometric times binomial tails, by SciPy 1.17 (hypergeom.pmf, binom.sf).
  @Test(
    "is ruled out from the entries on that the mixed tail says",
    arguments: [
      (2, 2, 5_000, 65), (3, 3, 5_000, 45), (3, 4, 5_000, 40), (10, 10, 5_000, 22),
      (40, 40, 4_320, 16), (100, 120, 4_320, 15), (600, 608, 60_480, 10),
    ])
  func tail(a: Int, b: Int, features: Int, least: UInt8) {
    #expect(Self.leastEqual(a, b, features: features, hosts: 2, expected: 1e-9) == least)
  }

  @Test("counts every pair of hosts") func pairs() {
    let one = Self.leastEqual(8, 10, features: 500, hosts: 2, expected: 1e-7)
    #expect(one == 28)
    // 499,500 pairs.
    #expect(Self.leastEqual(8, 10, features: 500, hosts: 1_000, expected: 0.04995) == one)
    #expect(Self.leastEqual(8, 10, features: 500, hosts: 10_000, expected: 0.04995) > one)
    #expect(Self.leastEqual(8, 10, features: 500, hosts: 1_000, expected: .infinity) == 0)
  }

  @Test("explains all where there are no features to spare") func allShared() {
    #expect(Self.leastEqual(6, 6, features: 6, hosts: 2, expected: 0.01) == 65)
    #expect(Self.leastEqual(6, 6, features: 2, hosts: 2, expected: 0.01) == 65)
    #expect(Self.leastEqual(1, 1, features: 10, hosts: 2, expected: 0.05) == 65)
    #expect(Self.leastEqual(31, 30, features: 40, hosts: 2, expected: 0.01) == 52)
  }

  @Test("takes sizes to five leading bits") func classes() {
    let sizes = Array(1...31) + [32, 33, 34, 63, 64, 67, 68]
    let classes = sizes.map { ChanceLikeness.sizeClass(of: $0) }
    #expect(classes == Array(1...31) + [32, 32, 33, 47, 48, 48, 49])
  }

  @Test("makes nobody look like another whom only chance led to the same customers")
  func honest() {
    var record = PublicRecord()
    var word: UInt64 = 1
    func below(_ bound: UInt64) -> Int {
      word = Mixing.mixed(word)
      return Int(word % bound)
    }
    for host in 0..<600 {
      for _ in 0..<2 + below(6) {
        record.recordPayment(renter: below(400), host: host, amount: 1, at: .zero)
      }
    }
    // Two of a kind.
    for renter in 0..<6 {
      for host in [600, 601] {
        record.recordPayment(renter: 400 + renter, host: host, amount: 1, at: .zero)
      }
    }
    let scores = BehaviouralCorrelation(.customers).scores(of: record, hosts: 602)
    #expect(scores[..<600].allSatisfy { $0 == 0 } && scores[600...].allSatisfy { $0 == 1 })
    let before = BehaviouralCorrelation(.customers, chancePairsMax: .infinity)
      .scores(of: record, hosts: 602)
    #expect(before[..<600].count { $0 >= 0.25 } > 300)
  }
}
