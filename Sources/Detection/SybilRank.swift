/// Accuses hosts that little trust reaches when it walks from known hosts to their customers, to
/// those customers' other hosts, and so on for few steps.
///
/// A short walk stays among the honest if few of their customers also buy from Sybils: what matters
/// is the number of such edges, not of Sybils. Trust is divided by degree, so size alone neither
/// helps nor hurts.
///
/// - Source: Cao, Sirivianos, Yang, Pregueiro, "Aiding the Detection of Fake Accounts in Large
///   Scale Social Online Services", NSDI 2012; here on a graph of two kinds, a step being
///   host–renter–host.
public struct SybilRank: Hashable, Sendable {
  /// Hosts known to be honest; those without business are passed over.
  public var seeds: [Int]
  /// Score from which on a host is flagged; −0.9 is nine tenths of the trust that its business merits.
  public var threshold: Double
  /// Each two hops; nil for ⌈½ log₂ n⌉ of the n hosts and renters with business, which makes the
  /// published log₂ n hops.
  public var steps: Int?
  /// Mean stars of a pair, if it has any, below which its business carries no trust.
  public var starsMin: Double
  /// Hosts with fewer jobs that were paid or rated are not judged: a short walk reaches a host of little
  /// business by luck. Customers may be few: a ring that lives off its own has no others.
  ///
  /// Of 9,500 honest hosts of 10,000 that 5,000 renters bought from at random, 4 jobs/s for 12 h, 24
  /// rounds at a threshold of −0.5 accused 7,567 in some round with 1, 246 with 5, 2 with 8 and none
  /// with 10.
  public var jobsMin: Int

  public init(
    seeds: [Int], threshold: Double = -0.9, steps: Int? = nil, starsMin: Double = 3,
    jobsMin: Int = 8
  ) {
    precondition(jobsMin >= 1, "a host without business is not judged")
    self.seeds = seeds
    self.threshold = threshold
    self.steps = steps
    self.starsMin = starsMin
    self.jobsMin = jobsMin
  }

  /// Minus the trust per edge over what it would be if trust were spread evenly: about −1 for the
  /// honest, 0 where none arrives, such as where all customers were cheated.
  ///
  /// Hosts with few jobs are not judged: they score −1, as all do when no seed has any business.
  ///
  /// - Returns: Shape `[hosts]`.
  /// - Complexity: O(edges · steps).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    var dealings = Dealings()
    dealings.read(record)
    return scores(of: dealings, hosts: hosts)
  }

  func scores(of dealings: Dealings, hosts: Int) -> [Double] {
    let graph = customers(in: dealings)
    var degrees = [Double](repeating: 0, count: hosts)
    for host in graph.columns { degrees[Int(host)] += 1 }
    let known = seeds.filter { $0 < hosts && degrees[$0] > 0 }
    guard !known.isEmpty else { return Array(repeating: -1, count: hosts) }

    // Trust per edge, of which a host gives each of its renters as much.
    var perEdge = [Double](repeating: 0, count: hosts)
    for seed in known { perEdge[seed] += 1 / (Double(known.count) * degrees[seed]) }
    let active = degrees.count { $0 > 0 } + (0..<graph.rows).count { !graph.range(of: $0).isEmpty }
    let stepCount = steps ?? (ceilingLog2(active) + 1) / 2
    var received = [Double](repeating: 0, count: hosts)
    for _ in 0..<stepCount {
      for host in received.indices { received[host] = 0 }
      for renter in 0..<graph.rows {
        let edges = graph.range(of: renter)
        guard !edges.isEmpty else { continue }
        var gathered = 0.0
        for place in edges { gathered += perEdge[Int(graph.columns[place])] }
        gathered /= Double(edges.count)
        for place in edges { received[Int(graph.columns[place])] += gathered }
      }
      for host in 0..<hosts where degrees[host] > 0 {
        perEdge[host] = received[host] / degrees[host]
      }
    }
    let even = 1 / Double(graph.columns.count)
    let jobs = dealings.jobCounts(hosts: hosts)
    return (0..<hosts).map { host in
      guard jobs[host] >= jobsMin else { return -1 }
      return degrees[host] > 0 ? -perEdge[host] / even : 0
    }
  }

  /// The hosts of every renter. A payment makes an edge; ratings that are poor on average unmake it,
  /// since a buyer who was cheated does not vouch for the seller.
  private func customers(in dealings: Dealings) -> Adjacency {
    var starts = [0]
    starts.reserveCapacity(dealings.renterCount + 1)
    var columns: [UInt32] = []
    columns.reserveCapacity(dealings.pairs.count)
    for renter in 0..<dealings.renterCount {
      for place in dealings.range(of: renter) {
        let pair = dealings.pairs[place]
        guard pair.payments > 0, Double(pair.starSum) >= starsMin * Double(pair.ratings) else {
          continue
        }
        columns.append(pair.host)
      }
      starts.append(columns.count)
    }
    return Adjacency(starts: starts, columns: columns)
  }

  /// For counts from 1.
  private func ceilingLog2(_ count: Int) -> Int {
    Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
