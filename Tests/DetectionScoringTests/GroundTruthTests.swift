import DetectionScoring
import Quantities
import Testing

@Suite("Ground truth") struct GroundTruthTests {
  @Test("counts its frauds and keeps entries when relabelled") func relabelled() {
    var truth = GroundTruth()
    truth.admit(isFraud: true, operator: 7, at: .zero + .seconds(3))
    truth.admit(isFraud: false, operator: 0, at: .zero)
    #expect(truth.fraudCount == 1)
    let other = truth.relabelled([false, false])
    #expect(other.fraudCount == 0 && other.entries == truth.entries)
    #expect(other.operators == [7, 0])
  }

  @Test("has who comes back enter once, and be gone only while he is") func comeback() {
    var truth = GroundTruth()
    truth.admit(isFraud: true, operator: 0, at: .distantFuture)
    #expect(!truth.hasEntered(0))
    truth.enter(0, at: .zero + .seconds(5))
    truth.leave(0, at: .zero + .seconds(8))
    #expect(truth.hasEntered(0) && truth.departures == [.zero + .seconds(8)])
    truth.enter(0, at: .zero + .seconds(9))
    #expect(truth.entries == [.zero + .seconds(5)] && truth.departures == [.distantFuture])
  }
}
