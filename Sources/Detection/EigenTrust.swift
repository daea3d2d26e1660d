/// Accuses hosts with little of the trust that renters' ratings pass on from the pre-trusted.
///
/// A renter trusts hosts by its satisfied less its unsatisfied ratings of them (never below 0), and
/// a host trusts renters by how often they paid it. Sellers do not rate in this market, so without
/// the second half no trust would flow beyond one step.
public struct EigenTrust: Hashable, Sendable {
  /// Hosts trusted from the start.
  public var seeds: [Int]
  /// Score from which on a host is flagged.
  public var threshold: Double
  /// Weight of the seeds in each round, above 0 and at most 1.
  public var a: Double
  /// Σ|Δt| of a round at which to stop.
  public var tolerance: Double

  public init(
    seeds: [Int], threshold: Double = -0.2, a: Double = 0.1, tolerance: Double = 1e-6
  ) {
    precondition(a > 0 && a <= 1, "the weight of the pre-trusted lies in (0, 1]")
    self.seeds = seeds
    self.threshold = threshold
    self.a = a
    self.tolerance = tolerance
  }

  /// Minus the host's trust over the mean of the hosts that have been rated or paid.
  ///
  /// Hosts without business are not judged: they score −1, as all do without a seed.
  ///
  /// - Returns: Shape `[hosts]`.
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    let trust = trust(from: record, hosts: hosts)
    var isActive = [Bool](repeating: false, count: hosts)
    for payment in record.payments where Int(payment.host) < hosts {
      isActive[Int(payment.host)] = true
    }
    for rating in record.ratings where Int(rating.host) < hosts {
      isActive[Int(rating.host)] = true
    }
    var total = 0.0
    var active = 0.0
    for host in 0..<hosts where isActive[host] {
      total += trust[host]
      active += 1
    }
    guard total > 0 else { return Array(repeating: -1, count: hosts) }
    let mean = total / active
    return (0..<hosts).map { isActive[$0] ? -trust[$0] / mean : -1 }
  }

  /// Trust of each host, as a share of the trust of all peers, hosts and renters.
  ///
  /// - Returns: Shape `[hosts]`; zeros without a seed.
  public func trust(from record: PublicRecord, hosts: Int) -> [Double] {
    let known = seeds.filter { $0 < hosts }
    guard !known.isEmpty else { return Array(repeating: 0, count: hosts) }
    let graph = TrustGraph(
      peerCount: hosts + record.renterCount, links: links(of: record, hosts: hosts))
    return Array(graph.trust(preTrusted: known, a: a, tolerance: tolerance).prefix(hosts))
  }

  private func links(of record: PublicRecord, hosts: Int) -> [TrustGraph.Link] {
    var links: [TrustGraph.Link] = []
    links.reserveCapacity(record.payments.count + record.ratings.count)
    for payment in record.payments where Int(payment.host) < hosts {
      links.append(
        TrustGraph.Link(source: Int(payment.host), target: hosts + Int(payment.renter), weight: 1))
    }
    let ratings = Adjacency(rows: record.renterCount, count: record.ratings.count) { index in
      let rating = record.ratings[index]
      return (rating.renter, rating.host << 3 | UInt32(rating.stars))
    }
    var balances = [Int](repeating: 0, count: hosts)
    for renter in 0..<record.renterCount {
      for place in ratings.range(of: renter) {
        let host = Int(ratings.columns[place] >> 3)
        guard host < hosts else { continue }
        let stars = ratings.columns[place] & 7
        balances[host] += stars >= 4 ? 1 : stars <= 2 ? -1 : 0
      }
      for place in ratings.range(of: renter) {
        let host = Int(ratings.columns[place] >> 3)
        guard host < hosts else { continue }
        if balances[host] > 0 {
          links.append(
            TrustGraph.Link(
              source: hosts + renter, target: host, weight: Double(balances[host])))
        }
        balances[host] = 0
      }
    }
    return links
  }
}
