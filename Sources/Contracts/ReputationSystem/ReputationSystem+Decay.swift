public import EVM
public import Quantities

/// Scores fade while a host is idle: promised by the documentation, dead code in the reference.
extension ReputationSystem {
  /// Plain computation that the reference lacks; estimated from its own unused formula.
  enum EstimatedCompute {
    static var decay: Int64 { 260 }
  }

  /// The score after the whole idle periods since the last activity: linear, rounded down together,
  /// never below zero.
  func decayed(
    _ score: UInt256, _ reputation: HostReputation, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(EstimatedCompute.decay)
    let idle = world.rules.idlePeriods(
      since: try world.load(reputation.lastActivity), at: world.evm.block.timestamp)
    return score - world.rules.decay(of: score, after: idle)
  }

  /// Takes what the idle periods so far cost, and leaves the period that is running.
  ///
  /// Only job outcomes are activity: otherwise anybody could keep a host's score fresh by asking
  /// for its decay.
  func settleDecay(of host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(EstimatedCompute.decay)
    let reputation = reputation(of: host)
    let lastActivity = try world.load(reputation.lastActivity)
    let periods = world.rules.idlePeriods(since: lastActivity, at: world.evm.block.timestamp)
    if periods == 0 { return }
    let score = try world.load(reputation.score)
    try world.store(score - world.rules.decay(of: score, after: periods), reputation.score)
    let settled = UInt256(periods) * UInt256(world.rules.decayPeriod)
    try world.store(lastActivity + settled, reputation.lastActivity)
  }
}

extension ProtocolRules {
  @inline(__always) fileprivate func idlePeriods(
    since lastActivity: UInt256, at now: UInt64
  ) -> UInt64 {
    guard let last = lastActivity.narrow, last != 0, last < now else { return 0 }
    return (now - last) / decayPeriod
  }

  /// At most the score itself. Rates are basis points.
  @inline(__always) fileprivate func decay(of score: UInt256, after periods: UInt64) -> UInt256 {
    let (share, overflow) = periods.multipliedReportingOverflow(by: decayRate)
    if overflow || share >= 10_000 { return score }
    // Scores beyond 2²⁴² lose by whole parts: nobody can earn one.
    let (product, isHuge) = score.multipliedReportingOverflow(by: UInt256(share))
    return isHuge ? score / 10_000 * UInt256(share) : product / 10_000
  }
}

extension ReputationScores {
  /// What `getReputation` says of a registered host in a block at `timestamp`; nil before its first
  /// record.
  public func decayedScore(
    of host: AccountID, at timestamp: UInt64, under rules: ProtocolRules
  ) -> UInt256? {
    guard let score = score(of: host) else { return nil }
    guard rules.decayApplied else { return score }
    // Seconds below 2³¹ stand for themselves.
    let last = HostReputation(row: hosts.row(Int(host.index))).lastActivity.current.slotBits
    let idle = rules.idlePeriods(since: UInt256(last), at: timestamp)
    return score - rules.decay(of: score, after: idle)
  }
}
