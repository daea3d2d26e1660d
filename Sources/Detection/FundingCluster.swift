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
    let wallets = walletOfHost(record, hosts: hosts)
    var clusters = linked(record)
    var sizes = [Double](repeating: 0, count: record.walletCount)
    for wallet in wallets where wallet >= 0 { sizes[clusters.representative(of: wallet)] += 1 }
    return wallets.map { $0 < 0 ? 0 : sizes[clusters.representative(of: $0)] }
  }

  /// −1 where none is known; the first registration counts.
  private func walletOfHost(_ record: PublicRecord, hosts: Int) -> [Int] {
    var wallets = [Int](repeating: -1, count: hosts)
    for registration in record.registrations {
      let host = Int(registration.host)
      if host < hosts, wallets[host] < 0 { wallets[host] = Int(registration.wallet) }
    }
    return wallets
  }

  private func linked(_ record: PublicRecord) -> DisjointSets {
    var clusters = DisjointSets(count: record.walletCount)
    let isExchange = exchanges(record)
    let span = PublicRecord.seconds(in: window)
    // When money that reached a wallet could have served a host: nothing yet.
    let never = (earliest: Int.max, latest: Int.min)
    var served = [(earliest: Int, latest: Int)](repeating: never, count: record.walletCount)
    for registration in record.registrations {
      let wallet = Int(registration.wallet)
      let second = Int(registration.second)
      served[wallet].earliest = min(served[wallet].earliest, second - span)
      served[wallet].latest = max(served[wallet].latest, second)
    }
    for hop in 1...hops {
      var sources = [(earliest: Int, latest: Int)](
        repeating: never, count: hop < hops ? record.walletCount : 0)
      for transfer in record.transfers {
        let (source, target) = (Int(transfer.source), Int(transfer.target))
        let second = Int(transfer.second)
        guard served[target].earliest <= second, second <= served[target].latest,
          !isExchange[source]
        else { continue }
        clusters.join(source, target)
        guard hop < hops else { continue }
        sources[source].earliest = min(sources[source].earliest, second - span)
        sources[source].latest = max(sources[source].latest, second)
      }
      served = sources
    }
    return clusters
  }

  private func exchanges(_ record: PublicRecord) -> [Bool] {
    let targets = Adjacency(rows: record.walletCount, count: record.transfers.count) { index in
      (record.transfers[index].source, record.transfers[index].target)
    }
    var lastSource = [Int](repeating: -1, count: record.walletCount)
    return (0..<record.walletCount).map { source in
      var fed = 0
      for place in targets.range(of: source) {
        let target = Int(targets.columns[place])
        if lastSource[target] != source {
          lastSource[target] = source
          fed += 1
        }
      }
      return fed > fanOutMax
    }
  }
}
