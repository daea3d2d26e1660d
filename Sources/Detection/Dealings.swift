internal import Quantities

/// What each renter and each host have had to do with each other, kept up to date as a record grows.
///
/// Hosts stand in ascending order in the row of their renter, so that what is computed from here
/// does not depend on how often the record was read.
struct Dealings: Sendable {
  /// One pair's business so far.
  struct Dealing: BitwiseCopyable, Hashable, Sendable {
    var host: UInt32
    var payments: UInt32 = 0
    var ratings: UInt32 = 0
    var starSum: UInt32 = 0
    /// Ratings of 4 stars and more, less those of 2 and fewer.
    var balance: Int32 = 0

    /// - Parameter stars: 0 for a payment.
    mutating func add(stars: UInt32) {
      guard stars > 0 else {
        payments += 1
        return
      }
      ratings += 1
      starSum += stars
      balance += stars >= 4 ? 1 : stars <= 2 ? -1 : 0
    }
  }

  private(set) var pairs: [Dealing] = []
  /// The pairs of a renter are at `starts[renter] ..< starts[renter + 1]`.
  private var starts = [0]
  private var paymentsSeen = 0
  private var ratingsSeen = 0
  private var news: [KeyedIndex] = []
  private var spareNews: [KeyedIndex] = []
  private var sparePairs: [Dealing] = []

  var renterCount: Int { starts.count - 1 }

  @inline(__always) func range(of renter: Int) -> Range<Int> {
    starts[renter]..<starts[renter + 1]
  }

  /// Jobs of each host that its renters have paid or rated.
  ///
  /// - Returns: Shape `[hosts]`.
  func jobCounts(hosts: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: hosts)
    for pair in pairs { counts[Int(pair.host)] += Int(max(pair.payments, pair.ratings)) }
    return counts
  }

  /// Takes in what `record` has that it had not when it was last read.
  ///
  /// - Precondition: `record` is the one read before, with or without more entries.
  /// - Complexity: O(pairs + new entries), nothing without new entries.
  mutating func read(_ record: PublicRecord) {
    let hostBits = UInt64(Int.bitWidth - record.hostCount.leadingZeroBitCount)
    collectNews(of: record, hostBits)
    guard !news.isEmpty else { return }
    news.sortByKey(&spareNews)
    mergeNews(renters: record.renterCount, hostBits)
  }

  /// New entries under the number of their pair, with their stars.
  private mutating func collectNews(of record: PublicRecord, _ hostBits: UInt64) {
    news.removeAll(keepingCapacity: true)
    for payment in record.payments[paymentsSeen...] {
      let key = UInt64(payment.renter) << hostBits | UInt64(payment.host)
      news.append(KeyedIndex(key: key, index: 0))
    }
    for rating in record.ratings[ratingsSeen...] {
      let key = UInt64(rating.renter) << hostBits | UInt64(rating.host)
      news.append(KeyedIndex(key: key, index: UInt32(rating.stars)))
    }
    paymentsSeen = record.payments.count
    ratingsSeen = record.ratings.count
  }

  private mutating func mergeNews(renters: Int, _ hostBits: UInt64) {
    starts.append(contentsOf: repeatElement(pairs.count, count: renters - renterCount))
    sparePairs.removeAll(keepingCapacity: true)
    sparePairs.reserveCapacity(pairs.count + news.count)
    let hostMask: UInt64 = 1 << hostBits - 1
    var place = 0
    var copied = 0
    for renter in 0..<renters {
      let end = starts[renter + 1]
      while place < news.count, news[place].key >> hostBits == renter {
        let key = news[place].key
        let host = UInt32(key & hostMask)
        var next = copied
        while next < end, pairs[next].host < host { next += 1 }
        sparePairs.append(contentsOf: pairs[copied..<next])
        copied = next
        var dealing = Dealing(host: host)
        if next < end, pairs[next].host == host {
          dealing = pairs[next]
          copied += 1
        }
        while place < news.count, news[place].key == key {
          dealing.add(stars: news[place].index)
          place += 1
        }
        sparePairs.append(dealing)
      }
      sparePairs.append(contentsOf: pairs[copied..<end])
      copied = end
      starts[renter + 1] = sparePairs.count
    }
    swap(&pairs, &sparePairs)
  }
}
