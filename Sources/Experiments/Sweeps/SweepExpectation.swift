public import Market

/// What must hold of a metric at some or all points of a sweep.
public struct SweepExpectation: Sendable, Codable, Equatable {
  public let expectation: Expectation
  /// Numbers of the factors that pick points, with the text that each must have there; empty: all.
  public let factors: [Int]
  public let texts: [String]

  public init(_ expectation: Expectation, factors: [Int] = [], texts: [String] = []) {
    precondition(factors.count == texts.count)
    self.expectation = expectation
    self.factors = factors
    self.texts = texts
  }

  /// Whether it speaks of a point with these texts; numbers are compared as numbers.
  func applies(to point: [String]) -> Bool {
    zip(factors, texts).allSatisfy { factor, text in
      if point[factor] == text { return true }
      guard let here = SweepFactor.number(of: point[factor]),
        let there = SweepFactor.number(of: text)
      else { return false }
      return here == there && SweepFactor.unit(of: point[factor]) == SweepFactor.unit(of: text)
    }
  }
}
