/// Accuses hosts that are paid by customers whose wallets were filled from the host's own, or from a
/// source that both share: wash trading.
///
/// Jobs count, not money: those that lift a score are worth next to nothing. Who fills the wallets of
/// such customers at an exchange, as everybody does, is not found.
public struct SelfDealing: Hashable, Sendable {
  /// Share of a host's paid jobs from which on it is flagged.
  public var threshold: Double
  /// Before a customer's first appearance, and a host's registration.
  public var links: FundingLinks

  public init(threshold: Double = 0.1, links: FundingLinks = FundingLinks()) {
    self.threshold = threshold
    self.links = links
  }

  /// Share of the host's paid jobs that its own money paid for; 0 where it was never paid.
  ///
  /// - Returns: Shape `[hosts]`, 0 … 1.
  /// - Complexity: O(hops of links · transfers + pairs of renter and host + entries).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    var dealings = Dealings()
    dealings.read(record)
    return scores(of: record, dealings, hosts: hosts)
  }

  /// - Parameter dealings: Those of `record`.
  func scores(of record: PublicRecord, _ dealings: Dealings, hosts: Int) -> [Double] {
    var clusters = links.clusters(of: record, withCustomers: true)
    func cluster(of wallet: Int) -> Int { wallet < 0 ? -1 : clusters.representative(of: wallet) }
    let clusterOfHost = record.walletsOfHosts(hosts).map(cluster)
    var clusterOfRenter = [Int](repeating: -1, count: dealings.renterCount)
    for customer in record.customers where customer.renter < clusterOfRenter.count {
      clusterOfRenter[Int(customer.renter)] = cluster(of: Int(customer.wallet))
    }
    var own = [Double](repeating: 0, count: hosts)
    var all = own
    for renter in clusterOfRenter.indices {
      for place in dealings.range(of: renter) {
        let dealing = dealings.pairs[place]
        let host = Int(dealing.host)
        all[host] += Double(dealing.payments)
        if clusterOfRenter[renter] >= 0, clusterOfRenter[renter] == clusterOfHost[host] {
          own[host] += Double(dealing.payments)
        }
      }
    }
    return zip(own, all).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
