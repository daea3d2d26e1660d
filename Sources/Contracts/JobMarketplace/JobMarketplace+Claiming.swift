import EVM
import Quantities

/// Assignment of posted jobs to hosts.
extension JobMarketplace {
  /// Assigns a posted job, or one that its host let expire, to the calling host.
  func claimJob(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimJob.checks)
    try recoverIfDue(&world)
    if try world.load(breakerLevel) >= 1 { try throttle(caller, &world) }
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try reopenIfExpired(job, &world)
    try requireRegistered(caller, &world)
    try world.compute(Compute.claimJob.effects)
    try requireNoSybil(caller, of: number, &world)

    try world.update(caller, job.assignedHost)
    try world.store(.claimed, job.status)
    try countOperation(&world)
    try world.emit(.jobClaimed(job: number, host: caller), from: account)
  }

  /// Five minutes between one host's claims.
  private func throttle(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.throttle)
    let now = UInt256(world.evm.block.timestamp)
    let slot = party(host).lastOperationAt
    try world.require(
      now >= (try world.load(slot)) + Self.throttleCooldown, else: .pleaseWait)
    try world.store(now, slot)
  }

  /// A posted job past its deadline cannot be claimed any more, a claimed one can, by anybody.
  private func reopenIfExpired(_ job: StoredJob, _ world: inout World) throws(CallFailure) {
    let status = world.evm.peek(job.status)
    if status != .completed {
      let hasExpired = UInt256(world.evm.block.timestamp) > (try world.load(job.deadline))
      if status == .posted { try world.require(!hasExpired, else: .jobExpired) }
      if status == .claimed, hasExpired {
        try world.compute(Compute.reclaim)
        try world.store(.posted, job.status)
        try world.update(.zero, job.assignedHost)
      }
    }
    try world.require(try world.load(job.status) == .posted, else: .jobAlreadyClaimed)
  }

  /// The reference asks whether the node is active too, which every node is.
  private func requireRegistered(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    let registry = try world.load(nodeRegistry)
    let node = try world.node(host, in: registry)
    try world.compute(Compute.decodeNode)
    try world.require(!node.operatorAccount.isZero, else: .notARegisteredHost)
    try world.require(node.isActive, else: .hostNotActive)
  }

  /// Refuses a node whose controller also controls a node that failed this job.
  private func requireNoSybil(
    _ host: AccountID, of number: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let registry = try world.load(nodeRegistry)
    let controller = try world.nodeController(of: host, in: registry)
    if controller.isZero { return }
    try world.compute(Compute.controlled)
    let count = try world.load(job(number).failedNodeCount)
    for index in 0..<count {
      try world.compute(Compute.failedNode)
      let failed = try world.load(failedNode(index, of: number))
      let other = try world.nodeController(of: failed, in: registry)
      try world.require(other != controller, else: .sybilAttack)
    }
  }

  /// Anybody assigns any registered host, however late.
  func claimJobFor(
    _ host: AccountID, job number: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimJobFor.checks)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .posted, else: .jobAlreadyClaimed)
    try requireRegistered(host, &world)
    try world.compute(Compute.claimJobFor.effects)
    try world.update(host, job.assignedHost)
    try world.update(.claimed, job.status)
    try world.emit(.jobClaimed(job: number, host: host), from: account)
  }
}
