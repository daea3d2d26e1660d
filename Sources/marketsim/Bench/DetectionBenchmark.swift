import Detection
import DetectionScoring
import Kernel
import Quantities
import Statistics

extension Benchmark {
  /// Each detector's look at a week's public record of SIZE hosts, a twentieth of them in rings of 5
  /// to 50, the first time and after all but the last 24th, and how right it is: so that cost and worth
  /// stand side by side.
  static let detection = Benchmark(
    name: "detection",
    abstract:
      "a first and a later round of each detector over SIZE hosts, a twentieth of them in rings of 5 "
      + "to 50",
    sizes: [10_000], tinySize: 400,
    measure: { size, effort in
      var rings = PlantedRings()
      rings.hosts = size
      rings.sybils = size / 20
      rings.renters = size / 2
      rings.attackEdges = size / 20
      rings.ringSizes = 5...min(50, max(6, rings.sybils))
      var stream = StreamSource(seed: 500, replication: 0, name: "planted").stream()
      let planted = rings.plant(drawing: &stream)
      let record = planted.record.inOrder()
      let end = SimTime.zero + .seconds(Int64(record.claims.last?.second ?? 0))
      let before = record.upTo(end - .nanoseconds(end.nanoseconds / 24))
      let seeds = (0..<20).map { $0 * planted.honest.count / 20 }
      var figures: [BenchmarkFigure] = []
      var digest: UInt64 = 0
      for detector in detectors(seeds: seeds) {
        var scores: [Double] = []
        let first = Stopwatch.medianNanoseconds(runs: effort.runs) {
          Stopwatch.nanoseconds { scores = detector.scores(of: record, hosts: size) }
        }
        let following = Stopwatch.medianNanoseconds(runs: effort.runs) {
          var surveillance = Surveillance([detector])
          surveillance.look(at: before, hosts: size, time: end)
          return Stopwatch.nanoseconds { surveillance.look(at: record, hosts: size, time: end) }
        }
        let score = DetectionScore(
          scores: scores, truth: planted.truth, known: detector.known,
          threshold: detector.threshold)
        for value in scores { digest = digest &* 0x9E37_79B9_7F4A_7C15 &+ value.bitPattern }
        func figure(_ name: String, _ value: Double, _ unit: String) {
          figures.append(
            BenchmarkFigure(
              name: "\(detector.name)_\(name)", size: size, value: value, unit: unit))
        }
        figure("first_round", first * 1e-6, "ms")
        figure("next_round", following * 1e-6, "ms")
        figure("auc", score.area.value, "1")
        figure("auc_lower", score.area.lower, "1")
        figure("auc_upper", score.area.upper, "1")
        figure("precision_at_k", score.precisionAtTop, "1")
        // Nobody flagged has no precision.
        if score.precision.isFinite { figure("precision", score.precision, "1") }
        figure("recall", score.recall, "1")
        figure("recall_at_1pct_fpr", score.recallAtOnePercent, "1")
      }
      return BenchmarkOutcome(figures: figures, digest: digest)
    })

  private static func detectors(seeds: [Int]) -> [Detector] {
    [
      .controllerThreshold(ControllerThreshold(threshold: 3)),
      .fundingCluster(FundingCluster()),
      .behaviouralCorrelation(BehaviouralCorrelation(.claims(within: .seconds(10)))),
      .behaviouralCorrelation(BehaviouralCorrelation(.customers)),
      .sybilRank(SybilRank(seeds: seeds)),
      .eigenTrust(EigenTrust(seeds: seeds)),
      .selfDealing(SelfDealing()),
    ]
  }
}
