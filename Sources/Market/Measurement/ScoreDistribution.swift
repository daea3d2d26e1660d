/// How many hosts of a cohort have each score, kept up to date so that a sample costs nothing per
/// host.
struct ScoreDistribution {
  /// Of each score below `limit`, as far as there has been one.
  private var counts: [UInt32] = []
  /// Of the others, which no protocol that pays by the dozen ever sees.
  private var high: [UInt32: UInt32] = [:]
  private(set) var hosts = 0
  private var sum: UInt64 = 0

  private static let limit = 1 << 16

  mutating func insert(_ score: UInt32) {
    hosts += 1
    sum += UInt64(score)
    guard score < Self.limit else {
      high[score, default: 0] += 1
      return
    }
    if Int(score) >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: Int(score) + 1 - counts.count))
    }
    counts[Int(score)] += 1
  }

  mutating func move(from old: UInt32, to new: UInt32) {
    hosts -= 1
    sum -= UInt64(old)
    if old < Self.limit {
      counts[Int(old)] -= 1
    } else {
      let left = (high[old] ?? 1) - 1
      high[old] = left == 0 ? nil : left
    }
    insert(new)
  }

  /// NaN without hosts.
  var mean: Double { hosts == 0 ? .nan : Double(sum) / Double(hosts) }
  var minimum: Int { counts.firstIndex { $0 > 0 } ?? high.keys.min().map { Int($0) } ?? 0 }
  var maximum: Int { high.keys.max().map { Int($0) } ?? counts.lastIndex { $0 > 0 } ?? 0 }

  /// The smallest score that at least `share` of the hosts do not exceed.
  func quantile(_ share: Double) -> Double {
    guard hosts > 0 else { return .nan }
    let rank = max(1, Int((share * Double(hosts)).rounded(.up)))
    var below = 0
    for (score, count) in counts.enumerated() {
      below += Int(count)
      if below >= rank { return Double(score) }
    }
    for score in high.keys.sorted() {
      below += Int(high[score] ?? 0)
      if below >= rank { return Double(score) }
    }
    return Double(maximum)
  }
}
