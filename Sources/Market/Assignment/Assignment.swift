import Kernel

/// Finds a host for a job: pools of interchangeable hosts, kinds of requests, and the lines of jobs
/// that found nobody.
///
/// Every choice and every change of a host costs O(log hosts) or less for each model it serves.
struct Assignment {
  /// A host's place in one pool.
  struct Membership: BitwiseCopyable {
    var pool: UInt16
    var member: UInt32
  }

  let policy: AssignmentPolicy
  private(set) var pools: [HostPool]
  private(set) var eligibilities: [Eligibility] = []
  private var memberships: [Membership] = []
  /// Eligibilities that a pool serves, so that a freed host finds who waits for it.
  private var servedByPool: [[UInt16]]

  /// - Parameter served: pool keys of each host, in host order; the hosts' membership range is set.
  init(policy: AssignmentPolicy, hosts: inout [Host], served: [[HostPool.Key]]) {
    self.policy = policy
    var members: [HostPool.Key: [HostID]] = [:]
    for (host, keys) in served.enumerated() {
      for key in keys { members[key, default: []].append(HostID(UInt32(host))) }
    }
    let keys = members.keys.sorted()
    precondition(keys.count <= Int(UInt16.max), "more than 65,535 host pools")
    var poolOf: [HostPool.Key: UInt16] = [:]
    var nextMember = [UInt32](repeating: 0, count: keys.count)
    pools = []
    for key in keys {
      poolOf[key] = UInt16(pools.count)
      pools.append(HostPool(key: key, hosts: members[key] ?? [], policy: policy))
    }
    servedByPool = [[UInt16]](repeating: [], count: pools.count)
    for (host, keys) in served.enumerated() {
      hosts[host].membershipStart = UInt32(memberships.count)
      hosts[host].membershipCount = UInt16(keys.count)
      for key in keys {
        guard let pool = poolOf[key] else { continue }
        memberships.append(Membership(pool: pool, member: nextMember[Int(pool)]))
        nextMember[Int(pool)] += 1
      }
    }
  }

  /// Registers a kind of request, or finds it again.
  mutating func eligibility(for requirement: Eligibility.Requirement) -> UInt16 {
    if let known = eligibilities.firstIndex(where: { $0.requirement == requirement }) {
      return UInt16(known)
    }
    let number = UInt16(eligibilities.count)
    var matching: [UInt16] = []
    for (pool, candidate) in pools.enumerated() where requirement.admits(candidate.key) {
      matching.append(UInt16(pool))
      servedByPool[pool].append(number)
    }
    eligibilities.append(Eligibility(requirement: requirement, pools: matching))
    return number
  }

  // MARK: Changes of a host

  /// Brings the pools up to date with the host's load, state and score.
  mutating func refresh(_ host: borrowing Host) {
    let hasRoom = host.hasRoom
    let start = Int(host.membershipStart)
    for index in start..<start + Int(host.membershipCount) {
      let membership = memberships[index]
      let member = Int(membership.member)
      let pool = Int(membership.pool)
      if hasRoom {
        pools[pool].withRoom.insert(member)
      } else {
        pools[pool].withRoom.remove(member)
      }
      switch policy {
      case .reputationWeighted:
        pools[pool].weights.setWeight(hasRoom ? UInt64(max(1, host.score)) : 0, of: member)
      case .cheapest:
        pools[pool].asks.setKey(hasRoom ? host.ask : MinimumTree.absent, of: member)
      case .powerOfTwo:
        if host.isUp { pools[pool].up.insert(member) } else { pools[pool].up.remove(member) }
      case .random, .race:
        break
      }
    }
  }

  // MARK: Choosing

