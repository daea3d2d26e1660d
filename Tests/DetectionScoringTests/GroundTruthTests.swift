import DetectionScoring
import Quantities
import Testing

@Suite("Ground truth") struct GroundTruthTests {
  @Test("counts its frauds and keeps entries when relabelled") func relabelled() {
    var truth = GroundTruth()
    truth.admit(isFraud: true, at: .zero + .seconds(3))
    truth.admit(isFraud: false, at: .zero)
    #expect(truth.fraudCount == 1)
    let other = truth.relabelled([false, false])
    #expect(other.fraudCount == 0 && other.entries == truth.entries)
  }
}
