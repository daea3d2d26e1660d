/// Keys of numbered members with O(log n) update and the smallest at hand; ties go to the lowest
/// member number.
struct MinimumTree {
  /// Key of a member that takes no part.
  static let absent = UInt64.max

  /// Binary tournament: node i plays its children 2i and 2i + 1; leaves from `leafStart` on.
  private var keys: [UInt64]
  private let leafStart: Int

  init(count: Int) {
    var leaves = 1
    while leaves < count { leaves *= 2 }
    leafStart = leaves
    keys = [UInt64](repeating: Self.absent, count: 2 * leaves)
  }

  var minimum: UInt64 { keys[1] }

  /// The lowest-numbered member with the smallest key, or nil when none takes part.
  var minimumMember: Int? {
    guard keys[1] != Self.absent else { return nil }
    var node = 1
    while node < leafStart {
      node *= 2
      if keys[node] != keys[node / 2] { node += 1 }
    }
    return node - leafStart
  }

  mutating func setKey(_ key: UInt64, of member: Int) {
    var node = leafStart + member
    guard keys[node] != key else { return }
    keys[node] = key
    while node > 1 {
      let winner = min(keys[node], keys[node ^ 1])
      node /= 2
      if keys[node] == winner { return }
      keys[node] = winner
    }
  }
}
