import Testing

@testable import Statistics

@Suite("Concentration") struct ConcentrationTests {
  @Test("is least when shares are equal") func equal() {
    let amounts = [2.0, 2, 2, 2]
    #expect(Concentration.herfindahl(of: amounts) == 0.25)
    #expect(Concentration.gini(of: amounts) == 0)
    #expect(Concentration.lorenz(of: amounts, points: 4) == [0, 0.25, 0.5, 0.75, 1])
  }

  @Test("is greatest when one has everything") func monopoly() {
    let amounts = [0.0, 0, 5, 0]
    #expect(Concentration.herfindahl(of: amounts) == 1)
    #expect(Concentration.gini(of: amounts) == 0.75)
    #expect(Concentration.lorenz(of: amounts, points: 4) == [0, 0, 0, 0, 1])
  }

  @Test("matches a sum by hand, in any order") func byHand() {
    #expect(abs(Concentration.herfindahl(of: [4, 1, 3, 2]) - 0.3) < 1e-15)
    #expect(abs(Concentration.gini(of: [4, 1, 3, 2]) - 0.25) < 1e-15)
    #expect(Concentration.lorenz(of: [4, 1, 3, 2], points: 2) == [0, 0.3, 1])
    // Between members the curve is straight: a quarter of two hosts holds half of the poorer one.
    #expect(Concentration.lorenz(of: [3, 1], points: 4) == [0, 0.125, 0.25, 0.625, 1])
  }

  @Test("is undefined when there is nothing to share") func nothing() {
    #expect(Concentration.herfindahl(of: []).isNaN)
    #expect(Concentration.gini(of: [0, 0]).isNaN)
    let curve = Concentration.lorenz(of: [], points: 2)
    #expect(curve.count == 3 && curve.allSatisfy { $0.isNaN })
  }
}
