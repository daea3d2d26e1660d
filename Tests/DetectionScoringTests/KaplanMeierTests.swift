import Detection
import DetectionScoring
import Kernel
import Quantities
import Testing

@Suite("Time to detection") struct KaplanMeierTests {
  @Test("is the product-limit estimate of a textbook case") func textbook() {
    // Freireich's 6-MP arm: remission weeks, + censored. S(6) = 0.857, S(10) = 0.753, S(23) = 0.448.
    let weeks: [Double] = [
      6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
    ]
    let censored: Set<Int> = [3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20]
    let curve = KaplanMeier(
      durations: weeks, isDetected: weeks.indices.map { !censored.contains($0) })
    for (week, survival, error) in [(6.0, 0.857, 0.076), (10, 0.753, 0.096), (23, 0.448, 0.135)] {
      #expect(abs(curve.survival(at: week) - survival) < 1e-3)
      let step = curve.steps.last { $0.after <= week }
      #expect(abs((step?.standardError ?? 0) - error) < 1e-3)
    }
    #expect(curve.median == 23 && curve.detected == 9)
    #expect(curve.survival(at: 5.9) == 1 && curve.survival(at: 1_000) == curve.survival(at: 23))
  }

  @Test("of checked cheats is geometric, however many watches end early") func geometric() {
    var stream = StreamSource(seed: 9, replication: 0, name: "km").stream()
    let q = 0.05
    var durations: [Double] = []
    var isDetected: [Bool] = []
    for _ in 0..<20_000 {
      let detection = stream.geometric(probability: q)
      let watched = stream.below(120) + 1
      durations.append(Double(min(detection, watched)))
      isDetected.append(detection <= watched)
    }
    let curve = KaplanMeier(durations: durations, isDetected: isDetected)
    #expect(abs(curve.survival(at: 50) - 0.0769) < 0.01)
    // (1 − q)ᵏ ≤ ½ first at k = 14.
    #expect((13...15).contains(curve.median ?? 0))
  }

  @Test("runs from entry to first flag, in seconds and in jobs") func flags() {
    var truth = GroundTruth()
    for (number, host) in [(true, 0), (true, 10), (false, 0), (true, 500)].enumerated() {
      truth.admit(isFraud: host.0, operator: number, at: .zero + .seconds(Int64(host.1)))
    }
    var record = PublicRecord()
    for second in 0..<40 { record.recordClaim(host: 0, at: .zero + .seconds(Int64(second))) }
    for _ in 0..<3 { record.recordClaim(host: 1, at: .zero + .seconds(90)) }
    var flags = Flags()
    let flagged = flags.raise(scores: [1, 0, 1], threshold: 1, at: .zero + .seconds(20))
    #expect(flagged == [0, 2])
    let end = SimTime.zero + .seconds(100)
    let time = KaplanMeier.secondsToDetection(flags, of: truth, until: end)
    #expect(time.subjects == 2 && time.detected == 1 && time.median == 20)
    let jobs = KaplanMeier.jobsToDetection(flags, of: truth, record: record, until: end)
    // Host 1 leaves the watch after 3 jobs, host 0 is flagged after 21.
    #expect(jobs.steps.map(\.after) == [21] && jobs.steps[0].atRisk == 1)
  }

  @Test("ends without detection where a fraud leaves") func departures() {
    var truth = GroundTruth()
    var record = PublicRecord()
    // A claim every 10 s of each.
    for host in 0..<4 {
      truth.admit(isFraud: true, operator: host, at: .zero)
      for second in 1...10 {
        record.recordClaim(host: host, at: .zero + .seconds(Int64(10 * second)))
      }
    }
    // Host 1 leaves; host 2 does once it is flagged; host 3 leaves and comes back.
    truth.leave(1, at: .zero + .seconds(25))
    truth.leave(2, at: .zero + .seconds(50))
    truth.leave(3, at: .zero + .seconds(5))
    truth.enter(3, at: .zero + .seconds(60))
    var flags = Flags()
    let flagged = flags.raise(scores: [0, 0, 1, 0], threshold: 1, at: .zero + .seconds(40))
    #expect(flagged == [2])
    let end = SimTime.zero + .seconds(100)
    let time = KaplanMeier.secondsToDetection(flags, of: truth, until: end)
    // At 40 s three are left, of whom one is found; then nobody is.
    #expect(time.steps.map(\.after) == [40] && time.steps[0].atRisk == 3)
    #expect(time.subjects == 4 && time.detected == 1 && time.median == nil)
    let jobs = KaplanMeier.jobsToDetection(flags, of: truth, record: record, until: end)
    #expect(jobs.steps.map(\.after) == [4] && jobs.steps[0].atRisk == 3)
    let two = KaplanMeier.secondsToDetection(of: [1, 2], flags, truth, until: end)
    #expect(two.subjects == 2 && two.median == 40 && two.steps[0].atRisk == 1)
  }
}
