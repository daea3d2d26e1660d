/// Accuses hosts whose wallets were filled, before they registered, from a source that they share.
public struct FundingCluster: Hashable, Sendable {
  /// Hosts in a cluster from which on all of them are flagged.
  public var threshold: Double
  public var links: FundingLinks

  public init(threshold: Double = 5, links: FundingLinks = FundingLinks()) {
    self.threshold = threshold
    self.links = links
  }

  /// Hosts in the host's cluster, itself included; 0 if it never registered.
  ///
  /// - Returns: Shape `[hosts]`.
  /// - Complexity: O(hops of links · transfers + hosts).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    let wallets = record.walletsOfHosts(hosts)
    var clusters = links.clusters(of: record, withCustomers: false)
    var sizes = [Double](repeating: 0, count: record.walletCount)
    for wallet in wallets where wallet >= 0 { sizes[clusters.representative(of: wallet)] += 1 }
    return wallets.map { $0 < 0 ? 0 : sizes[clusters.representative(of: $0)] }
  }
}
