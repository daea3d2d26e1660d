/// Pairs of numbers, each of which can be added once.
///
/// Open addressing, at most half full: O(1) an insertion, 16 to 32 bytes a pair.
struct PairSet: Sendable {
  private static let free = UInt64.max

  private var slots = [UInt64](repeating: free, count: 1 << 10)
  private(set) var count = 0

  /// - Precondition: not both numbers are the greatest there are.
  /// - Returns: Whether the pair is new.
  mutating func insert(_ first: UInt32, _ second: UInt32) -> Bool {
    let pair = UInt64(first) << 32 | UInt64(second)
    let slot = slot(of: pair)
    guard slots[slot] == Self.free else { return false }
    slots[slot] = pair
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  /// Where the pair is, or would be.
  @inline(__always) private func slot(of pair: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Mixing.mixed(pair) >> 20) & mask
    while slots[slot] != Self.free, slots[slot] != pair { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Self.free, count: 2 * old.count)
    for pair in old where pair != Self.free { slots[slot(of: pair)] = pair }
  }
}