  /// A host for a request of `tokens` in all, or nil when nobody suitable has room (is up, for
  /// `powerOfTwo`).
  func choose(
    for eligibility: UInt16, tokens: Int32, hosts: borrowing [Host], stream: inout RandomStream
  ) -> HostID? {
    switch policy {
    case .random, .race:
      return draw(for: eligibility, tokens, &stream) {
        UInt64($0.withRoom.count)
      } pick: {
        Int($0.withRoom.members[Int($1)])
      }
    case .cheapest:
      return cheapest(for: eligibility, tokens)
    case .powerOfTwo:
      guard let first = drawUp(for: eligibility, tokens, &stream),
        let second = drawUp(for: eligibility, tokens, &stream)
      else { return nil }
      return hosts[Int(second.index)].load < hosts[Int(first.index)].load ? second : first
    case .reputationWeighted:
      return draw(for: eligibility, tokens, &stream) {
        $0.weights.total
      } pick: {
        $0.weights.member(at: $1)
      }
    }
  }

  /// Whether some host could ever serve it, up and with room or not.
  func canServe(_ eligibility: UInt16, tokens: Int32) -> Bool {
    for pool in eligibilities[Int(eligibility)].pools
    where pools[Int(pool)].key.tokenLimit >= tokens { return true }
    return false
  }

  private func drawUp(
    for eligibility: UInt16, _ tokens: Int32, _ stream: inout RandomStream
  ) -> HostID? {
    draw(for: eligibility, tokens, &stream) {
      UInt64($0.up.count)
    } pick: {
      Int($0.up.members[Int($1)])
    }
  }

  /// One draw over the pools' weights laid side by side.
  @inline(__always)
  private func draw(
    for eligibility: UInt16, _ tokens: Int32, _ stream: inout RandomStream,
    weight: (borrowing HostPool) -> UInt64, pick: (borrowing HostPool, UInt64) -> Int
  ) -> HostID? {
    var total: UInt64 = 0
    for pool in eligibilities[Int(eligibility)].pools
    where pools[Int(pool)].key.tokenLimit >= tokens { total += weight(pools[Int(pool)]) }
    guard total > 0 else { return nil }
    var target = UInt64(stream.below(Int(total)))
    for pool in eligibilities[Int(eligibility)].pools
    where pools[Int(pool)].key.tokenLimit >= tokens {
      let share = weight(pools[Int(pool)])
      if target < share { return pools[Int(pool)].hosts[pick(pools[Int(pool)], target)] }
      target -= share
    }
    return nil
  }

  private func cheapest(for eligibility: UInt16, _ tokens: Int32) -> HostID? {
    var best: HostID?
    var bestAsk = MinimumTree.absent
    for pool in eligibilities[Int(eligibility)].pools
    where pools[Int(pool)].key.tokenLimit >= tokens {
      let ask = pools[Int(pool)].asks.minimum
      guard ask < bestAsk, let member = pools[Int(pool)].asks.minimumMember else { continue }
      bestAsk = ask
      best = pools[Int(pool)].hosts[member]
    }
    return best
  }

  // MARK: Waiting

  mutating func wait(_ job: JobID, in jobs: inout JobTable) {
    eligibilities[Int(jobs[job].eligibility)].waiting.append(job, in: &jobs)
  }

  @discardableResult
  mutating func leaveLine(_ job: JobID, in jobs: inout JobTable) -> Bool {
    eligibilities[Int(jobs[job].eligibility)].waiting.remove(job, in: &jobs)
  }

  /// Takes the job that has waited longest among those that `host` may serve.
  ///
  /// A job too long for the host keeps its place, and those behind it wait for another host too.
  mutating func nextWaiting(for host: borrowing Host, in jobs: inout JobTable) -> JobID? {
    var best: UInt16?
    var bestNumber = UInt64.max
    let start = Int(host.membershipStart)
    for index in start..<start + Int(host.membershipCount) {
      let pool = Int(memberships[index].pool)
      for eligibility in servedByPool[pool] {
        let first = eligibilities[Int(eligibility)].waiting.first
        guard !first.isNone, jobs[first].number < bestNumber,
          jobs[first].tokens <= pools[pool].key.tokenLimit
        else { continue }
        bestNumber = jobs[first].number
        best = eligibility
      }
    }
    guard let best else { return nil }
    return eligibilities[Int(best)].waiting.popFirst(in: &jobs)
  }
}
