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
  /// Hosts with fewer jobs that were paid or rated are not judged: what trust has reached them so far is
  /// luck.
  ///
  /// In the market of `SybilRank.jobsMin` 24 rounds at a threshold of −0.05 accused 7,809 of the
  /// honest in some round with 1, 159 with 5, 1 with 8 and none with 10.
  public var jobsMin: Int

  public init(
    seeds: [Int], threshold: Double = -0.2, a: Double = 0.1, tolerance: Double = 1e-6,
    jobsMin: Int = 8
  ) {
    precondition(jobsMin >= 1, "a host without business is not judged")
    precondition(a > 0 && a <= 1, "the weight of the pre-trusted lies in (0, 1]")
    self.seeds = seeds
    self.threshold = threshold
    self.a = a
    self.tolerance = tolerance
    self.jobsMin = jobsMin
  }

  /// Minus the host's trust over the mean of the hosts that have been rated or paid.
  ///
  /// Hosts with few jobs are not judged: they score −1, as all do without a seed.
  ///
  /// - Returns: Shape `[hosts]`.
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    var dealings = Dealings()
    dealings.read(record)
    return scores(of: dealings, hosts: hosts)
  }

  func scores(of dealings: Dealings, hosts: Int) -> [Double] {
    let trust = trust(from: dealings, hosts: hosts)
    let jobs = dealings.jobCounts(hosts: hosts)
    var total = 0.0
    var active = 0.0
    for host in 0..<hosts where jobs[host] > 0 {
      total += trust[host]
      active += 1
    }
    guard total > 0 else { return Array(repeating: -1, count: hosts) }
    let mean = total / active
    return (0..<hosts).map { jobs[$0] >= jobsMin ? -trust[$0] / mean : -1 }
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
