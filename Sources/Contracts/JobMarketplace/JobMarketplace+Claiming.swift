import EVM
import Quantities

/// Assignment of posted jobs to hosts.
extension JobMarketplace {
  /// Assigns a posted job, or in the reference one that its host let expire, to the calling host.
  func claimJob(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try claim(number, for: caller, &world)
  }

  private func claim(
    _ number: UInt256, for host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimJob.checks)
    try recoverIfDue(&world)
    if world.rules.claimsPause {
      try world.require(!(try world.load(isPaused)), else: .contractIsPaused)
    }
    if try world.load(breakerLevel) >= 1 { try throttle(host, &world) }
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try requireClaimable(job, &world)
    let stake = try requireRegistered(host, &world)
    try requireTerms(of: job, from: host, stake: stake, &world)
    try world.compute(Compute.claimJob.effects)
    try requireNoSybil(host, of: number, &world)

    try world.update(host, job.assignedHost)
    try world.store(.claimed, job.status)
    try beginWork(on: number, by: host, &world)
    try countOperation(&world)
    try world.emit(.jobClaimed(job: number, host: host), from: account)
  }

  /// Five minutes between one host's claims.
  private func throttle(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.throttle)
    let now = UInt256(world.evm.block.timestamp)
    let slot = party(host).lastOperationAt
    try world.require(
      now >= (try world.load(slot)) + UInt256(world.rules.throttleCooldown), else: .pleaseWait)
    try world.store(now, slot)
  }

  /// A posted job past its deadline cannot be claimed any more; in the reference a claimed one can,
  /// by anybody.
  private func requireClaimable(_ job: StoredJob, _ world: inout World) throws(CallFailure) {
    let status = world.evm.peek(job.status)
    if world.rules.expiredClaimsEnd {
      let deadline = try world.load(job.deadline)
      try world.require(
        UInt256(world.evm.block.timestamp) <= deadline, else: .jobExpired)
    } else if status != .completed {
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
  ///
  /// - Returns: The host's stake.
  private func requireRegistered(
    _ host: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    let registry = try world.load(nodeRegistry)
    let node = try world.node(host, in: registry)
    try world.compute(Compute.decodeNode)
    try world.require(!node.operatorAccount.isZero, else: .notARegisteredHost)
    try world.require(node.isActive, else: .hostNotActive)
    return node.stake
  }

  /// What the reference does not ask: stake, GPU memory and reputation enough.
  private func requireTerms(
    of job: StoredJob, from host: AccountID, stake: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let rules = (stake: world.rules.claimChecksStake, terms: world.rules.requirementsEnforced)
    guard rules.stake || rules.terms else { return }
    try world.compute(EstimatedCompute.checkTerms)
    let registry = try world.load(nodeRegistry)
    if rules.stake {
      try world.require(stake >= (try world.minStake(of: registry)), else: .insufficientStake)
    }
    guard rules.terms else { return }
    let memory = try world.load(job.minGPUMemory)
    if memory > 0 {
      try world.require(
        try world.gpuMemory(of: host, in: registry) >= memory, else: .insufficientGPUMemory)
    }
    let asked = world.evm.peek(job.minReputation)
    let reputation = try world.load(reputationSystem)
    if asked > 0, !reputation.isZero {
      let score = try world.reputation(of: host, in: reputation)
      try world.require(score >= UInt256(asked), else: .insufficientReputation)
    }
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
      // Where failures are recorded the list names controllers: a node that failed may have left.
      if world.rules.sybilTurnsRefused {
        try world.require(failed != controller, else: .sybilAttack)
        continue
      }
      let other = try world.nodeController(of: failed, in: registry)
      try world.require(other != controller, else: .sybilAttack)
    }
    if !world.rules.suspiciousMayClaim {
      try world.require(
        !(try world.isSuspicious(controller, in: registry)), else: .suspiciousController)
    }
  }

  /// What a claim sets in motion that the reference lacks.
  private func beginWork(
    on number: UInt256, by host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let job = job(number)
    if world.rules.failNeedsCause {
      try world.store(UInt32(clamping: world.evm.block.timestamp), job.claimedAt)
    }
    if world.rules.throttleSeesEveryClaim {
      try world.store(UInt256(world.evm.block.timestamp), party(host).lastOperationAt)
    }
    if world.rules.hostsMayLeave {
      let open = party(host).openJobs
      try world.store(try world.load(open) + 1, open)
    }
    try assignEscrow(of: number, to: host, &world)
  }

  /// In the reference anybody assigns any registered host, however late.
  func claimJobFor(
    _ host: AccountID, job number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if world.rules.claimForGuarded {
      try requireMayAct(for: host, caller, &world)
      return try claim(number, for: host, &world)
    }
    try world.compute(Compute.claimJobFor.checks)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .posted, else: .jobAlreadyClaimed)
    _ = try requireRegistered(host, &world)
    try world.compute(Compute.claimJobFor.effects)
    try world.update(host, job.assignedHost)
    try world.update(.claimed, job.status)
    try beginWork(on: number, by: host, &world)
    try world.emit(.jobClaimed(job: number, host: host), from: account)
  }

  /// Only somebody itself, or a contract that acts for wallets, acts in its name.
  func requireMayAct(
    for party: AccountID, _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if caller == party { return }
    try world.compute(Compute.askGuardian)
    try world.require(
      try world.load(roles.has(number: Self.accountRoleNumber, caller)), else: .notAuthorized)
  }
}
