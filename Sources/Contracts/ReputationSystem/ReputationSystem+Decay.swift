import EVM
import Quantities

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
    return score
      - loss(
        of: score, after: idlePeriods(since: try world.load(reputation.lastActivity), world), world)
  }

  /// Takes what the idle periods so far cost, and leaves the period that is running.
  ///
  /// Only job outcomes are activity: otherwise anybody could keep a host's score fresh by asking
  /// for its decay.
  func settleDecay(of host: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(EstimatedCompute.decay)
    let reputation = reputation(of: host)
    let lastActivity = try world.load(reputation.lastActivity)
    let periods = idlePeriods(since: lastActivity, world)
    if periods == 0 { return }
    let score = try world.load(reputation.score)
    try world.store(score - loss(of: score, after: periods, world), reputation.score)
    let settled = UInt256(periods) * UInt256(world.rules.decayPeriod)
    try world.store(lastActivity + settled, reputation.lastActivity)
  }

  @inline(__always) private func idlePeriods(
    since lastActivity: UInt256, _ world: borrowing World
  ) -> UInt64 {
    let now = world.evm.block.timestamp
    guard let last = lastActivity.narrow, last != 0, last < now else { return 0 }
    return (now - last) / world.rules.decayPeriod
  }

  /// At most the score itself. Rates are basis points.
  @inline(__always) private func loss(
    of score: UInt256, after periods: UInt64, _ world: borrowing World
  ) -> UInt256 {
    let (share, overflow) = periods.multipliedReportingOverflow(by: world.rules.decayRate)
    if overflow || share >= 10_000 { return score }
    // Scores beyond 2²⁴² lose by whole parts: nobody can earn one.
    let (product, isHuge) = score.multipliedReportingOverflow(by: UInt256(share))
    return isHuge ? score / 10_000 * UInt256(share) : product / 10_000
  }
}
