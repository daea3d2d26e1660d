public import Quantities

/// Accuses hosts whose wallets were filled, before they registered, from a source that they share.
///
/// Transfers are followed backwards from each host's wallet. Each hop must lie within `window`
/// before what it paid for: the registration, or the transfer that it made possible.
public struct FundingCluster: Hashable, Sendable {
  /// Hosts in a cluster from which on all of them are flagged.
  public var threshold: Double
  /// How many transfers back a common source may lie; 1 or more.
  public var hops: Int
  public var window: SimDuration
  /// Wallets that fed more others than this are taken for exchanges and tie nobody together.
  public var fanOutMax: Int

  public init(
    threshold: Double = 5, hops: Int = 2, window: SimDuration = .days(30), fanOutMax: Int = 64
  ) {
    precondition(hops >= 1, "a source lies at least one transfer back")
    self.threshold = threshold
    self.hops = hops
    self.window = window
    self.fanOutMax = fanOutMax
  }

  /// Hosts in the host's cluster, itself included; 0 if it never registered.
  ///
  /// - Returns: Shape `[hosts]`.
  /// - Complexity: O(hops · transfers + hosts).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    let links = FundingLinks(
      hops: hops, window: PublicRecord.seconds(in: window), fanOutMax: fanOutMax)
    let wallets = record.walletsOfHosts(hosts)
    var clusters = links.clusters(of: record, withCustomers: false)
    var sizes = [Double](repeating: 0, count: record.walletCount)
    for wallet in wallets where wallet >= 0 { sizes[clusters.representative(of: wallet)] += 1 }
    return wallets.map { $0 < 0 ? 0 : sizes[clusters.representative(of: $0)] }
  }
}
