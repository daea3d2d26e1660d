import EVM
import Quantities

extension ReputationSystem {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors.
  enum Compute {
    static var updateReputation: ComputeCost { ComputeCost(1_034, of: 1_207) }
    static var lowerReputation: Int64 { 88 }
    static var emptyReputation: Int64 { 30 }
    static var trackHost: Int64 { 269 }
    static var recordJobCompletion: ComputeCost { ComputeCost(594, of: 895) }
    static var recordFailure: Int64 { 48 }
    static var recordFailureToZero: Int64 { 66 }
    static var initializeHost: Int64 { 115 }
    static var rateHost: ComputeCost { ComputeCost(3_000, of: 3_824) }
    static var ratingBonus: Int64 { 236 }
    static var slash: ComputeCost { ComputeCost(1_023, of: 1_549) }
    static var slashBelowScore: Int64 { 67 }
    /// Copying one word of the reason into the log.
    static var reasonWord: Int64 { 12 }
    static var decay: ComputeCost { ComputeCost(851, of: 3_589) }
    static var readScore: Int64 { 145 }
    static var setMigratedReputation: Int64 { 698 }
    static var addAuthorizedContract: Int64 { 709 + 42 }
    static var setMigrationHelper: Int64 { 732 }
    static var transferOwnership: Int64 { 986 }
    static var renounceOwnership: Int64 { 404 }
  }

