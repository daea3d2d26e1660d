/// Draws indices in proportion to fixed weights in constant time, with one word per draw.
///
/// - Source: Walker's alias method as built by Vose, "A linear algorithm for generating random numbers
///   with a given distribution", IEEE Trans. Softw. Eng. 17(9), 1991.
public struct DiscreteChoice: Sendable {
  @usableFromInline let keepProbability: [Double]
  @usableFromInline let alias: [Int]

  /// - Precondition: weights are finite and not negative, and one is positive.
  public init(weights: [Double]) {
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "weights must be finite and ≥ 0")
    let total = weights.reduce(0, +)
    precondition(total > 0 && total.isFinite, "a choice needs a positive weight")
    var scaled = weights.map { $0 / total * Double(weights.count) }
    var alias = Array(weights.indices)
    var poor = weights.indices.filter { scaled[$0] < 1 }
    var rich = weights.indices.filter { scaled[$0] >= 1 }
    while let one = poor.popLast(), let other = rich.popLast() {
      alias[one] = other
      scaled[other] -= 1 - scaled[one]
      if scaled[other] < 1 { poor.append(other) } else { rich.append(other) }
    }
    // What rounding left over stands for exactly 1.
    var keep = scaled
    for index in keep.indices where alias[index] == index && weights[index] > 0 { keep[index] = 1 }
    keepProbability = keep
    self.alias = alias
  }

  public var count: Int { alias.count }

  @inlinable public func draw(from stream: inout RandomStream) -> Int {
    // The high half of the product is the column, the low half is uniform within it.
    let product = stream.nextWord().multipliedFullWidth(by: UInt64(alias.count))
    let column = Int(product.high)
    return Double(product.low >> 11) * 0x1p-53 < keepProbability[column] ? column : alias[column]
  }
}
