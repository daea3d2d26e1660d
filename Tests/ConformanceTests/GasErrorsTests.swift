import Testing

@testable import Conformance

@Suite("The distribution of gas errors") struct GasErrorsTests {
  @Test("is empty before the first transaction") func empty() {
    let errors = GasErrors()
    #expect(errors.count == 0)
    #expect(errors.mean == nil)
    #expect(errors.quantile(0.5) == nil)
    #expect(errors.shareWithin1Percent == nil)
  }

  @Test("keeps sign in the signed mean only") func means() throws {
    let errors = distribution(got: [1_010, 990, 1_000, 1_040])
    #expect(abs(try #require(errors.mean) - 0.015) < 1e-12)
    #expect(abs(try #require(errors.signedMean) - 0.010) < 1e-12)
    #expect(abs(errors.max - 0.04) < 1e-12)
    #expect(errors.worst?.place == "step 3")
    #expect(errors.shareWithin1Percent == 0.75)
    #expect(errors.shareWithin3Percent == 0.75)
  }

  @Test("takes quantiles as a sorted list would") func quantiles() throws {
    let got = (1...200).map { UInt64(100_000 + ($0 * 37) % 201) }
    let errors = distribution(got: got, expected: 100_000)
    let sorted = got.map { Double($0 - 100_000) / 100_000 }.sorted()
    for (probability, rank) in [(0.5, 100), (0.95, 190), (0.99, 198), (1, 200), (0, 1)] {
      #expect(abs(try #require(errors.quantile(probability)) - sorted[rank - 1]) <= 1e-6)
    }
  }

  @Test("adds up") func sum() throws {
    var sum = distribution(got: [1_010, 990])
    sum.add(distribution(got: [1_000, 1_040]))
    sum.add(GasErrors())
    let whole = distribution(got: [1_010, 990, 1_000, 1_040])
    #expect(sum.count == 4 && sum.max == whole.max && sum.worst?.got == 1_040)
    #expect(abs(try #require(sum.mean) - 0.015) < 1e-12)
    #expect(abs(try #require(sum.signedMean) - 0.010) < 1e-12)
    for probability in [0, 0.3, 0.5, 0.9, 1] {
      #expect(sum.quantile(probability) == whole.quantile(probability))
    }
    #expect(sum.shareWithin1Percent == 0.75 && sum.shareWithin3Percent == 0.75)
  }

  private func distribution(got: [UInt64], expected: UInt64 = 1_000) -> GasErrors {
    var errors = GasErrors()
    for (index, gas) in got.enumerated() {
      errors.add(
        GasComparison(label: "f()", place: "step \(index)", got: gas, expected: expected))
    }
    return errors
  }
}
