import DetectionScoring
import Quantities
import Statistics
import Testing

@Suite("A detection score") struct DetectionScoreTests {
  private static func truth(_ labels: [Bool]) -> GroundTruth {
    var truth = GroundTruth()
    for (number, label) in labels.enumerated() {
      truth.admit(isFraud: label, operator: number, at: .zero)
    }
    return truth
  }

  @Test("counts at its threshold, the last that flags included") func threshold() {
    let truth = Self.truth([true, true, false, false, false])
    let score = DetectionScore(scores: [4, 2, 3, 2, 1], truth: truth, threshold: 3)
    #expect(score.fraudsFlagged == 1 && score.honestFlagged == 1)
    #expect(score.precision == 0.5 && score.recall == 0.5)
    #expect(abs(score.falsePositiveRate - 1.0 / 3) < 1e-12)
    // Pairs: 4 wins 3; 2 loses, ties (½), wins.
    #expect(score.area.value == 4.5 / 6)
    // One of two among the top two is certain: 4, then 3.
    #expect(score.top == 2 && score.precisionAtTop == 0.5)
    // 1 at recall ½; then 2 of 4 where the tie is taken whole.
    #expect(score.averagePrecision == 0.5 * 1 + 0.5 * 0.5)
    #expect(score.recallAtOnePercent == 0.5)
  }

  @Test("spreads a tie at k evenly") func tieAtTop() {
    let truth = Self.truth([true, false, false, false])
    let score = DetectionScore(scores: [0, 0, 0, 0], truth: truth, threshold: 1, top: 2)
    #expect(score.precisionAtTop == 0.25 && score.precision.isNaN && score.area.value == 0.5)
  }

  @Test("catches what 1 % of the honest buys, and no more") func onePercent() {
    // 200 honest at 0, 1, … ; two of them may be hurt, so the threshold may go down to 198.
    let labels = Array(repeating: false, count: 200) + [true, true, true]
    let honest = (0..<200).map(Double.init)
    let score = DetectionScore(
      scores: honest + [198.5, 197.5, 196.5], truth: Self.truth(labels), threshold: 0)
    #expect(abs(score.recallAtOnePercent - 2.0 / 3) < 1e-12)
  }

  @Test("leaves out whom the detector knows") func known() {
    let truth = Self.truth([true, false, false, false])
    let score = DetectionScore(
      scores: [2, 3, 1, -9], truth: truth, known: [1, 3], threshold: 2)
    #expect(score.frauds == 1 && score.honest == 1 && score.honestFlagged == 0)
    #expect(score.area.value == 1 && score.precision == 1 && score.top == 1)
    #expect(score.precisionAtTop == 1 && score.averagePrecision == 1)
    #expect(DetectionScore(scores: [2, 3, 1, -9], truth: truth, threshold: 2).honestFlagged == 1)
  }

  @Test("takes hosts of one operator for one") func operators() {
    let scores = [3.0, 3, 3, 1, 1, 1] + (0..<30).map { Double($0 % 5) }
    func area(_ owner: (Int) -> Int) -> Estimate {
      var truth = GroundTruth()
      for host in scores.indices {
        truth.admit(isFraud: host < 6, operator: owner(host), at: .zero)
      }
      return DetectionScore(scores: scores, truth: truth, threshold: 2).area
    }
    let each = area { $0 }
    // Two rings of three whose members score the same: two observations, not six.
    let rings = area { $0 < 6 ? $0 / 3 : $0 }
    #expect(each.value == rings.value)
    #expect(rings.upper - rings.lower > 1.5 * (each.upper - each.lower))
  }

  @Test("fills its row of the table") func row() {
    let truth = Self.truth([true, false])
    let score = DetectionScore(scores: [1, 0], truth: truth, threshold: 1)
    var table = ResultTable(.detections)
    let watch = KaplanMeier(durations: [3], isDetected: [true])
    table.appendDetection(score, by: "sybilRank", time: watch, jobs: watch, honestEver: 3)
    table.endRow()
    #expect(table.rowCount == 1 && table.cells.count == TableSchema.detections.columns.count)
  }
}
