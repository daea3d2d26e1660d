import Kernel
import Quantities

/// Finds a host for a job: pools of interchangeable hosts, kinds of requests, and the lines of jobs
/// that found nobody.
///
/// Every choice and every change of a host costs O(log hosts) or less for each model it serves;
/// choices also look at each pool of the request's kind, of which there are no more than cohorts
/// times regions.
struct Assignment {
  /// A host's place in one pool.
  struct Membership: BitwiseCopyable {
    var pool: UInt16
    var member: UInt32
  }

  let policy: AssignmentPolicy
  /// Whether hosts are ranked by what a model says instead of the contract.
  private let ranksByModel: Bool
  private let regions: RegionMap
  private(set) var pools: [HostPool]
  private(set) var eligibilities: [Eligibility] = []
  private var memberships: [Membership] = []
  /// Eligibilities that a pool serves, so that a freed host finds who waits for it.
  private var servedByPool: [[UInt16]]
  /// Jobs in lines.
  private(set) var waitingCount = 0

  /// - Parameters:
  ///   - served: pool keys of each host, in host order; the hosts' membership range is set.
  ///   - prices: of each tariff that the keys name.
  ///   - regions: that the keys name; `nearest` asks how far they are apart.
  init(
    policy: AssignmentPolicy, hosts: inout [Host], served: [[HostPool.Key]],
    prices: [HostCohort.Price], regions: RegionMap = .single
  ) {
    self.policy = policy
    self.regions = regions
    if case .reputation(let name) = policy {
      ranksByModel = name != .contract
    } else {
      ranksByModel = false
    }
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
      pools.append(
        HostPool(
          key: key, hosts: members[key] ?? [], policy: policy, price: prices[Int(key.tariff)]))
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
    let limits = Set(matching.map { pools[Int($0)].key.tokenLimit }).sorted()
    eligibilities.append(
      Eligibility(requirement: requirement, pools: matching, limits: limits))
    return number
  }

  // MARK: Changes of a host

  /// Brings the pools up to date with the host's load, state and score.
  ///
  /// Inlined, since a host in a list would be copied to be lent.
  @inline(__always) mutating func refresh(_ host: borrowing Host) {
    refresh(
      Int(host.membershipStart)..<Int(host.membershipStart) + Int(host.membershipCount),
      hasRoom: host.hasRoom, isUp: host.takesJobs, score: ranksByModel ? host.rank : host.score,
      factor: host.priceFactor)
  }

  private mutating func refresh(
    _ range: Range<Int>, hasRoom: Bool, isUp: Bool, score: UInt32, factor: Double
  ) {
    for index in range {
      let membership = memberships[index]
      let member = Int(membership.member)
      let pool = Int(membership.pool)
      switch policy {
      case .reputationWeighted:
        pools[pool].weights.setWeight(hasRoom ? UInt64(max(1, score)) : 0, of: member)
      case .cheapest:
        pools[pool].factors.setKey(hasRoom ? factor.bitPattern : MinimumTree.absent, of: member)
      case .reputation:
        pools[pool].ranks.setKey(
          hasRoom ? MinimumTree.absent - 1 - UInt64(score) : MinimumTree.absent, of: member)
      case .powerOfTwo:
        if isUp { pools[pool].up.insert(member) } else { pools[pool].up.remove(member) }
      case .random, .nearest, .race:
        if hasRoom {
          pools[pool].withRoom.insert(member)
        } else {
          pools[pool].withRoom.remove(member)
        }
      }
    }
  }

  // MARK: Choosing

