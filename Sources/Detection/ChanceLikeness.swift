/// How alike two hosts must be before chance is no explanation any more.
///
/// Chance draws each host's features without regard to the other's, so that what two hosts have in
/// common is hypergeometric, and how many entries of their signatures are equal is binomial with the
/// Jaccard index that follows. The least number of equal entries is such that, of all pairs of judged
/// hosts together, fewer than a stated number are expected to reach it: Bonferroni's rule. Two hosts
/// with three customers each are that alike if they have all three, and are not if they have one.
///
/// Features are not equally common. As many equally common ones as give two hosts the same expected
/// overlap stand for them: (Σf)²/Σf² of the numbers f of hosts that have each.
///
/// Sizes of sets count to five leading bits, rounded down, so that few pairs of sizes differ. Nothing
/// but products and quotients is taken, so that any platform has the same.
///
/// - Source: Dunn, "Multiple Comparisons Among Means", JASA 56(293), 1961 (Bonferroni's inequality);
///   the effective number is Simpson's, Nature 163, 1949.
struct ChanceLikeness: Sendable {
  private static let width = Signatures.width
  private static let unknown = UInt8.max

  private let featureCount: Int
  /// Chance below which a pair counts.
  private let chanceMax: Double
  private let classCount: Int
  /// By the classes of both sizes, symmetric; filled as it is asked.
  private var least: [UInt8]

  /// - Parameters:
  ///   - featureCount: Effective number of features.
  ///   - hosts: Judged, each compared with every other.
  ///   - sizeMax: Features of the host that has most.
  ///   - expectedMax: Pairs that may be expected to seem alike by chance.
  init(featureCount: Int, hosts: Int, sizeMax: Int, expectedMax: Double) {
    self.featureCount = featureCount
    chanceMax = expectedMax / (Double(hosts) * Double(max(0, hosts - 1)) / 2)
    classCount = Self.sizeClass(of: sizeMax) + 1
    least = Array(repeating: Self.unknown, count: classCount * classCount)
  }

  /// Sizes up to 31 each have their own; above there are 16 to a doubling.
  @inline(__always) static func sizeClass(of size: Int) -> Int {
    let excess = excessBits(of: size)
    return 16 * excess + size >> excess
  }

  private static func excessBits(of size: Int) -> Int {
    max(0, Int.bitWidth - size.leadingZeroBitCount - 5)
  }

  private static func size(ofClass number: Int) -> Int {
    let excess = max(0, number / 16 - 1)
    return (number - 16 * excess) << excess
  }

  /// Equal entries of two hosts' signatures from which on the pair counts; above 64 where none do.
  ///
  /// - Parameters:
  ///   - a: Class of the first host's number of features, 1 or more.
  ///   - b: Of the second's.
  @inline(__always) mutating func leastEqual(_ a: Int, _ b: Int) -> UInt8 {
    let known = least[a * classCount + b]
    return known != Self.unknown ? known : findLeastEqual(a, b)
  }

  private mutating func findLeastEqual(_ a: Int, _ b: Int) -> UInt8 {
    let found = Self.leastEqual(
      Self.size(ofClass: a), Self.size(ofClass: b), of: featureCount, chanceMax: chanceMax)
    least[a * classCount + b] = found
    least[b * classCount + a] = found
    return found
  }

  /// - Complexity: O(64) for each overlap that has a chance worth counting, some 6 standard deviations
  ///   of it and no fewer than 20.
  private static func leastEqual(
    _ a: Int, _ b: Int, of features: Int, chanceMax: Double
  ) -> UInt8 {
    let features = max(features, a, b)
    /// Weight of each number of equal entries; the most likely overlap alone weighs 1.
    var weights = [Double](repeating: 0, count: width + 1)
    var total = 0.0
    func add(_ overlap: Int, _ weight: Double) {
      total += weight
      addBinomial(weight, chance: Double(overlap) / Double(a + b - overlap), to: &weights)
    }
    let others = features - a - b
    let mode = (a + 1) * (b + 1) / (features + 2)
    // Far below what any market's pairs could add up to.
    let weightMin = 1e-25
    var weight = 1.0
    var overlap = mode
    while overlap <= min(a, b), weight > weightMin {
      add(overlap, weight)
      weight *=
        Double((a - overlap) * (b - overlap)) / Double((overlap + 1) * (others + overlap + 1))
      overlap += 1
    }
    weight = 1
    overlap = mode
    while overlap > max(0, -others), weight > weightMin {
      weight *= Double(overlap * (others + overlap)) / Double((a - overlap + 1) * (b - overlap + 1))
      overlap -= 1
      add(overlap, weight)
    }
    var tail = 0.0
    var equal = width + 1
    while equal > 0, tail + weights[equal - 1] <= chanceMax * total {
      equal -= 1
      tail += weights[equal]
    }
    return UInt8(equal)
  }

  /// `weight` times the chances of 0 … 64 successes, from the end at which they cannot vanish.
  private static func addBinomial(_ weight: Double, chance: Double, to weights: inout [Double]) {
    let isRare = chance < 0.5
    let rare = isRare ? chance : 1 - chance
    let odds = rare / (1 - rare)
    var term = 1 - rare
    for _ in 0..<width.trailingZeroBitCount { term *= term }
    term *= weight
    for count in 0...width {
      weights[isRare ? count : width - count] += term
      term *= odds * Double(width - count) / Double(count + 1)
    }
  }
}
