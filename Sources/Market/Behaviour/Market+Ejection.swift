import Contracts
import EVM
import Kernel
import Quantities

/// Hosts that the registry puts out since they have too little at stake.
extension Market {
  /// After a transaction that took stake of a host.
  ///
  /// - Parameter left: FAB of its stake.
  ///
  /// What is left comes back to it once it is unbonded. A host that would have added to its stake
  /// registers again with it, one that whitewashes comes back as somebody else, others stay away.
  mutating func noteEjection(of host: HostID, left: Double, at time: SimTime) {
    let index = Int(host.index)
    guard chain.hasPutOut(hosts[index].account) else { return }
    if business.isEmpty {
      business = [Business](repeating: Business(), count: hosts.count)
    }
    measured.hostsEjected += 1
    measured.hostExits += 1
    let cohort = Int(hosts[index].cohort)
    let missing = chain.minStake.approximate * 1e-18 - left
    if conducts[cohort].whitewashing != nil, canRegisterAgain(index) {
      business[index].comeback = .asSomebodyElse
    } else if chain.world.rules.mayRegisterAgain, wantsToAdd(missing, to: host, at: time) {
      business[index].comeback = .asItself
    }
    business[index].unbondedAt = chain.environment.timestamp + chain.world.rules.unbonding
    let isPaidBack = chain.stake(of: hosts[index].account).isZero
    business[index].stage = isPaidBack ? afterStakeIsBack(index) : .unbonding
    if isPaidBack { recordDeparture(of: index, at: time) }
    setAway(true, index, at: time)
    scheduleMove(of: host, at: time)
  }

  /// Cohorts that review their business look then.
  private mutating func scheduleMove(of host: HostID, at time: SimTime) {
    let cohort = configuration.hosts[Int(hosts[Int(host.index)].cohort)]
    let stage = business[Int(host.index)].stage
    guard !cohort.isReviewed, stage != .active, stage != .away else { return }
    let next = time + cohort.review
    if next <= horizon { kernel.schedule(.moveDue(host), at: next) }
  }

  mutating func moveDue(_ host: HostID, at time: SimTime) {
    continueMoving(Int(host.index), at: time)
    scheduleMove(of: host, at: time)
  }
}

extension MarketChain {
  /// Whether the transaction just executed began a host's leave of the registry.
  mutating func hasPutOut(_ host: AccountID) -> Bool {
    for place in 0..<world.logs.count {
      if case .nodeLeaving(host, _) = world.logs[place].event { return true }
    }
    return false
  }
}
