import Detection
import Testing

@Suite("Trust") struct TrustGraphTests {
  @Test(
    "of a clique is the share that the closed form says",
    arguments: [(0.01, 0.832), (0.1, 0.310), (0.2, 0.167)])
  func clique(a: Double, published: Double) {
    let leak = 0.05
    let (honest, clique) = (1_000, 50)
    // The honest trust each other in a ring; each lets the same share of its trust leak.
    var links: [TrustGraph.Link] = []
    for peer in 0..<honest {
      links.append(.init(source: peer, target: (peer + 1) % honest, weight: 1 - leak))
      links.append(.init(source: peer, target: honest + peer % clique, weight: leak))
    }
    for peer in 0..<clique {
      links.append(.init(source: honest + peer, target: honest + (peer + 1) % clique, weight: 1))
    }
    let graph = TrustGraph(peerCount: honest + clique, links: links)
    let trust = graph.trust(preTrusted: Array(0..<honest), a: a, tolerance: 1e-10)
    let share = trust[honest...].reduce(0, +)
    #expect(abs(trust.reduce(0, +) - 1) < 1e-9)
    #expect(abs(share - (1 - a) * leak / (a + (1 - a) * leak)) < 1e-6)
    #expect(abs(share - published) < 1e-3)
  }

  @Test("is all the clique's when it is itself pre-trusted and lets none out") func captured() {
    let graph = TrustGraph(
      peerCount: 3,
      links: [
        .init(source: 0, target: 1, weight: 1), .init(source: 1, target: 2, weight: 1),
        .init(source: 2, target: 1, weight: 3),
      ])
    let trust = graph.trust(preTrusted: [1, 2], a: 0.1)
    #expect(trust[0] == 0)
    #expect(abs(trust[1] + trust[2] - 1) < 1e-9)
  }

  @Test("equals the solution of the linear system") func dense() {
    // t = (1 − a)Cᵀt + a p with C₀ = (0, ¾, ¼), C₁ = (1, 0, 0), C₂ silent, so p = (1, 0, 0).
    let graph = TrustGraph(
      peerCount: 3,
      links: [
        .init(source: 0, target: 1, weight: 3), .init(source: 0, target: 2, weight: 1),
        .init(source: 1, target: 0, weight: 2),
      ])
    let a = 0.2
    let trust = graph.trust(preTrusted: [0], a: a, tolerance: 1e-15)
    let first = 1 / (1 + (1 - a))
    #expect(abs(trust[0] - first) < 1e-12)
    #expect(abs(trust[1] - 0.75 * (1 - a) * first) < 1e-12)
    #expect(abs(trust[2] - 0.25 * (1 - a) * first) < 1e-12)
  }
}
