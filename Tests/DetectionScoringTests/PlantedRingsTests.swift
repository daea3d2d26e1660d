import Detection
import DetectionScoring
import Kernel
import Quantities
import Statistics
import Testing

@Suite("Planted rings") struct PlantedRingsTests {
  /// A tenth of the flagship size, so that a debug build takes a second.
  private static func plant(_ change: (inout PlantedRings) -> Void) -> PlantedRings.Planted {
    var rings = PlantedRings()
    (rings.hosts, rings.sybils, rings.renters, rings.attackEdges) = (1_000, 100, 500, 20)
    rings.ringSizes = 5...20
    // With more, each would feed too few to be known for an exchange.
    rings.exchanges = 1
    change(&rings)
    var stream = StreamSource(seed: 21, replication: 0, name: "rings").stream()
    return rings.plant(drawing: &stream)
  }

  private static func score(_ detector: Detector, _ planted: PlantedRings.Planted) -> DetectionScore
  {
    let hosts = planted.truth.hostCount
    return DetectionScore(
      scores: detector.scores(of: planted.record, hosts: hosts), truth: planted.truth,
      known: detector.known, threshold: detector.threshold)
  }

  private static let seeds = Array(0..<20)

  @Test(
    "of which a share is funded together are found as that share says", arguments: [0.0, 0.5, 1])
  func funding(share: Double) {
    let planted = Self.plant { $0.sharedFunding = share }
    let score = Self.score(.fundingCluster(.init()), planted)
    // Rings of 5 and more stand above every operator of 3 and less.
    #expect(score.honestFlagged == 0)
    if share == 1 { #expect(score.recall > 0.95 && score.area.value > 0.97) }
    if share == 0.5 { #expect(score.recall > 0.1 && score.recall < 0.9) }
    // Exchange-funded Sybils look like single hosts, below the operators with several.
    if share == 0 { #expect(score.recall == 0 && score.area.value < 0.5) }
  }

  @Test("with one controller are found by it alone") func controller() {
    let careless = Self.score(
      .controllerThreshold(.init()), Self.plant { $0.sharedController = 1 })
    #expect(careless.recall > 0.95 && careless.precision == 1)
    let careful = Self.score(
      .controllerThreshold(.init()), Self.plant { $0.sharedController = 0 })
    #expect(careful.recall == 0)
  }

  @Test("that claim together are found by their timing, and else not") func timing() {
    let detector = Detector.behaviouralCorrelation(.init(.claims(within: .minutes(1))))
    let together = Self.score(detector, Self.plant { $0.synchrony = 0.9 })
    #expect(together.area.value > 0.9)
    let apart = Self.score(detector, Self.plant { $0.synchrony = 0 })
    // Nobody looks like another by chance alone.
    #expect(abs(apart.area.value - 0.5) < 0.02 && apart.honestFlagged == 0)
  }

  @Test("that live on the same few customers are found by them") func customers() {
    let detector = Detector.behaviouralCorrelation(.init(.customers))
    let score = Self.score(detector, Self.plant { $0.attackEdges = 0 })
    #expect(score.area.value > 0.99 && score.recall > 0.99)
    let mixed = Self.score(detector, Self.plant { $0.attackEdges = 2_000 })
    #expect(mixed.area.value < score.area.value - 0.2)
  }

  @Test(
    "that pay themselves are found by the wallets of their customers", arguments: [true, false])
  func selfDealing(sharesFunding: Bool) {
    let score = Self.score(
      .selfDealing(.init()), Self.plant { $0.sharedFunding = sharesFunding ? 1 : 0 })
    #expect(score.recall == (sharesFunding ? 1 : 0) && score.honestFlagged == 0)
  }

  @Test("buy their way past SybilRank with attack edges") func attackEdges() {
    let areas = [0, 50, 300, 6_000].map { edges in
      Self.score(.sybilRank(.init(seeds: Self.seeds)), Self.plant { $0.attackEdges = edges })
        .area.value
    }
    #expect(areas[0] > 0.99)
    #expect(zip(areas, areas.dropFirst()).allSatisfy { $0 >= $1 - 0.01 }, "\(areas)")
    #expect(areas[3] < 0.9, "\(areas)")
  }

  @Test("past SybilRank gain little by being more, at the same attack edges") func number() {
    func accepted(_ sybils: Int) -> Int {
      let planted = Self.plant {
        $0.hosts = 900 + sybils
        $0.sybils = sybils
        $0.attackEdges = 20
      }
      let score = Self.score(.sybilRank(.init(seeds: Self.seeds)), planted)
      return score.frauds - score.fraudsFlagged
    }
    // Four times the Sybils, the same edges: at most one ring more passes.
    #expect(accepted(400) <= accepted(100) + 20)
  }

  @Test("score a half when their labels are shuffled") func shuffled() {
    let planted = Self.plant { _ in }
    var stream = StreamSource(seed: 21, replication: 0, name: "labels").stream()
    var labels = planted.truth.isFraud
    stream.shuffle(&labels)
    let detectors: [Detector] = [
      .fundingCluster(.init()), .behaviouralCorrelation(.init(.claims(within: .minutes(1)))),
      .sybilRank(.init(seeds: Self.seeds)), .eigenTrust(.init(seeds: Self.seeds)),
      .controllerThreshold(.init()), .behaviouralCorrelation(.init(.customers)),
      .selfDealing(.init()),
    ]
    for detector in detectors {
      let score = DetectionScore(
        scores: detector.scores(of: planted.record, hosts: 1_000),
        truth: planted.truth.relabelled(labels), known: detector.known,
        threshold: detector.threshold, confidence: 0.999)
      #expect(score.area.contains(0.5), "\(detector.name): \(score.area)")
      #expect(score.area.upper - score.area.lower < 0.25)
    }
  }

  @Test("give the same scores every time") func deterministic() {
    let detector = Detector.eigenTrust(.init(seeds: Self.seeds))
    let scores = (0..<2).map { _ in
      detector.scores(of: Self.plant { _ in }.record, hosts: 1_000)
    }
    #expect(scores[0] == scores[1])
  }
}
