/// Hosts that any job of the same kind may use alike: one served model, one region, one GPU memory, one
/// longest request, and under `cheapest` one tariff.
///
/// Only the structure that the policy needs is filled in; the others stay empty.
struct HostPool {
  /// What makes hosts interchangeable for eligibility.
  struct Key: Hashable, Comparable {
    var model: UInt16
    var precision: UInt16
    var region: UInt16
    var memoryGiB: UInt16
    /// Longest prompt and output together that the host can hold.
    var tokenLimit: Int32
    /// Under `cheapest` the cohort, whose hosts scale the same two prices; else 0.
    var tariff: UInt16 = 0

    static func < (lhs: Self, rhs: Self) -> Bool {
      (lhs.model, lhs.precision, lhs.region, lhs.memoryGiB, lhs.tokenLimit, lhs.tariff)
        < (rhs.model, rhs.precision, rhs.region, rhs.memoryGiB, rhs.tokenLimit, rhs.tariff)
    }
  }

  let key: Key
  /// Host of each member.
  let hosts: [HostID]
  /// Members that are up and have room (`random`, `nearest` and `race` only).
  var withRoom: MemberSet
  /// Members that are up (`powerOfTwo` only).
  var up: MemberSet
  /// Score of the members with room, else 0 (`reputationWeighted` only).
  var weights: SumTree
  /// Price factor of the members with room, as its bit pattern, which has the same order
  /// (`cheapest` only).
  var factors: MinimumTree
  /// The highest rank a member with room can have, less its score (`reputation` only).
  var ranks: MinimumTree
  /// USD per million tokens before a host's factor (`cheapest` only).
  let promptPerMillion: Double
  let outputPerMillion: Double

  init(key: Key, hosts: [HostID], policy: AssignmentPolicy, price: HostCohort.Price?) {
    self.key = key
    self.hosts = hosts
    promptPerMillion = price?.promptPerMillion ?? 0
    outputPerMillion = price?.outputPerMillion ?? 0
    let count = hosts.count
    let isDrawnEvenly: Bool
    switch policy {
    case .random, .nearest, .race: isDrawnEvenly = true
    case .cheapest, .powerOfTwo, .reputationWeighted, .reputation: isDrawnEvenly = false
    }
    var isRanked = false
    if case .reputation = policy { isRanked = true }
    ranks = MinimumTree(count: isRanked ? count : 0)
    withRoom = MemberSet(capacity: isDrawnEvenly ? count : 0)
    up = MemberSet(capacity: policy == .powerOfTwo ? count : 0)
    weights = SumTree(count: policy == .reputationWeighted ? count : 0)
    factors = MinimumTree(count: policy == .cheapest ? count : 0)
  }
}
