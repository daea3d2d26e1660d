/// Weights of numbered members with O(log n) update and proportional sampling.
///
/// An implicit tree of fan-out 8: a node's eight children fill one cache line, so that choosing
/// among 2,000 members reads four lines and among a million seven. Weights are integers, so that
/// sums are exact whatever the order of updates.
struct SumTree {
  static let fanOut = 8

  /// Levels from the leaves up, each padded to a multiple of the fan-out, the last of 8 entries.
  private var sums: [UInt64]
  /// Where each level starts in `sums`; leaves first.
  private let levelStart: [Int]
  private(set) var total: UInt64 = 0
  let count: Int

  /// - Complexity: O(count) memory, about 9.2 bytes a member.
  init(count: Int) {
    self.count = count
    var starts: [Int] = []
    var size = 0
    var width = count
    repeat {
      let padded = max(1, (width + Self.fanOut - 1) / Self.fanOut) * Self.fanOut
      starts.append(size)
      size += padded
      width = padded / Self.fanOut
    } while width > 1
    levelStart = starts
    sums = [UInt64](repeating: 0, count: size)
  }

  func weight(of member: Int) -> UInt64 { sums[member] }

  mutating func setWeight(_ weight: UInt64, of member: Int) {
    let delta = weight &- sums[member]
    guard delta != 0 else { return }
    var index = member
    for level in levelStart.indices {
      sums[levelStart[level] + index] &+= delta
      index /= Self.fanOut
    }
    total &+= delta
  }

  /// The member in whose share `target` falls when shares are laid side by side in member order.
  ///
  /// - Precondition: `target < total`.
  func member(at target: UInt64) -> Int {
    precondition(target < total, "sampling target beyond the total weight")
    var remaining = target
    var index = 0
    for level in levelStart.indices.reversed() {
      index *= Self.fanOut
      let start = levelStart[level]
      while remaining >= sums[start + index] {
        remaining -= sums[start + index]
        index += 1
      }
    }
    return index
  }
}
