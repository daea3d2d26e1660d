import Detection
import Kernel
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reputations as markets keep them, against their closed forms.
enum ReputationChecks {
  static let all = [beta, ewma, eigenTrust]

  private static let beta = ValidationCheck(
    "beta", "Beta reputation is (r + 1)/(r + s + 2), and forgets half in ln ½ / ln λ experiences."
  ) { _ in
    func score(memory: Double, _ experiences: [Double]) -> Double {
      var ledger = ReputationLedger(.beta(memory: memory))
      let host = ledger.admit()
      for quality in experiences { ledger.observe(quality: quality, of: host) }
      return ledger.score(of: host)
    }
    func run(_ quality: Double, _ count: Int) -> [Double] {
      [Double](repeating: quality, count: count)
    }
    let halving = pow(0.5, 0.1)
    // Half a good experience and the bad ones since, each worth halving^age.
    let bad = (1 - pow(halving, 10)) / (1 - halving)
    return [
      ValidationRow("nothing known", expected: 0.5, exactly: score(memory: 1, [])),
      ValidationRow(
        "8 good, 2 bad", expected: 0.75, exactly: score(memory: 1, run(1, 8) + run(0, 2))),
      ValidationRow(
        "90 good, 10 bad", expected: 0.892157, exactly: score(memory: 1, run(0, 10) + run(1, 90)),
        tolerance: 1e-6),
      ValidationRow(
        "λ = 0.9 for ever good: 10 experiences count", expected: 11.0 / 12,
        exactly: score(memory: 0.9, run(1, 2_000))),
      ValidationRow(
        "a good one of 10 ago at a half-life of 10", expected: 1.5 / (2.5 + bad),
        exactly: score(memory: halving, run(1, 1) + run(0, 10))),
    ]
  }

  private static let ewma = ValidationCheck(
    "ewma",
    "An exponentially weighted mean of chances p has mean p and variance α/(2 − α)·p(1 − p)."
  ) { effort in
    [(0.05, 0.8), (0.2, 0.5)].flatMap { weight, chance in
      let tallies = (0..<20).map { replication in
        var stream = StreamSource(
          seed: effort.seed &+ 1, replication: replication, name: "validate.ewma.\(weight)"
        ).stream()
        var ledger = ReputationLedger(.ewma(weight: weight, initial: chance))
        let host = ledger.admit()
        var tally = Tally()
        let count = effort.count(20_000_000) / 20
        for round in 0..<(count + 1_000) {
          ledger.observe(quality: stream.bernoulli(chance) ? 1 : 0, of: host)
          if round >= 1_000 { tally.record(ledger.score(of: host)) }
        }
        return tally
      }
      return [
        ValidationRow("α = \(weight): mean", expected: chance, tallies.map(\.mean), effort),
        ValidationRow(
          "α = \(weight): variance", expected: weight / (2 - weight) * chance * (1 - chance),
          tallies.map(\.variance), effort),
      ]
    }
  }

  private static let eigenTrust = ValidationCheck(
    "eigentrust",
    "A clique that gets ε of all honest trust holds (1 − a)ε/(a + (1 − a)ε), and iteration finds what elimination does."
  ) { effort in
    var rows = [(0.01, 0.832), (0.1, 0.310), (0.2, 0.167)].flatMap { a, published in
      let share = cliqueShare(leak: 0.05, a: a)
      return [
        ValidationRow(
          "a = \(a): published share of the clique", expected: published, exactly: share,
          tolerance: 5e-3),
        ValidationRow(
          "a = \(a): share of the clique", expected: (1 - a) * 0.05 / (a + (1 - a) * 0.05),
          exactly: share, tolerance: 1e-6),
      ]
    }
    rows.append(
      ValidationRow(
        "a = 0.0001: the clique takes the market", expected: 0.998,
        exactly: cliqueShare(leak: 0.05, a: 1e-4),
        tolerance: 1e-4))
    rows.append(
      ValidationRow(
        "difference from elimination, 60 peers", expected: 0,
        exactly: differenceFromElimination(peers: 60, effort), tolerance: 1e-12))
    return rows
  }

  /// A thousand honest peers, twenty of whom each trusts at random, and a clique of fifty.
  private static func cliqueShare(leak: Double, a: Double) -> Double {
    let (honest, clique) = (1_000, 50)
    var stream = StreamSource(seed: 1, replication: 0, name: "validate.eigenTrust").stream()
    var links: [TrustGraph.Link] = []
    for peer in 0..<honest {
      for _ in 0..<20 {
        links.append(
          TrustGraph.Link(source: peer, target: stream.below(honest), weight: (1 - leak) / 20))
      }
      links.append(
        TrustGraph.Link(source: peer, target: honest + peer % clique, weight: leak))
    }
    for member in 0..<clique {
      // All trust all, since trust that goes round in a ring takes for ever to settle.
      for other in 0..<clique where other != member {
        links.append(
          TrustGraph.Link(source: honest + member, target: honest + other, weight: 1))
      }
    }
    let trust = TrustGraph(peerCount: honest + clique, links: links).trust(
      preTrusted: Array(0..<honest), a: a, tolerance: 1e-12)
    return trust[honest...].reduce(0, +)
  }

  /// Largest difference of iterated trust and the solution of (1 − (1 − a)Cᵀ) t = a p.
  private static func differenceFromElimination(
    peers: Int, _ effort: ValidationEffort
  ) -> Double {
    let a = 0.15
    var stream = StreamSource(
      seed: effort.seed &+ 1, replication: 0, name: "validate.elimination"
    ).stream()
    var weights = [[Double]](repeating: [Double](repeating: 0, count: peers), count: peers)
    var links: [TrustGraph.Link] = []
    for source in 0..<peers {
      for _ in 0..<6 {
        // Whole weights, which single precision holds exactly.
        let (target, weight) = (stream.below(peers), Double(1 + stream.below(5)))
        weights[source][target] += weight
        links.append(TrustGraph.Link(source: source, target: target, weight: weight))
      }
    }
    var rows = (0..<peers).map { target in
      (0..<peers).map { source in
        (source == target ? 1 : 0) - (1 - a) * weights[source][target]
          / weights[source].reduce(0, +)
      } + [target < 3 ? a / 3 : 0]
    }
    for pivot in 0..<peers {
      for row in 0..<peers where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        if factor == 0 { continue }
        for column in pivot...peers { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    let trust = TrustGraph(peerCount: peers, links: links).trust(
      preTrusted: [0, 1, 2], a: a, tolerance: 1e-15)
    return (0..<peers).map { abs(trust[$0] - rows[$0][peers] / rows[$0][$0]) }.max() ?? .nan
  }
}
