extension Dealings {
  /// EigenTrust of every host in the graph where a host trusts renters by how often they paid it and
  /// a renter trusts hosts by its balance of ratings, where that is above 0.
  ///
  /// One sweep goes from hosts to renters and back (Gauss and Seidel): trust only passes between the
  /// two sides, so that a renter's is known once its row is. All is scaled to a sum of 1 before the
  /// pre-trusted get their share. The second half of a sweep needs what the first half had of each
  /// renter and of nobody else, so that both take one pass over the pairs.
  ///
  /// - Parameters:
  ///   - preTrusted: Hosts, at least one.
  ///   - a: Weight of the pre-trusted, above 0 and at most 1.
  ///   - tolerance: Σ|Δt| over the hosts of a sweep at which to stop; the error is at most (1 − a)/a
  ///     times it.
  /// - Returns: Shape `[hosts]`, as shares of the trust of hosts and renters.
  /// - Complexity: O(pairs) a sweep, of which a market takes some ten.
  func trust(hosts: Int, preTrusted: [Int], a: Double, tolerance: Double) -> [Double] {
    let graph = TradeGraph(self, hosts: hosts)
    var p = [Double](repeating: 0, count: hosts)
    for host in preTrusted { p[host] += 1 / Double(preTrusted.count) }
    // From the pre-trusted, so that whom they do not reach has exactly nothing.
    var trust = p
    var received = [Double](repeating: 0, count: hosts)
    var perPayment = received
    // Below the rounding of the sums a smaller tolerance could never be met.
    let tolerance = max(tolerance, 1e-15)
    var last = Double.infinity
    var isScaled = true
    while true {
      let passed = graph.sweep(trust, &perPayment, &received, a: a)
      let scale = isScaled ? 1 / passed.sum : 1
      let toPreTrusted = a + (1 - a) * passed.idle * scale
      var change = 0.0
      for host in 0..<hosts {
        let next = (1 - a) * received[host] * scale + toPreTrusted * p[host]
        change += abs(next - trust[host] * scale)
        trust[host] = next
      }
      if change <= tolerance { return trust }
      // Without the scaling each sweep shortens the distance by 1 − a or more, whatever the graph.
      if change >= last { isScaled = false }
      last = change
    }
  }
}

/// The two weights of each pair that trust passes along.
private struct TradeGraph {
  struct Edge: BitwiseCopyable {
    let host: UInt32
    /// What the host gives the renter, and the renter the host, of all that each gives.
    let paid: Float
    let liked: Float
  }

  private var edges: [Edge] = []
  private var starts = [0]
  /// Sum of `liked` of each renter.
  private var likes: [Double] = []
  /// Sum of `paid` of each host.
  private var payments: [Double]

  init(_ dealings: Dealings, hosts: Int) {
    payments = Array(repeating: 0, count: hosts)
    edges.reserveCapacity(dealings.pairs.count)
    starts.reserveCapacity(dealings.renterCount + 1)
    likes.reserveCapacity(dealings.renterCount)
    for renter in 0..<dealings.renterCount {
      var sum = 0.0
      for place in dealings.range(of: renter) {
        let pair = dealings.pairs[place]
        let liked = max(0, pair.balance)
        edges.append(Edge(host: pair.host, paid: Float(pair.payments), liked: Float(liked)))
        payments[Int(pair.host)] += Double(pair.payments)
        sum += Double(liked)
      }
      likes.append(sum)
      starts.append(edges.count)
    }
  }

  /// Passes the trust of hosts on to renters, and theirs back, of which `received` lacks the factor
  /// 1 − a.
  ///
  /// - Returns: The trust of all before it came back, and that of those who trust nobody.
  func sweep(
    _ trust: [Double], _ perPayment: inout [Double], _ received: inout [Double], a: Double
  ) -> (sum: Double, idle: Double) {
    var (sum, idle) = (0.0, 0.0)
    for host in trust.indices {
      received[host] = 0
      sum += trust[host]
      if payments[host] > 0 {
        perPayment[host] = (1 - a) * trust[host] / payments[host]
      } else {
        perPayment[host] = 0
        idle += trust[host]
      }
    }
    for renter in likes.indices {
      let row = starts[renter]..<starts[renter + 1]
      var own = 0.0
      for place in row {
        own += Double(edges[place].paid) * perPayment[Int(edges[place].host)]
      }
      sum += own
      guard likes[renter] > 0 else {
        idle += own
        continue
      }
      let perLike = own / likes[renter]
      for place in row {
        received[Int(edges[place].host)] += Double(edges[place].liked) * perLike
      }
    }
    return (sum, idle)
  }
}
