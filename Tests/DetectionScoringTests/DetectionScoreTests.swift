import DetectionScoring
import Quantities
import Statistics
import Testing

@Suite("A detection score") struct DetectionScoreTests {
  private static func truth(_ labels: [Bool]) -> GroundTruth {
    var truth = GroundTruth()
    for label in labels { truth.admit(isFraud: label, at: .zero) }
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
