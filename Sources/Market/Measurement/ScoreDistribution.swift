/// How many hosts of a cohort have each score, kept up to date so that a sample costs nothing per
/// host.
struct ScoreDistribution {
  private var counts: [UInt32] = []
  private(set) var hosts = 0
  private var sum: UInt64 = 0

  mutating func insert(_ score: UInt32) {
    if Int(score) >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: Int(score) + 1 - counts.count))
    }
    counts[Int(score)] += 1
    hosts += 1
    sum += UInt64(score)
  }

  mutating func move(from old: UInt32, to new: UInt32) {
    counts[Int(old)] -= 1
    hosts -= 1
    sum -= UInt64(old)
    insert(new)
  }

  /// NaN without hosts.
  var mean: Double { hosts == 0 ? .nan : Double(sum) / Double(hosts) }
  var minimum: Int { counts.firstIndex { $0 > 0 } ?? 0 }
  var maximum: Int { counts.lastIndex { $0 > 0 } ?? 0 }

  /// The smallest score that at least `share` of the hosts do not exceed.
  func quantile(_ share: Double) -> Double {
    guard hosts > 0 else { return .nan }
    let rank = max(1, Int((share * Double(hosts)).rounded(.up)))
    var below = 0
    for (score, count) in counts.enumerated() {
      below += Int(count)
      if below >= rank { return Double(score) }
    }
    return Double(maximum)
  }
}