  func addAuthorizedContract(
    _ contract: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.addAuthorizedContract)
    try ownable.requireOwner(caller, &world)
    try world.require(!contract.isZero, else: .invalidAddress)
    try world.update(true, isAuthorized(contract))
  }

  func updateReputation(
    of host: AccountID, change: UInt256, positive: Bool, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.updateReputation.checks)
    try world.require(try world.load(isAuthorized(caller)), else: .notAuthorized)
    try world.compute(Compute.updateReputation.effects)
    if world.rules.scoreSurvivesFirstRecord || world.rules.decayApplied {
      try initializeIfNeeded(host, &world)
    }
    if !(try world.load(isTracked(host))) { try track(host, &world) }
    let score = reputation(of: host).score
    let held = try world.load(score)
    if positive {
      try world.store(try held.adding(change), score)
    } else if held >= change {
      try world.compute(Compute.lowerReputation)
      _ = try world.load(score)
      try world.store(held - change, score)
    } else {
      try world.compute(Compute.emptyReputation)
      try world.store(.zero, score)
    }
  }

  private func track(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.trackHost)
    let count = try world.load(hostCount)
    try world.store(count + 1, hostCount)
    _ = try world.load(hostCount)
    try world.update(host, listedHost(Int(count)))
    try world.update(true, isTracked(host))
  }

  /// First contact sets the score to 100, in the reference whatever `updateReputation` built
  /// before; later ones apply the decay so far, where it is applied at all.
  private func initializeIfNeeded(
    _ host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let reputation = reputation(of: host)
    guard try world.load(reputation.lastActivity).isZero else {
      if world.rules.decayApplied { try settleDecay(of: host, &world) }
      return
    }
    try world.compute(Compute.initializeHost)
    let isBuilt = world.rules.scoreSurvivesFirstRecord && world.evm.peek(isTracked(host))
    if !isBuilt { try world.store(UInt256(world.rules.initialReputation), reputation.score) }
    try world.store(UInt256(world.evm.block.timestamp), reputation.lastActivity)
    if !(try world.load(isTracked(host))) { try track(host, &world) }
  }

  /// The marketplace reports how a job ended.
  func recordJobCompletion(
    of host: AccountID, success: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.recordJobCompletion.checks)
    if try world.load(jobMarketplace) != caller {
      try requireRecorder(caller, &world)
    }
    try world.compute(Compute.recordJobCompletion.effects)
    try initializeIfNeeded(host, &world)
    let reputation = reputation(of: host)
    let score = try world.load(reputation.score)
    let change: UInt256
    let penalty = UInt256(world.rules.failurePenalty)
    if success {
      change = UInt256(world.rules.successBonus)
      try world.store(try score.adding(change), reputation.score)
    } else if score > penalty {
      try world.compute(Compute.recordFailure)
      change = -penalty
      _ = try world.load(reputation.score)
      try world.store(score - penalty, reputation.score)
    } else {
      try world.compute(Compute.recordFailureToZero)
      change = -score
      try world.store(.zero, reputation.score)
    }
    try world.store(UInt256(world.evm.block.timestamp), reputation.lastActivity)
    let newScore = try world.load(reputation.score)
    try world.emit(
      .reputationUpdated(host: host, change: change, newScore: newScore), from: account)
  }

  /// Where the rules let in more recorders than the marketplace: an authorised contract.
  @inline(never) private func requireRecorder(
    _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.proofsRecordReputation, try world.load(isAuthorized(caller)) else {
      throw .reverted(.onlyJobMarketplace)
    }
  }

  /// The renter of a completed job rates its host, once.
  func rateHost(
    _ host: AccountID, job number: UInt256, rating: UInt8, feedback: StringID,
    by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.rateHost.checks)
    try world.require(rating >= 1 && rating <= 5, else: .invalidRating)
    let market = try world.load(jobMarketplace)
    let job = try world.job(number, in: market)
    try world.require(job.renter == caller, else: .notJobRenter)
    try world.require(job.assignedHost == host, else: .hostNotAssigned)
    try world.require(job.status.isDelivered, else: .jobNotCompleted)
    let ratedSlot = rated(number, host: host, world)
    try world.require(!(try isRated(ratedSlot, &world)), else: .alreadyRated)
    try world.compute(Compute.rateHost.effects)
    try initializeIfNeeded(host, &world)

    try markRated(ratedSlot, host: host, &world)
    let reputation = reputation(of: host)
    try world.store(
      try world.load(reputation.totalRatings).adding(1), reputation.totalRatings)
    try world.store(
      try world.load(reputation.sumRatings).adding(UInt256(rating)), reputation.sumRatings)
    if rating >= 4 {
      try world.compute(Compute.ratingBonus)
      let bonus = UInt256(
        rating == 4 ? world.rules.ratingBonusFourStars : world.rules.ratingBonusFiveStars)
      let score = try world.load(reputation.score).adding(bonus)
      try world.store(score, reputation.score)
      try world.emit(
        .reputationUpdated(host: host, change: bonus, newScore: score), from: account)
    }
    try world.emit(
      .qualityReported(host: host, renter: caller, rating: rating, feedback: feedback),
      from: account)
  }

  /// Writes back what `getReputation` says, which in the reference never decays a tracked host's
  /// score.
  func applyReputationDecay(of host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.decay.checks)
    let reputation = reputation(of: host)
    try world.require(
      !(try world.load(reputation.lastActivity).isZero), else: .noActivityRecorded)
    try world.compute(Compute.decay.effects)
    if world.rules.decayApplied { return try settleDecay(of: host, &world) }
    let current = try callGetReputation(of: host, &world)
    try world.store(current, reputation.score)
    try world.store(UInt256(world.evm.block.timestamp), reputation.lastActivity)
  }

  /// `this.getReputation`: a call of the contract to itself.
  func callGetReputation(
    of host: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    let call = try world.openCall(to: account)
    do throws(CallFailure) {
      let score = try getReputation(of: host, &world)
      world.close(call)
      return score
    } catch {
      throw world.rollBack(call, after: error)
    }
  }

  /// Zero for a host that the registry does not know, and in the reference before its first record.
  func getReputation(of host: AccountID, _ world: inout World) throws(CallFailure) -> UInt256 {
    let registry = try world.load(nodeRegistry)
    if try world.node(host, in: registry).operatorAccount.isZero { return .zero }
    try world.compute(Compute.readScore)
    let reputation = reputation(of: host)
    let score = try world.load(reputation.score)
    if !score.isZero {
      return world.rules.decayApplied ? try decayed(score, reputation, &world) : score
    }
    if try world.load(isTracked(host)) { return score }
    // An untracked host has score zero, whose decay is zero.
    return world.rules.initialAtRegistration ? UInt256(world.rules.initialReputation) : .zero
  }

  func slashReputation(
    of host: AccountID, amount: UInt256, reason: StringID, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.slash.checks)
    try world.require(try world.load(governance) == caller, else: .onlyGovernance)
    try world.compute(Compute.slash.effects)
    try world.compute(Compute.reasonWord * Int64(world.paddedLength(of: reason) / 32))
    try initializeIfNeeded(host, &world)
    let reputation = reputation(of: host)
    let score = try world.load(reputation.score)
    if amount < score { try world.compute(Compute.slashBelowScore) }
    try world.store(amount >= score ? .zero : score - amount, reputation.score)
    let amount = world.rules.exactSlashEvents ? min(amount, score) : amount
    try world.emit(
      .reputationSlashed(host: host, amount: amount, reason: reason), from: account)
    // `-int256(amount)` panics for the one value that has no opposite.
    if amount == UInt256(high: 1 << 127, low: 0) { throw .panic(.arithmetic) }
    let newScore = try world.load(reputation.score)
    try world.emit(
      .reputationUpdated(host: host, change: -amount, newScore: newScore), from: account)
  }

  func setMigrationHelper(
    _ helper: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setMigrationHelper)
    try ownable.requireOwner(caller, &world)
    try world.require(!helper.isZero, else: .invalidAddress)
    try world.update(helper, migrationHelper)
  }

  func setMigratedReputation(
    of host: AccountID, score: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setMigratedReputation)
    try world.require(
      try world.load(migrationHelper) == caller, else: .onlyMigrationHelper)
    try initializeIfNeeded(host, &world)
    let reputation = reputation(of: host)
    try world.store(score, reputation.score)
    try world.store(UInt256(world.evm.block.timestamp), reputation.lastActivity)
    try world.emit(
      .reputationUpdated(host: host, change: score, newScore: score), from: account)
  }
}

