public import Quantities

/// Ties wallets that money from one source has filled.
///
/// Transfers are followed backwards, from what a wallet was needed for. Each hop must lie within
/// `window` before what it made possible.
public struct FundingLinks: Hashable, Sendable {
  /// How many transfers back a common source may lie; 1 or more.
  public var hops: Int
  public var window: SimDuration
  /// Wallets that fed more others than this are taken for exchanges and tie nobody together.
  public var fanOutMax: Int

  public init(hops: Int = 2, window: SimDuration = .days(30), fanOutMax: Int = 64) {
    precondition(hops >= 1, "a source lies at least one transfer back")
    self.hops = hops
    self.window = window
    self.fanOutMax = fanOutMax
  }

  /// When money that reached a wallet could have served somebody, in seconds.
  private struct Span {
    var earliest = Int.max
    var latest = Int.min

    mutating func admit(_ second: Int, after window: Int) {
      earliest = min(earliest, second - window)
      latest = max(latest, second)
    }

    func contains(_ second: Int) -> Bool { earliest <= second && second <= latest }
  }

  /// Wallets by what they have in common with those of hosts, and of customers if wanted.
  ///
  /// - Complexity: O(hops · transfers + wallets).
  func clusters(of record: PublicRecord, withCustomers: Bool) -> DisjointSets {
    var clusters = DisjointSets(count: record.walletCount)
    let isExchange = exchanges(record)
    let window = PublicRecord.seconds(in: window)
    var served = [Span](repeating: Span(), count: record.walletCount)
    for registration in record.registrations {
      served[Int(registration.wallet)].admit(Int(registration.second), after: window)
    }
    if withCustomers {
      for customer in record.customers {
        served[Int(customer.wallet)].admit(Int(customer.second), after: window)
      }
    }
    for hop in 1...hops {
      var sources = [Span](repeating: Span(), count: hop < hops ? record.walletCount : 0)
      for transfer in record.transfers {
        let (source, target) = (Int(transfer.source), Int(transfer.target))
        let second = Int(transfer.second)
        guard served[target].contains(second), !isExchange[source] else { continue }
        clusters.join(source, target)
        if hop < hops { sources[source].admit(second, after: window) }
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

extension PublicRecord {
  /// Of each host, the one that it first registered with; −1 where none is known.
  func walletsOfHosts(_ count: Int) -> [Int] {
    var wallets = [Int](repeating: -1, count: count)
    for registration in registrations {
      let host = Int(registration.host)
      if host < count, wallets[host] < 0 { wallets[host] = Int(registration.wallet) }
    }
    return wallets
  }
}
