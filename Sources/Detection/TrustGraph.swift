/// Who trusts whom and how much, each peer's trust summing to 1.
public struct TrustGraph: Sendable {
  /// `source` trusts `target` with a weight relative to all that `source` gives.
  public struct Link: BitwiseCopyable, Hashable, Sendable {
    public let source: UInt32
    public let target: UInt32
    public let weight: Float

    /// - Precondition: 0 < `weight` < ∞.
    public init(source: Int, target: Int, weight: Double) {
      precondition(weight > 0 && weight < .infinity, "trust is positive")
      self.source = UInt32(source)
      self.target = UInt32(target)
      self.weight = Float(weight)
    }
  }

  public let peerCount: Int
  /// Links into each peer, in the order given.
  private let sources: Adjacency
  private let shares: [Double]
  /// Peers that trust nobody; they count as trusting the pre-trusted.
  private let silent: [Int]

  /// - Parameter links: Several from one peer to another add up.
  public init(peerCount: Int, links: [Link]) {
    self.peerCount = peerCount
    var given = [Double](repeating: 0, count: peerCount)
    for link in links { given[Int(link.source)] += Double(link.weight) }
    silent = given.indices.filter { given[$0] == 0 }
    // The link's number stands in for the peer, so that weights find their way too.
    let order = Adjacency(rows: peerCount, count: links.count) { index in
      (links[index].target, UInt32(index))
    }
    shares = order.columns.map { number in
      let link = links[Int(number)]
      return Double(link.weight) / given[Int(link.source)]
    }
    sources = Adjacency(
      starts: order.starts, columns: order.columns.map { links[Int($0)].source })
  }

  /// The trust t = (1 − a) Cᵀt + a p of all peers, where p is even over the pre-trusted.
  ///
  /// - Parameters:
  ///   - preTrusted: At least one.
  ///   - a: Weight of the pre-trusted, above 0 and at most 1.
  ///   - tolerance: Σ|Δt| of a round at which to stop; the error is at most (1 − a)/a times it.
  /// - Returns: Shape `[peerCount]`, sum 1.
  /// - Complexity: O(links · ln tolerance / ln(1 − a)) at worst; some ten rounds for a market.
  /// - Source: Kamvar, Schlosser, Garcia-Molina, "The EigenTrust Algorithm", WWW 2003, algorithm 2.
  public func trust(preTrusted: [Int], a: Double, tolerance: Double = 1e-6) -> [Double] {
    precondition(!preTrusted.isEmpty, "EigenTrust needs a pre-trusted peer")
    precondition(a > 0 && a <= 1, "the weight of the pre-trusted lies in (0, 1]")
    precondition(tolerance > 0, "a tolerance is positive")
    var p = [Double](repeating: 0, count: peerCount)
    for peer in preTrusted { p[peer] += 1 / Double(preTrusted.count) }
    // Below the rounding of the sums a smaller tolerance could never be met.
    let tolerance = max(tolerance, 1e-15)
    var trust = p
    var received = trust
    while true {
      // Where hosts trust renters and renters hosts, the published iteration swings between the two
      // sides; one that uses each new figure at once does not.
      var change = Double.infinity
      while change > tolerance {
        let last = change
        change = sweep(&trust, p, a)
        if change >= last { break }
      }
      change = step(from: trust, to: &received, p, a)
      swap(&trust, &received)
      if change <= tolerance { return trust }
    }
  }

  /// One round of the published iteration.
  ///
  /// - Returns: Σ|Δt|.
  private func step(
    from trust: [Double], to next: inout [Double], _ p: [Double], _ a: Double
  ) -> Double {
    let toPreTrusted = a + (1 - a) * idle(trust)
    var change = 0.0
    for peer in 0..<peerCount {
      next[peer] = (1 - a) * received(by: peer, trust) + toPreTrusted * p[peer]
      change += abs(next[peer] - trust[peer])
    }
    return change
  }

  /// One round in which peers see the new trust of those before them (Gauss and Seidel), scaled back
  /// to a sum of 1.
  ///
  /// - Returns: Σ|Δt| before the scaling.
  private func sweep(_ trust: inout [Double], _ p: [Double], _ a: Double) -> Double {
    let toPreTrusted = a + (1 - a) * idle(trust)
    var (change, sum) = (0.0, 0.0)
    for peer in 0..<peerCount {
      let next = (1 - a) * received(by: peer, trust) + toPreTrusted * p[peer]
      change += abs(next - trust[peer])
      sum += next
      trust[peer] = next
    }
    for peer in 0..<peerCount { trust[peer] /= sum }
    return change
  }

  private func idle(_ trust: [Double]) -> Double {
    silent.reduce(0) { $0 + trust[$1] }
  }

  @inline(__always) private func received(by peer: Int, _ trust: [Double]) -> Double {
    var received = 0.0
    for place in sources.range(of: peer) {
      received += shares[place] * trust[Int(sources.columns[place])]
    }
    return received
  }
}
