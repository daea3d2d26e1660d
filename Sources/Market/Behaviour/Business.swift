import EVM
import Kernel
import Quantities

/// What a host that reviews its business remembers: at most 280 bytes, and only where some do.
struct Business: BitwiseCopyable {
  enum Stage: UInt8 {
    case active
    /// Takes no more jobs, and leaves the registry once it has none.
    case leaving
    /// Out of the registry; its stake is not yet back.
    case unbonding
    /// Moves what it has to its next account.
    case movingStake
    case movingETH
    case approvingRegistry
    case approvingMarketplace
    case registering
    case away
  }

  /// Of the time since the last review, USD.
  struct Period: BitwiseCopyable {
    var revenue = 0.0
    /// Energy, fees and lost stake.
    var cost = 0.0
    /// What renters of its own spent.
    var puppets = 0.0
    var rent = 0.0

    var profit: Double { visibleProfit - puppets }
    /// As others of its kind can reckon it: who runs which renters is nobody else's knowledge.
    var visibleProfit: Double { revenue - cost - rent }
  }

  /// What becomes of who is out of the registry and has its stake.
  enum Comeback: UInt8 {
    case none
    case asItself
    case asSomebodyElse
  }

  var stage = Stage.active
  var comeback = Comeback.none
  /// A transaction of the stage is under way.
  var isPending = false
  /// Leaves the other parts of its conduct for now.
  var isStraight = false
  var reviews: UInt32 = 0
  var identities: UInt32 = 1
  /// Where it moves to.
  var nextAccount = AccountID.zero
  /// Second from which its stake can be withdrawn.
  var unbondedAt: UInt64 = 0
  var period = Period()
  /// What verdicts of this period cost it for work of earlier ones, USD; only where it learns.
  var lateLoss = 0.0
  /// When it last came to the market.
  var since = SimTime.zero
  /// Price factor at genesis, which the arms of its bandit scale.
  var listFactor = 1.0
  /// Lowest price factor that covers what serving costs, as far as it knows.
  var floor = 0.0
  /// What that comes from, USD.
  var servingCost = 0.0
  var listRevenue = 0.0
  // Totals at the last review.
  /// USD.
  var earned = 0.0
  var fees: UInt64 = 0
  var energy = 0.0
  var slashed = 0.0
  var bonds = 0.0
  var reviewedAt = SimTime.zero
  var awayTotal = SimDuration.zero
  /// Revenue that lies at former accounts, units of 10⁻⁶ USDC.
  var leftBehind: UInt64 = 0
  var puppets = PuppetSpending()
  /// Over price factors, by profit a period.
  var pricing = Bandit<8>()
  /// Over the other parts of its conduct, and honest work.
  var conduct = Bandit<2>()
}

/// Hosts that look at their business now and then: prices, whether to stay, and as whom.
extension Market {
  /// Before the first event.
  mutating func prepareBusiness() {
    let isReviewed = configuration.hosts.contains(where: \.isReviewed)
    guard isReviewed else { return }
    business = [Business](repeating: Business(), count: hosts.count)
    for (number, cohort) in configuration.hosts.enumerated() where cohort.isReviewed {
      startPricing(ofCohort: number)
      if let participation = cohort.participation {
        let members = members(of: number)
        let staying = Int((participation.initially * Double(members.count)).rounded())
        for index in members.dropFirst(staying) { business[index].stage = .away }
      }
      scheduleReview(of: number, after: .zero)
    }
    for index in hosts.indices where business[index].stage == .away {
      hosts[index].isAway = true
      hosts[index].awaySince = .zero
      measured.hostsAway += 1
    }
  }

  private mutating func scheduleReview(of cohort: Int, after time: SimTime) {
    let next = time + configuration.hosts[cohort].review
    if next <= horizon { kernel.schedule(.reviewDue(cohort: UInt32(cohort)), at: next) }
  }

  mutating func reviewDue(cohort: UInt32, at time: SimTime) {
    let number = Int(cohort)
    for index in members(of: number) { closePeriod(of: index, at: time) }
    reprice(cohort: number, at: time)
    considerParticipation(cohort: number, at: time)
    considerIdentities(cohort: number, at: time)
    learnConduct(cohort: number, at: time)
    for index in members(of: number) { continueMoving(index, at: time) }
    scheduleReview(of: number, after: time)
  }

  /// Hosts of a cohort are numbered together.
  func members(of cohort: Int) -> Range<Int> {
    var start = 0
    for earlier in configuration.hosts.prefix(cohort) { start += earlier.count }
    return start..<start + configuration.hosts[cohort].count
  }

  private mutating func closePeriod(of index: Int, at time: SimTime) {
    let host = hosts[index].closed(at: time)
    let terms = hostTerms[Int(host.cohort)]
    let energy = energyUsed(by: host)
    let before = business[index]
    var period = Business.Period()
    let puppets = puppetSpending(ofHost: index)
    // Earned with the work, not when the window ends: else who is paid late looks as if it lost money.
    period.revenue =
      (books[index].earned - before.earned) + (books[index].bonds - before.bonds)
      * changes.prices.fab
    period.cost =
      (energy - before.energy) * terms.electricity
      + Double(host.fees - before.fees) * 1e-18 * changes.prices.eth
      + (host.slashed - before.slashed) * changes.prices.fab
    period.puppets =
      (puppets.payments - before.puppets.payments)
      + (puppets.fees - before.puppets.fees) * changes.prices.eth
    let present =
      (time - before.reviewedAt).seconds - (host.awayTotal - before.awayTotal).seconds
    period.rent = terms.rent * present / 3_600
    business[index].period = period
    business[index].earned = books[index].earned
    business[index].fees = host.fees
    business[index].puppets = puppets
    business[index].energy = energy
    business[index].slashed = host.slashed
    business[index].bonds = books[index].bonds
    business[index].awayTotal = host.awayTotal
    business[index].reviewedAt = time
    business[index].reviews += 1
  }

  /// USD that a host paid for its place in the market.
  func rent(of host: Host, over span: SimDuration) -> Double {
    let rate = hostTerms[Int(host.cohort)].rent
    return rate == 0 ? 0 : rate * (span - host.awayTotal).seconds / 3_600
  }
}
