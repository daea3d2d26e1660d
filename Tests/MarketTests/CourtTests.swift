import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Courts of several jurors") struct CourtTests {
  /// Chance that fewer than half of `jurors` are right, each with probability `accuracy`.
  private static func wrong(jurors: Int, accuracy: Double) -> Double {
    var terms = [1.0]
    for _ in 0..<jurors {
      var next = [Double](repeating: 0, count: terms.count + 1)
      for (right, term) in terms.enumerated() {
        next[right] += term * (1 - accuracy)
        next[right + 1] += term * accuracy
      }
      terms = next
    }
    return terms.prefix(jurors / 2 + 1).reduce(0, +)
  }

  @Test(
    "decide wrongly as often as a minority is right",
    arguments: [(1, 0.6, 0.4), (3, 0.6, 0.352), (15, 0.6, 0.213), (31, 0.7, 0.0095), (7, 0.5, 0.5)])
  func binomial(jurors: Int, accuracy: Double, published: Double) throws {
    let expected = Self.wrong(jurors: jurors, accuracy: accuracy)
    #expect((expected - published).magnitude < 0.0006)
    #expect(
      (1 - JobRules.chanceOfMajority(jurors, each: accuracy) - expected).magnitude < 1e-12)
    var cohort = Bed.homes(20, name: "liars", spread: 0)
    cohort.behaviour = HostConduct(lazy: Lazy())
    var renters = Bed.many(rate: 0.5)
    renters.disputes = Disputing(notices: 1)
    let configuration = Bed.documentedMarket(
      minutes: 90, hosts: [cohort], renters: [renters], assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.slash = 0
      rules.arbiterDelay = 10
      rules.arbiterAccuracy = UInt64((accuracy * 10_000).rounded())
      rules.arbiterJurors = UInt64(jurors)
    }
    let run = try RecordedRun(configuration)
    let decided = Double(run.measured.disputesDecided)
    let share = 1 - run.number("dispute_upheld_share")
    #expect(decided > 2_000)
    #expect((share - expected).magnitude < 4 * (expected * (1 - expected) / decided).squareRoot())
  }
}
