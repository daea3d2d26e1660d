import Quantities

@testable import Detection

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What detectors compute, written as it is defined: slowly, from the whole record, with sets and
/// dictionaries.
enum SlowDetection {
  struct Pair: Hashable { var renter, host: Int }

  static func likeness(_ detector: BehaviouralCorrelation, _ record: PublicRecord, hosts: Int)
    -> [Double]
  {
    var sharers: [Int: Set<Int>] = [:]
    func note(_ feature: Int, _ host: UInt32) { sharers[feature, default: []].insert(Int(host)) }
    switch detector.trace {
    case .claims(let span):
      for claim in record.claims { note(Int(claim.second) / Int(span.seconds), claim.host) }
    case .customers:
      for payment in record.payments { note(Int(payment.renter), payment.host) }
    }
    let sharersMax = max(64, Int(detector.commonShare * Double(hosts)))
    let rare = sharers.filter { $0.value.count <= sharersMax }
    let own = (0..<hosts).map { host in rare.filter { $0.value.contains(host) }.map(\.key) }
    let signatures = own.map { features in
      (0..<64).map { entry in features.map { Signatures.hash($0, entry) }.min() ?? .max }
    }
    let judged = (0..<hosts).filter { own[$0].count >= detector.featuresMin }
      .sorted { Mixing.mixed(UInt64($0)) < Mixing.mixed(UInt64($1)) }
    let counts = rare.values.map(\.count)
    let (sum, squares) = (counts.reduce(0, +), counts.map { $0 * $0 }.reduce(0, +))
    let features = squares > 0 ? Int(Double(sum) * Double(sum) / Double(squares)) : 0
    let pairs = Double(judged.count) * Double(max(0, judged.count - 1)) / 2
    var chances: [[Int]: [Double]] = [:]
    func isChance(_ a: Int, _ b: Int, _ equal: Int) -> Bool {
      let sizes = [leadingBits(own[a].count), leadingBits(own[b].count)].sorted()
      let known = chances[sizes] ?? chancesOfEqual(sizes[0], sizes[1], of: features)
      chances[sizes] = known
      return known[equal...].reduce(0, +) * pairs > detector.chancePairsMax
    }
    var most = [Int](repeating: 0, count: hosts)
    for band in stride(from: 0, to: 64, by: 2) {
      let groups = Dictionary(grouping: judged) { Array(signatures[$0][band..<band + 2]) }
      for group in groups.values {
        for (place, a) in group.enumerated() {
          for b in group.dropFirst(place + 1).prefix(8) {
            let equal = zip(signatures[a], signatures[b]).count { $0 == $1 }
            guard equal > min(most[a], most[b]), !isChance(a, b, equal) else { continue }
            most[a] = max(most[a], equal)
            most[b] = max(most[b], equal)
          }
        }
      }
    }
    return most.map { Double($0) / 64 }
  }

  /// Chances that the signatures of two hosts with `a` and `b` features, drawn from `features`, have
  /// 0 … 64 entries in common.
  static func chancesOfEqual(_ a: Int, _ b: Int, of features: Int) -> [Double] {
    let features = max(features, a, b)
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    let binomials = (0...64).map { choose(64, $0) }
    var chances = [Double](repeating: 0, count: 65)
    for overlap in max(0, a + b - features)...min(a, b) {
      let jaccard = Double(overlap) / Double(a + b - overlap)
      let weight = choose(a, overlap) * choose(features - a, b - overlap) / choose(features, b)
      for equal in 0...64 {
        let order = pow(jaccard, Double(equal)) * pow(1 - jaccard, Double(64 - equal))
        chances[equal] += weight * binomials[equal] * order
      }
    }
    return chances
  }

  /// `size` to five leading bits, rounded down.
  private static func leadingBits(_ size: Int) -> Int {
    var unit = 1
    while size / unit >= 32 { unit *= 2 }
    return size / unit * unit
  }

  static func jobs(_ record: PublicRecord, of host: Int) -> Int {
    let paying = record.payments.filter { $0.host == host }.map(\.renter)
    let rating = record.ratings.filter { $0.host == host }.map(\.renter)
    return Set(paying + rating).reduce(0) { sum, renter in
      sum + max(paying.count { $0 == renter }, rating.count { $0 == renter })
    }
  }

  static func trustEdges(_ record: PublicRecord, starsMin: Double) -> Set<Pair> {
    var stars: [Pair: [Double]] = [:]
    for rating in record.ratings {
      stars[Pair(renter: Int(rating.renter), host: Int(rating.host)), default: []]
        .append(Double(rating.stars))
    }
    let paid = Set(record.payments.map { Pair(renter: Int($0.renter), host: Int($0.host)) })
    return paid.filter { pair in
      guard let given = stars[pair] else { return true }
      return given.reduce(0, +) / Double(given.count) >= starsMin
    }
  }

  /// SybilRank with its number of steps given.
  static func sybilRank(_ detector: SybilRank, steps: Int, _ record: PublicRecord, hosts: Int)
    -> [Double]
  {
    let edges = trustEdges(record, starsMin: detector.starsMin)
    let renters = Dictionary(grouping: edges, by: \.renter)
    let degrees = (0..<hosts).map { host in edges.count { $0.host == host } }
    let known = detector.seeds.filter { degrees[$0] > 0 }
    guard !known.isEmpty else { return Array(repeating: -1, count: hosts) }
    var trust = (0..<hosts).map { known.contains($0) ? 1 / Double(known.count) : 0 }
    for _ in 0..<steps {
      var next = [Double](repeating: 0, count: hosts)
      for own in renters.values {
        let held = own.reduce(0) { $0 + trust[$1.host] / Double(degrees[$1.host]) }
        for edge in own { next[edge.host] += held / Double(own.count) }
      }
      trust = next
    }
    return (0..<hosts).map {
      if jobs(record, of: $0) < detector.jobsMin { return -1 }
      return degrees[$0] == 0 ? 0 : -trust[$0] / Double(degrees[$0]) * Double(edges.count)
    }
  }

  /// EigenTrust on the general graph, far past its tolerance.
  static func eigenTrust(_ detector: EigenTrust, _ record: PublicRecord, hosts: Int) -> [Double] {
    var links = record.payments.map {
      TrustGraph.Link(source: Int($0.host), target: hosts + Int($0.renter), weight: 1)
    }
    var balances: [Pair: Int] = [:]
    for rating in record.ratings {
      balances[Pair(renter: Int(rating.renter), host: Int(rating.host)), default: 0] +=
        rating.stars >= 4 ? 1 : rating.stars <= 2 ? -1 : 0
    }
    for (pair, balance) in balances.sorted(by: {
      ($0.key.renter, $0.key.host) < ($1.key.renter, $1.key.host)
    })
    where balance > 0 {
      links.append(
        TrustGraph.Link(source: hosts + pair.renter, target: pair.host, weight: Double(balance)))
    }
    let graph = TrustGraph(peerCount: hosts + record.renterCount, links: links)
    return Array(
      graph.trust(preTrusted: detector.seeds, a: detector.a, tolerance: 1e-14).prefix(hosts))
  }
}
