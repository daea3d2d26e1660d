/// A subset of numbered members with O(1) insertion, removal and uniform choice.
///
/// The order of `members` depends on the history of insertions alone, never on memory addresses.
struct MemberSet {
  private(set) var members: [UInt32]
  /// Position of each member in `members`, or `absent`.
  private var position: [UInt32]

  private static let absent = UInt32.max

  init(capacity: Int) {
    members = []
    members.reserveCapacity(capacity)
    position = [UInt32](repeating: Self.absent, count: capacity)
  }

  var count: Int { members.count }

  func contains(_ member: Int) -> Bool { position[member] != Self.absent }

  mutating func insert(_ member: Int) {
    guard position[member] == Self.absent else { return }
    position[member] = UInt32(members.count)
    members.append(UInt32(member))
  }

  mutating func remove(_ member: Int) {
    let place = position[member]
    guard place != Self.absent else { return }
    position[member] = Self.absent
    let last = members.removeLast()
    if Int(last) != member {
      members[Int(place)] = last
      position[Int(last)] = place
    }
  }
}
