import Detection
import Kernel
import Quantities

/// A market of honest hosts, a region of Sybils whose puppets buy from them, and honest customers of
/// both: the attack edges.
struct SybilRegion {
  static let check = ValidationCheck(
    "sybilrank",
    "The trust that a short walk leaks grows with attack edges, not with Sybils, which bounds the Sybils accepted."
  ) { effort in
    func walk(sybils: Int, edges: Int) -> (trust: Double, accepted: Int) {
      SybilRegion(sybils: sybils, attackEdges: edges).walk(seed: effort.seed &+ 1)
    }
    let few = walk(sybils: 1_000, edges: 50)
    let many = walk(sybils: 8_000, edges: 50)
    let bought = walk(sybils: 8_000, edges: 100)
    // Each step, an edge carries no more than an honest edge had at first; a Sybil that is accepted
    // holds a tenth of that on each of its ten edges.
    let capacity = steps * 100 * 10 / degree
    return [
      ValidationRow(
        "8,000 Sybils' trust over that of 1,000", expected: 1, exactly: many.trust / few.trust,
        tolerance: 0.05),
      ValidationRow(
        "trust through 100 edges over that through 50", expected: 2,
        exactly: bought.trust / many.trust, tolerance: 0.05),
      ValidationRow(
        "accepted of 8,000 beyond those of 1,000", expected: 0,
        exactly: Double(max(0, many.accepted - few.accepted)), tolerance: 0),
      ValidationRow(
        "accepted beyond what 100 edges carry", expected: 0,
        exactly: Double(max(0, bought.accepted - capacity)), tolerance: 0),
    ]
  }

  private static let honest = 1_000
  /// Customers of each host, and hosts of each customer.
  private static let degree = 10
  private static let steps = 6

  var sybils: Int
  var attackEdges: Int

  /// Trust that all Sybils together hold in the end, of 1 spread over the honest, and how many hold a
  /// tenth per edge of what the honest had.
  private func walk(seed: UInt64) -> (trust: Double, accepted: Int) {
    let hosts = Self.honest + sybils
    var stream = StreamSource(seed: seed, replication: 0, name: "validate.sybilRank").stream()
    var record = PublicRecord()
    var customers = [Set<Int>](repeating: [], count: hosts)
    func buy(_ renter: Int, from host: Int) {
      guard customers[host].insert(renter).inserted else { return }
      record.recordPayment(renter: renter, host: host, amount: 1, at: .zero)
    }
    for range in [0..<Self.honest, Self.honest..<hosts] {
      for _ in 0..<Self.degree {
        var sellers = Array(range)
        stream.shuffle(&sellers)
        for (renter, host) in zip(range, sellers) { buy(renter, from: host) }
      }
    }
    for _ in 0..<attackEdges {
      buy(stream.below(Self.honest), from: Self.honest + stream.below(sybils))
    }
    let scores = SybilRank(
      seeds: Array(0..<Self.honest), steps: Self.steps, jobsMin: 1
    ).scores(of: record, hosts: hosts)
    let edges = customers.reduce(0) { $0 + $1.count }
    let first = 1 / Double(Self.honest * Self.degree)
    var (trust, accepted) = (0.0, 0)
    for host in Self.honest..<hosts {
      let perEdge = -scores[host] / Double(edges)
      trust += perEdge * Double(customers[host].count)
      if perEdge > first / 10 { accepted += 1 }
    }
    return (trust, accepted)
  }
}