  /// A host for a request of so many tokens, or nil when nobody suitable has room (is up, for
  /// `powerOfTwo`).
  ///
  /// - Parameter region: Of the renter.
  func choose(
    for eligibility: UInt16, prompt: Int32, output: Int32, from region: UInt16 = 0,
    hosts: borrowing UniqueList<Host>, stream: inout RandomStream
  ) -> HostID? {
    let tokens = prompt + output
    switch policy {
    case .random, .race:
      return draw(for: eligibility, tokens, &stream) {
        UInt64($0.withRoom.count)
      } pick: {
        Int($0.withRoom.members[Int($1)])
      }
    case .nearest:
      guard let shortest = shortestRoundTrip(for: eligibility, tokens, from: region) else {
        return nil
      }
      return draw(for: eligibility, tokens, &stream) {
        roundTrip(to: $0, from: region) == shortest ? UInt64($0.withRoom.count) : 0
      } pick: {
        Int($0.withRoom.members[Int($1)])
      }
    case .cheapest:
      return cheapest(for: eligibility, prompt: prompt, output: output, hosts)
    case .reputation:
      return best(for: eligibility, tokens)
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

  @inline(__always)
  private func roundTrip(to pool: borrowing HostPool, from region: UInt16) -> SimDuration {
    regions.roundTrip[Int(region) * regions.names.count + Int(pool.key.region)]
  }

  /// To the nearest pool with room; nil where none has any.
  private func shortestRoundTrip(
    for eligibility: UInt16, _ tokens: Int32, from region: UInt16
  ) -> SimDuration? {
    var shortest: SimDuration?
    for number in eligibilities[Int(eligibility)].pools
    where pools[Int(number)].key.tokenLimit >= tokens && pools[Int(number)].withRoom.count > 0 {
      let distance = roundTrip(to: pools[Int(number)], from: region)
      if shortest.map({ distance < $0 }) ?? true { shortest = distance }
    }
    return shortest
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

  /// The host that asks least for these very tokens, before rounding; ties go to the lower number.
  ///
  /// Hosts of one pool scale the same two prices, so the smallest factor is the cheapest for every
  /// job; between pools the job's own mix decides.
  private func cheapest(
    for eligibility: UInt16, prompt: Int32, output: Int32, _ hosts: borrowing UniqueList<Host>
  ) -> HostID? {
    var best: HostID?
    var bestPrice = Double.infinity
    for number in eligibilities[Int(eligibility)].pools
    where pools[Int(number)].key.tokenLimit >= prompt + output {
      guard let member = pools[Int(number)].factors.minimumMember else { continue }
      let host = pools[Int(number)].hosts[member]
      let tariff =
        Double(prompt) * pools[Int(number)].promptPerMillion
        + Double(output) * pools[Int(number)].outputPerMillion
      let price = tariff * hosts[Int(host.index)].priceFactor
      guard price <= bestPrice else { continue }
      if price == bestPrice, let best, best.index < host.index { continue }
      bestPrice = price
      best = host
    }
    return best
  }

  /// The host with the best score; ties go to the lower number.
  private func best(for eligibility: UInt16, _ tokens: Int32) -> HostID? {
    var best: HostID?
    var bestKey = MinimumTree.absent
    for number in eligibilities[Int(eligibility)].pools
    where pools[Int(number)].key.tokenLimit >= tokens {
      let key = pools[Int(number)].ranks.minimum
      guard key <= bestKey, let member = pools[Int(number)].ranks.minimumMember else { continue }
      let host = pools[Int(number)].hosts[member]
      if key == bestKey, let best, best.index < host.index { continue }
      bestKey = key
      best = host
    }
    return best
  }

  // MARK: Waiting

  mutating func wait(_ job: JobID, in jobs: inout JobTable) {
    let number = Int(jobs[job].eligibility)
    let line = eligibilities[number].line(for: jobs[job].tokens)
    eligibilities[number].lines[line].append(job, in: &jobs)
    waitingCount += 1
  }

  /// Puts a job that was offered to a host and declined back where it stood.
  mutating func waitFirst(_ job: JobID, in jobs: inout JobTable) {
    let number = Int(jobs[job].eligibility)
    let line = eligibilities[number].line(for: jobs[job].tokens)
    eligibilities[number].lines[line].prepend(job, in: &jobs)
    waitingCount += 1
  }

  @discardableResult
  mutating func leaveLine(_ job: JobID, in jobs: inout JobTable) -> Bool {
    guard waitingCount > 0 else { return false }
    let number = Int(jobs[job].eligibility)
    let line = eligibilities[number].line(for: jobs[job].tokens)
    guard eligibilities[number].lines[line].remove(job, in: &jobs) else { return false }
    waitingCount -= 1
    return true
  }

  /// Takes the job of the earliest request among the firsts of the lines that `host` may serve.
  mutating func nextWaiting(for host: borrowing Host, in jobs: inout JobTable) -> JobID? {
    guard waitingCount > 0 else { return nil }
    var best: (eligibility: Int, line: Int)?
    var bestNumber = UInt64.max
    let start = Int(host.membershipStart)
    for index in start..<start + Int(host.membershipCount) {
      let pool = Int(memberships[index].pool)
      let limit = pools[pool].key.tokenLimit
      for eligibility in servedByPool[pool] {
        let number = Int(eligibility)
        for line in eligibilities[number].limits.indices
        where eligibilities[number].limits[line] <= limit {
          let first = eligibilities[number].lines[line].first
          guard !first.isNone, jobs[first].number < bestNumber else { continue }
          bestNumber = jobs[first].number
          best = (number, line)
        }
      }
    }
    guard let best else { return nil }
    waitingCount -= 1
    return eligibilities[best.eligibility].lines[best.line].popFirst(in: &jobs)
  }
}
