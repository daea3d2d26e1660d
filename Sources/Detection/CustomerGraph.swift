/// Who has done business with whom, each pair once: the hosts of every renter.
///
/// A payment makes an edge; ratings that are poor on average unmake it, since a buyer who was
/// cheated does not vouch for the seller.
struct CustomerGraph {
  let hosts: Adjacency

  /// - Parameter starsMin: Mean stars of a pair, if it has any, below which it has no edge.
  init(_ record: PublicRecord, hosts hostCount: Int, starsMin: Double) {
    let paid = Adjacency(rows: record.renterCount, count: record.payments.count) { index in
      (record.payments[index].renter, record.payments[index].host)
    }
    let rated = Adjacency(rows: record.renterCount, count: record.ratings.count) { index in
      // Hosts fit 29 bits, so the stars travel with them.
      let rating = record.ratings[index]
      return (rating.renter, rating.host << 3 | UInt32(rating.stars))
    }
    var starts = [0]
    starts.reserveCapacity(record.renterCount + 1)
    var columns: [UInt32] = []
    columns.reserveCapacity(record.payments.count)
    var starSums = [Double](repeating: 0, count: hostCount)
    var starCounts = [Double](repeating: 0, count: hostCount)
    var lastRenter = [Int](repeating: -1, count: hostCount)
    for renter in 0..<record.renterCount {
      for place in rated.range(of: renter) {
        let host = Int(rated.columns[place] >> 3)
        guard host < hostCount else { continue }
        starSums[host] += Double(rated.columns[place] & 7)
        starCounts[host] += 1
      }
      for place in paid.range(of: renter) {
        let host = Int(paid.columns[place])
        guard host < hostCount, lastRenter[host] != renter else { continue }
        lastRenter[host] = renter
        if starSums[host] >= starsMin * starCounts[host] { columns.append(UInt32(host)) }
      }
      for place in rated.range(of: renter) {
        let host = Int(rated.columns[place] >> 3)
        guard host < hostCount else { continue }
        starSums[host] = 0
        starCounts[host] = 0
      }
      starts.append(columns.count)
    }
    hosts = Adjacency(starts: starts, columns: columns)
  }
}