/// A reputation system as other contracts call it.
extension World {
  /// `recordJobCompletion`, whose failure fails the caller.
  mutating func recordJobCompletion(
    in reputation: AccountID, host: AccountID, success: Bool, by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: reputation)
    let call = try openCall(to: reputation)
    do throws(CallFailure) {
      guard code(of: reputation) == .reputationSystem else { throw .empty }
      try reputationSystems[evm.instance(of: reputation)].recordJobCompletion(
        of: host, success: success, by: caller, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `getReputation(host)`.
  mutating func reputation(
    of host: AccountID, in reputation: AccountID
  ) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: reputation)
    do throws(CallFailure) {
      guard code(of: reputation) == .reputationSystem else { throw .empty }
      let score = try reputationSystems[evm.instance(of: reputation)].getReputation(
        of: host, &self)
      close(call)
      return score
    } catch {
      throw rollBack(call, after: error)
    }
  }

  mutating func updateReputation(
    in reputation: AccountID, host: AccountID, change: UInt256, positive: Bool,
    by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: reputation)
    let call = try openCall(to: reputation)
    do throws(CallFailure) {
      guard code(of: reputation) == .reputationSystem else { throw .empty }
      try reputationSystems[evm.instance(of: reputation)].updateReputation(
        of: host, change: change, positive: positive, by: caller, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `try reputation.recordJobCompletion(…) {} catch {}`: an account without code still reverts
  /// the caller, any other failure is swallowed.
  mutating func tryRecordJobCompletion(
    in reputation: AccountID, host: AccountID, job: UInt256, success: Bool, by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: reputation)
    let call = try openCall(to: reputation, caught: true)
    do throws(CallFailure) {
      guard code(of: reputation) == .reputationSystem else { throw .empty }
      try reputationSystems[evm.instance(of: reputation)].recordJobCompletion(
        of: host, success: success, by: caller, &self)
      close(call)
    } catch {
      _ = rollBack(call, after: error)
    }
  }
}
