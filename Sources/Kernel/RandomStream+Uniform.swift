extension RandomStream {
  /// Uniform on the open interval (0, 1), on a grid of 2⁵² midpoints: never 0, never 1.
  @inlinable public mutating func uniform() -> Double {
    (Double(Int64(truncatingIfNeeded: nextWord() &>> 12)) + 0.5) * 0x1p-52
  }

  @inlinable public mutating func uniform(from low: Double, to high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Uniform on 0 ..< `bound`, exactly: no value is likelier than another.
  ///
  /// - Precondition: `bound` is positive.
  /// - Source: Lemire, "Fast random integer generation in an interval", TOMACS 29(1), 2019.
  @inlinable public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "an integer below \(bound) cannot be drawn")
    let width = UInt64(bound)
    var product = nextWord().multipliedFullWidth(by: width)
    if product.low < width {
      let threshold = (0 &- width) % width
      while product.low < threshold { product = nextWord().multipliedFullWidth(by: width) }
    }
    return Int(product.high)
  }

  @inlinable public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True with the given probability; one word whatever the outcome.
  @inlinable public mutating func bernoulli(_ probability: Double) -> Bool {
    uniform() < probability
  }
}
