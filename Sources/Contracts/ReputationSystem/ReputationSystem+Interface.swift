import EVM
import Quantities

extension ReputationSystem {
  static let signatures = [
    "constructor(address,address,address)",
    "addAuthorizedContract(address)", "updateReputation(address,uint256,bool)",
    "recordJobCompletion(address,uint256,bool)", "rateHost(address,uint256,uint8,string)",
    "applyReputationDecay(address)", "slashReputation(address,uint256,string)",
    "setMigrationHelper(address)", "setMigratedReputation(address,uint256)",
    "transferOwnership(address)", "renounceOwnership()", "owner()", "nodeRegistry()",
    "jobMarketplace()", "governance()", "migrationHelper()", "authorizedContracts(address)",
    "hostReputations(address)", "allHosts(uint256)", "isTrackedHost(address)",
    "getReputation(address)", "getAverageRating(address)", "sortHostsByReputation(address[])",
    "isEligibleForIncentives(address)", "getTopHosts(uint256)", "getNodesWithReputation()",
    "INITIAL_REPUTATION()", "SUCCESS_BONUS()", "FAILURE_PENALTY()", "DECAY_PERIOD()",
    "DECAY_RATE()", "INCENTIVE_THRESHOLD()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "addAuthorizedContract(address)":
      try addAuthorizedContract(try arguments.address(0), by: caller, &world)
    case "updateReputation(address,uint256,bool)":
      try updateReputation(
        of: try arguments.address(0), change: try arguments.uint(1),
        positive: try arguments.bool(2), by: caller, &world)
    case "recordJobCompletion(address,uint256,bool)":
      _ = try arguments.uint(1)
      try recordJobCompletion(
        of: try arguments.address(0), success: try arguments.bool(2), by: caller, &world)
    case "rateHost(address,uint256,uint8,string)":
      try rateHost(
        try arguments.address(0), job: try arguments.uint(1),
        rating: UInt8(try arguments.uint(2, bits: 8)), feedback: try arguments.string(3, &world),
        by: caller, &world)
    case "applyReputationDecay(address)":
      try applyReputationDecay(of: try arguments.address(0), &world)
    case "slashReputation(address,uint256,string)":
      try slashReputation(
        of: try arguments.address(0), amount: try arguments.uint(1),
        reason: try arguments.string(2, &world), by: caller, &world)
    case "setMigrationHelper(address)":
      try setMigrationHelper(try arguments.address(0), by: caller, &world)
    case "setMigratedReputation(address,uint256)":
      try setMigratedReputation(
        of: try arguments.address(0), score: try arguments.uint(1), by: caller, &world)
    case "transferOwnership(address)":
      try world.compute(Compute.transferOwnership)
      try ownable.transferOwnership(
        to: try arguments.address(0), of: account, by: caller, &world)
    case "renounceOwnership()":
      try world.compute(Compute.renounceOwnership)
      try ownable.renounceOwnership(of: account, by: caller, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "owner()": return [.address(try world.load(ownable.owner))]
    case "nodeRegistry()": return [.address(try world.load(nodeRegistry))]
    case "jobMarketplace()": return [.address(try world.load(jobMarketplace))]
    case "governance()": return [.address(try world.load(governance))]
    case "migrationHelper()": return [.address(try world.load(migrationHelper))]
    case "authorizedContracts(address)":
      return [.bool(try world.load(isAuthorized(try arguments.address(0))))]
    case "isTrackedHost(address)":
      return [.bool(try world.load(isTracked(try arguments.address(0))))]
    case "allHosts(uint256)":
      let count = try world.load(hostCount)
      guard let index = try arguments.uint(0).narrow, index < UInt64(count) else { throw .empty }
      return [.address(try world.load(listedHost(Int(index))))]
    case "hostReputations(address)":
      let reputation = reputation(of: try arguments.address(0))
      return [
        .uint(try world.load(reputation.score)), .uint(try world.load(reputation.totalRatings)),
        .uint(try world.load(reputation.sumRatings)),
        .uint(try world.load(reputation.lastActivity)),
      ]
    case "INITIAL_REPUTATION()": return [.uint(UInt256(world.rules.initialReputation))]
    case "SUCCESS_BONUS()": return [.uint(UInt256(world.rules.successBonus))]
    case "FAILURE_PENALTY()": return [.uint(UInt256(world.rules.failurePenalty))]
    case "DECAY_PERIOD()": return [.uint(UInt256(world.rules.decayPeriod))]
    case "DECAY_RATE()": return [.uint(UInt256(world.rules.decayRate / 100))]
    case "INCENTIVE_THRESHOLD()": return [.uint(UInt256(world.rules.incentiveThreshold))]
    default: return try ranking(signature, arguments, &world)
    }
  }

  private func ranking(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "getReputation(address)":
      return [.uint(try getReputation(of: try arguments.address(0), &world))]
    case "isEligibleForIncentives(address)":
      let score = try callGetReputation(of: try arguments.address(0), &world)
      return [.bool(score >= UInt256(world.rules.incentiveThreshold))]
    case "getAverageRating(address)":
      let reputation = reputation(of: try arguments.address(0))
      let count = try world.load(reputation.totalRatings)
      return [.uint(count.isZero ? .zero : try world.load(reputation.sumRatings) / count)]
    case "sortHostsByReputation(address[])":
      let hosts = try arguments.array(0)
      var accounts: [AccountID] = []
      for index in 0..<hosts.count { accounts.append(try hosts.address(index)) }
      return [.array(try sorted(accounts, &world).map { .address($0) })]
    case "getTopHosts(uint256)":
      return [.array(try top(try arguments.uint(0), &world).map { .address($0) })]
    case "getNodesWithReputation()":
      var hosts: [ABIValue] = []
      for index in 0..<Int(try world.load(hostCount)) {
        hosts.append(.address(try world.load(listedHost(index))))
      }
      return [.array(hosts)]
    default: throw .empty
    }
  }

  /// The reference's bubble sort, descending and stable; in the reference an empty list underflows.
  private func sorted(
    _ hosts: [AccountID], _ world: inout World
  ) throws(CallFailure) -> [AccountID] {
    if hosts.isEmpty {
      if world.rules.completeRankings { return [] }
      throw .panic(.arithmetic)
    }
    var sorted = hosts
    for pass in 0..<(sorted.count - 1) {
      for position in 0..<(sorted.count - pass - 1) {
        let first = try callGetReputation(of: sorted[position], &world)
        let second = try callGetReputation(of: sorted[position + 1], &world)
        if first < second { sorted.swapAt(position, position + 1) }
      }
    }
    return sorted
  }

  /// The reference's insertion into a list of `count`; in it hosts with score zero leave zero
  /// entries.
  private func top(
    _ wanted: UInt256, _ world: inout World
  ) throws(CallFailure) -> [AccountID] {
    let hostCount = Int(try world.load(hostCount))
    let count = min(wanted.narrow.map { Int(clamping: $0) } ?? .max, hostCount)
    var hosts = [AccountID](repeating: .zero, count: count)
    var scores = [UInt256](repeating: .zero, count: count)
    for index in 0..<hostCount {
      let host = try world.load(listedHost(index))
      let score = try callGetReputation(of: host, &world)
      // An entry that is still free takes any score, where rankings are complete.
      let takesFree = world.rules.completeRankings
      let place = scores.indices.first {
        score > scores[$0] || (takesFree && hosts[$0].isZero)
      }
      guard let place else { continue }
      hosts.insert(host, at: place)
      scores.insert(score, at: place)
      hosts.removeLast()
      scores.removeLast()
    }
    return hosts
  }
}
