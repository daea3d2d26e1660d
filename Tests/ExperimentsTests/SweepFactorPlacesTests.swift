import Testing

@testable import Experiments

@Suite("Where the values of a factor lie in its range") struct SweepFactorPlacesTests {
  private static func places(_ values: SweepFactor.Values) -> [Double] {
    let factor = SweepFactor(path: "x", values: values)
    return [0, 1.0 / 3, 2.0 / 3, 1].map { factor.realised(at: $0) }
  }

  @Test("follows the numbers that are run") func numbers() {
    #expect(Self.places(.listed(["1000 USD", "2000 USD"])) == [0, 0, 1, 1])
    #expect(Self.places(.listed(["1", "2", "4"])) == [0, 1.0 / 3, 1, 1])
    #expect(
      Self.places(.range(from: 2, to: 4, scale: .integer, step: nil, unit: "")) == [0, 0.5, 1, 1])
    let ratios = Self.places(.range(from: 1, to: 8, scale: .log, step: nil, unit: "s"))
    #expect(zip(ratios, [0, 1.0 / 3, 2.0 / 3, 1]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("is even for words, and for values in several units") func words() {
    #expect(Self.places(.listed(["random", "race", "cheapest"])) == [0, 0.5, 1, 1])
    #expect(Self.places(.listed(["200s", "4min", "0.1h"])) == [0, 0.5, 1, 1])
    #expect(
      Self.places(.range(from: 3, to: 3, scale: .linear, step: nil, unit: "")) == [0, 0, 0, 0])
  }
}
