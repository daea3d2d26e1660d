import EVM
import Quantities

/// Pausing, throttling and recovering.
extension JobMarketplace {
  /// Whether the caller is the owner or has the guardian role.
  private func requireGuardian(
    _ caller: AccountID, else reason: RevertReason, _ world: inout World
  ) throws(CallFailure) {
    if try world.load(owner) == caller { return }
    try world.compute(Compute.askGuardian)
    try world.require(
      try world.load(roles.has(number: Self.guardianRoleNumber, caller)), else: reason)
  }

  func requireOwner(_ caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.require(try world.load(owner) == caller, else: .notOwner)
  }

  /// Stops postings and claims; in the reference `postJob` and `postJobWithToken` only.
  func emergencyPause(
    reason: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.emergencyPause)
    try requireGuardian(caller, else: .notAuthorizedToPause, &world)
    try world.compute(Compute.pauseReasonWord * Int64(world.paddedLength(of: reason) / 32))
    try world.store(true, isPaused)
    try world.store(UInt256(world.evm.block.timestamp), pausedAt)
    try world.emit(.emergencyPause(by: caller, reason: reason), from: account)
  }

  func unpause(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.unpause)
    // Asked only where it may be: the owner of the reference pays for no such look.
    var isGovernance = false
    if world.rules.emergencyPauseWorks { isGovernance = try world.load(governance) == caller }
    if !isGovernance {
      try requireOwner(caller, &world)
      try world.require(try isCooldownOver(&world), else: .cooldownNotElapsed)
    }
    try world.store(false, isPaused)
    try forgetFailures(&world)
    try world.emit(.emergencyUnpause(by: caller), from: account)
  }

  /// Governance stops the marketplace in an emergency; the reference has no such function.
  func pauseByGovernance(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.emergencyPause)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    try world.store(true, isPaused)
    try world.store(UInt256(world.evm.block.timestamp), pausedAt)
    try world.emit(.emergencyPause(by: caller, reason: .empty), from: account)
  }

  private func isCooldownOver(_ world: inout World) throws(CallFailure) -> Bool {
    let end = try world.load(pausedAt).adding(UInt256(world.rules.pauseCooldown))
    return UInt256(world.evm.block.timestamp) >= end
  }

  /// Where failures count, the count begins again after a pause.
  private func forgetFailures(_ world: inout World) throws(CallFailure) {
    if world.rules.failuresCounted { try world.store(0, failureCount) }
  }

  /// Only `"postJob"` is ever asked for.
  func pauseFunction(
    _ name: StringID, paused: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(paused ? Compute.pauseFunction : Compute.unpauseFunction)
    try requireGuardian(caller, else: .notAuthorized, &world)
    try world.update(paused, isFunctionPaused(name))
  }

  /// Up one level at a time, down at will; level 2 pauses, in the reference any other unpauses at
  /// once.
  func setBreakerLevel(
    _ level: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setLevel)
    try requireGuardian(caller, else: .notAuthorized, &world)
    try world.require(level <= 2, else: .invalidLevel)
    let current = try world.load(breakerLevel)
    let new = UInt8(truncatingIfNeeded: level.low)
    if new > current { try world.compute(Compute.raiseLevel) }
    try world.require(new <= current || new - current <= 1, else: .cannotSkipLevels)
    if world.rules.cooldownHolds, new < 2 {
      return try lowerLevel(from: current, to: new, &world)
    }
    try world.store(new, breakerLevel)
    if new < 2 { return try world.store(false, isPaused) }
    try world.update(true, isPaused)
    try world.store(UInt256(world.evm.block.timestamp), pausedAt)
  }

  /// Going down ends a pause once the cool-down is over; the pause of level 2 itself must wait for
  /// that. Staying or going up never ends one.
  private func lowerLevel(
    from current: UInt8, to new: UInt8, _ world: inout World
  ) throws(CallFailure) {
    if new < current, try world.load(isPaused) {
      let isOver = try isCooldownOver(&world)
      try world.require(isOver || current < 2, else: .cooldownNotElapsed)
      if isOver {
        try world.store(false, isPaused)
        try forgetFailures(&world)
      }
    }
    try world.store(new, breakerLevel)
  }

  func enableAutoRecovery(
    after period: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.enableAutoRecovery)
    try requireOwner(caller, &world)
    try world.update(true, recoversAutomatically)
    try world.store(period, recoveryPeriod)
  }

  /// `checkAutoRecovery` as a transaction; anybody may ask.
  func checkAutoRecovery(_ world: inout World) throws(CallFailure) {
    try world.compute(Compute.checkAutoRecovery)
    try recoverIfDue(&world)
  }

  /// Ends a pause whose period is over; posting and claiming ask first.
  func recoverIfDue(_ world: inout World) throws(CallFailure) {
    guard try world.load(recoversAutomatically) else { return }
    try world.compute(Compute.askWhetherPaused)
    guard try world.load(isPaused) else { return }
    try world.compute(Compute.askWhetherRecovered)
    let start = try world.load(pausedAt)
    let (end, overflows) = start.addingReportingOverflow(try world.load(recoveryPeriod))
    if overflows {
      if world.rules.autoRecoverySaturates { return }
      throw .panic(.arithmetic)
    }
    guard UInt256(world.evm.block.timestamp) >= end else { return }
    try world.compute(Compute.recover)
    try world.update(false, isPaused)
    try world.store(0, breakerLevel)
    try world.store(0, failureCount)
    try world.emit(.emergencyUnpause(by: account), from: account)
  }

  /// Nothing ends degraded mode.
  func enableDegradedMode(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.enableDegradedMode)
    try requireOwner(caller, &world)
    try world.update(true, isDegraded)
  }

  func governanceOverridePause(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.governanceOverride)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    try world.update(false, isPaused)
    try world.store(0, breakerLevel)
    try forgetFailures(&world)
    try world.emit(.emergencyUnpause(by: caller), from: account)
  }

  func setFailureThreshold(
    _ threshold: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setFailureThreshold)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    try world.store(threshold, failureThreshold)
  }
}
