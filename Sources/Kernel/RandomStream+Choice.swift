extension RandomStream {
  /// Orders `elements` at random, each permutation as likely (Fisher–Yates).
  @inlinable public mutating func shuffle<Element>(_ elements: inout [Element]) {
    var last = elements.count - 1
    while last > 0 {
      elements.swapAt(last, below(last + 1))
      last -= 1
    }
  }

  /// An index drawn in proportion to its weight, by a walk over the weights.
  ///
  /// For many draws from the same weights build a `DiscreteChoice`.
  ///
  /// - Precondition: weights are finite and not negative, and one is positive.
  @inlinable public mutating func index(weightedBy weights: [Double]) -> Int {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0 && weight.isFinite, "a weight must be finite and not negative")
      total += weight
    }
    precondition(total > 0 && total.isFinite, "a choice needs a positive weight")
    var left = uniform() * total
    var chosen = 0
    for index in weights.indices where weights[index] > 0 {
      chosen = index
      left -= weights[index]
      if left < 0 { break }
    }
    return chosen
  }
}
