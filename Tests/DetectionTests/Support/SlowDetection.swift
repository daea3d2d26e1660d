import Quantities

@testable import Detection

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
    case .failures(let span):
      for failure in record.failures { note(Int(failure.second) / Int(span.seconds), failure.host) }
    case .customers:
      for payment in record.payments { note(Int(payment.renter), payment.host) }
    }
    let sharersMax = max(64, Int(detector.commonShare * Double(hosts)))
    let rare = sharers.filter { $0.value.count <= sharersMax }
    let signatures = (0..<hosts).map { host -> [UInt32]? in
      let own = rare.filter { $0.value.contains(host) }.map(\.key)
      guard own.count >= detector.featuresMin else { return nil }
      return (0..<64).map { entry in own.map { Signatures.hash($0, entry) }.min() ?? .max }
    }
    var most = [Int](repeating: 0, count: hosts)
    for band in stride(from: 0, to: 64, by: 2) {
      let groups = Dictionary(grouping: (0..<hosts).filter { signatures[$0] != nil }) {
        Array(signatures[$0]?[band..<band + 2] ?? [])
      }
      for group in groups.values {
        for (place, a) in group.enumerated() {
          for b in group.dropFirst(place + 1).prefix(8) {
            let equal = zip(signatures[a] ?? [], signatures[b] ?? []).count { $0 == $1 }
            most[a] = max(most[a], equal)
            most[b] = max(most[b], equal)
          }
        }
      }
    }
    return most.map { Double($0) / 64 }
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
      degrees[$0] == 0 ? -1 : -trust[$0] / Double(degrees[$0]) * Double(edges.count)
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
