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
    var dealings = Dealings()
    dealings.read(record)
    return scores(of: dealings, hosts: hosts)
  }

  func scores(of dealings: Dealings, hosts: Int) -> [Double] {
    let trust = trust(from: dealings, hosts: hosts)
    var isActive = [Bool](repeating: false, count: hosts)
    for pair in dealings.pairs { isActive[Int(pair.host)] = true }
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
    var dealings = Dealings()
    dealings.read(record)
    return trust(from: dealings, hosts: hosts)
  }

  func trust(from dealings: Dealings, hosts: Int) -> [Double] {
    let known = seeds.filter { $0 < hosts }
    guard !known.isEmpty else { return Array(repeating: 0, count: hosts) }
    return dealings.trust(hosts: hosts, preTrusted: known, a: a, tolerance: tolerance)
  }
}
