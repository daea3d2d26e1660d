import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// The numbers and tables of a replication at its horizon.
extension Market {
  /// Closes what is still running, so that times add up to the duration.
  mutating func closeBooks(at end: SimTime) {
    for index in hosts.indices {
      hosts[index] = hosts[index].closed(at: end)
    }
    auditBooks(at: end)
    takeFinalSample(at: end)
    if tables.jobs.isRecording { recordOpenJobs() }
    watch.gather()
  }

  func values(at end: SimTime) -> MetricValues {
    var values = MetricValues(.market)
    let counted = counted
    Self.setJobs(&values, counted)
    setLatencies(&values, counted)
    setHosts(&values, end)
    setChain(&values, counted)
    setConduct(&values, counted, end)
    setDetection(&values, at: end)
    setReputations(&values, at: end)
    values.set(.shortfall, shortfall())
    values.set(.attackersGain, gains(ofAttackers: true))
    values.set(.victimsGain, gains(ofAttackers: false))
    values.set(.scriptReverted, Double(script.reverted))
    let from = countedFrom
    values.set(
      .proposalsExecuted,
      Double(assembly.motions.count { $0.executedAt.map { $0 >= from } == true }))
    values.set(
      .proposalsDefeated,
      Double(
        assembly.motions.count {
          $0.outcome == .defeated && $0.decidedAt.map { $0 >= from } == true
        }))
    values.set(.votesCast, Double(assembly.votesCast - counting.votesCast))
    values.set(.spamSpending, spamSpending())
    values.set(.challengersGain, challengersGain() - counting.challengersGain)
    values.set(.scriptUnexpected, Double(script.unexpected))
    Self.setMoney(&values, counted, ethPrice: changes.prices.eth)
    values.set(.paymentsPending, pendingPayments())
    values.set(.jobsLive, counted.jobsLive.mean(until: end))
    values.set(.jobsLivePeak, Double(counted.jobsLive.maximum))
    values.set(.warmUp, Double(counting.warmUp.duration.nanoseconds) / 1e9)
    values.set(.warmUpUndetermined, counting.warmUp.isUndetermined ? 1 : 0)
    return values
  }

  private static func setJobs(
    _ values: inout MetricValues, _ counted: Measurements
  ) {
    let open = Int(counted.jobsLive.level)
    let unserved =
      counted.late + counted.stuck + counted.left + counted.balked + counted.refused
      + counted.limited + counted.halted + counted.refunded
    let ended = counted.served + unserved
    values.set(.jobsRequested, Double(counted.requested))
    values.set(.jobsPosted, Double(counted.posted))
    values.set(.jobsClaimed, Double(counted.claimed))
    values.set(.jobsCompleted, Double(counted.completed))
    values.set(.jobsOpen, Double(open))
    values.set(.jobsServed, Double(counted.served))
    values.set(.jobsLate, Double(counted.late))
    values.set(.jobsStuck, Double(counted.stuck))
    values.set(.rentersLeft, Double(counted.left))
    values.set(.rentersBalked, Double(counted.balked))
    values.set(.requestsRefused, Double(counted.refused))
    values.set(.requestsLimited, Double(counted.limited))
    values.set(.requestsHalted, Double(counted.halted))
    values.set(.jobsRefunded, Double(counted.refunded))
    values.set(.failures, Double(counted.failures))
    values.set(.proofsVerified, Double(counted.proofsVerified))
    values.set(.pauses, Double(counted.pauses))
    values.set(
      .closedShare, counted.blocks > 0 ? Double(counted.blocksClosed) / Double(counted.blocks) : 0)
    values.set(.stakeSlashed, counted.slashed)
    values.set(.stakeAdded, counted.toppedUp)
    values.set(.jobsWrong, Double(counted.wrong))
    values.set(.checks, Double(counted.checks))
    values.set(.challengersChecks, Double(counted.challengersChecks))
    values.set(
      .checkShare,
      counted.checkable > 0 ? Double(counted.checksBegun) / Double(counted.checkable) : .nan)
    values.set(
      .wrongShare,
      counted.completed > counted.washed
        ? Double(counted.wrong) / Double(counted.completed - counted.washed) : .nan)
    values.set(.verifiersGain, counted.verifiersGain)
    values.set(.disputes, Double(counted.disputes))
    values.set(.disputesUpheld, Double(counted.disputesUpheld))
    values.set(
      .upheldShare,
      counted.disputesDecided > 0
        ? Double(counted.disputesUpheld) / Double(counted.disputesDecided) : .nan)
    values.set(.bondsLost, counted.bondsLost)
    values.set(.hostsEjected, Double(counted.hostsEjected))
    values.set(.cheatsDetected, Double(counted.cheatsDetected))
    values.set(.washJobs, Double(counted.washJobs))
    values.set(.edgesBought, Double(counted.outsideJobs))
    values.set(.edgeSpending, counted.edgeSpending)
    values.set(.hostsRefused, Double(counted.hostsRefused))
    values.set(.honestRefused, Double(counted.honestRefused))
    values.set(
      .genuineRefusedShare,
      counted.genuineEnded > 0
        ? Double(counted.genuineRefused) / Double(counted.genuineEnded) : .nan)
    values.set(
      .genuineUnserved,
      counted.genuineEnded > 0
        ? 1 - Double(counted.genuineServed) / Double(counted.genuineEnded) : .nan)
    values.set(.jobsReturned, Double(counted.returned))
    values.set(.retries, Double(counted.retries))
    values.set(.challenges, Double(counted.challenges))
    values.set(.challengesWon, Double(counted.challengesWon))
    values.set(.unpauses, Double(counted.unpauses))
    values.set(.emergencyPauses, Double(counted.emergencyPauses))
    values.set(.hostExits, Double(counted.hostExits))
    values.set(.hostEntries, Double(counted.hostEntries))
    values.set(.identitiesChanged, Double(counted.identitiesChanged))
    values.set(.registrationsRefused, Double(counted.registrationsRefused))
    values.set(.unservedFraction, ended == 0 ? .nan : Double(unserved) / Double(ended))
  }

  private func setLatencies(_ values: inout MetricValues, _ counted: Measurements) {
    for (metric, observed) in [
      (Metric.firstTokenTime, counted.firstToken),
      (.engineFirstTokenTime, counted.engineFirstToken), (.perTokenTime, counted.perToken),
      (.latency, counted.latency), (.settlementTime, counted.settlement),
    ] {
      values.set(metric, observed.tally, observed.quantiles)
    }
    values.set(.promptTokens, counted.promptTokens)
    values.set(.outputTokens, counted.outputTokens)
    values.set(.tokenRate, counted.outputTokens.total / (horizon - countedFrom).seconds)
    values.set(.rating, counted.rating)
  }

  private func setHosts(_ values: inout MetricValues, _ end: SimTime) {
    var busy = 0.0
    var up = 0.0
    var energy = 0.0
    var cost = 0.0
    var revenue: [Double] = []
    revenue.reserveCapacity(hosts.count)
    var score = Tally()
    for index in hosts.indices {
      let host = countedHost(index)
      busy += host.busy.seconds
      up += (end - countedFrom - host.downTotal - host.awayTotal).seconds
      energy += energyUsed(by: host)
      cost += energyUsed(by: host) * hostTerms[Int(host.cohort)].electricity
      revenue.append(Double(host.revenue) + countedETHRevenue(ofHost: index).worth * 1e6)
      score.record(Double(host.score))
    }
    let span = Double(hosts.count) * (end - countedFrom).seconds
    values.set(.hostsInMarket, Double(hosts.count - measured.hostsAway))
    values.set(.hostUtilisation, up == 0 ? .nan : busy / up)
    values.set(.hostsUp, span == 0 ? .nan : up / span)
    values.set(.energy, energy)
    values.set(.energyCost, cost)
    values.set(.revenueHHI, Concentration.herfindahl(of: revenue))
    values.set(.revenueGini, Concentration.gini(of: revenue))
    values.set(.reputation, score)
  }

  private func setConduct(
    _ values: inout MetricValues, _ counted: Measurements, _ end: SimTime
  ) {
    let price = changes.prices.fab
    var honest = CohortTotals()
    var others = CohortTotals()
    for (number, cohort) in cohortTotals(at: end).enumerated() {
      if hostTerms[number].isHonest { honest += cohort } else { others += cohort }
    }
    let hostDay = (end - countedFrom).seconds / 86_400
    for (metrics, side) in [(Metric.honestSide, honest), (Metric.dishonestSide, others)] {
      let hosts = side.hosts > 0 ? Double(side.hosts) : .nan
      let profit = side.profit(fabPrice: price)
      values.set(metrics.profit, profit / (hosts * hostDay))
      let coin = chain.world.rules.stakesInFAB ? price : changes.prices.eth
      values.set(
        metrics.stakeReturn, side.staked > 0 ? profit / (side.staked * coin * hostDay) : .nan)
      values.set(metrics.score, side.score / hosts)
    }
    let revenue = honest.revenue + others.revenue
    values.set(.dishonestRevenueShare, revenue > 0 ? others.revenue / revenue : .nan)
    values.set(
      .honestEarnings,
      honest.settled > 0
        ? honest.earnings(fabPrice: price) / Double(honest.settled) : .nan)
    values.set(
      .cheaterEarnings,
      others.settled > 0
        ? others.earnings(fabPrice: price) / Double(others.settled) : .nan)
    let days = honest.present / 86_400
    values.set(
      .honestSlashRate, days > 0 ? Double(counted.honestSlashed) / days * 1_000 : .nan)
  }

  /// USD.
  private func spamSpending() -> Double {
    guard renterTerms.contains(where: \.isSpamming) else { return 0 }
    var fees = 0.0
    for index in renters.indices where renterTerms[Int(renters[index].cohort)].isSpamming {
      fees += Double(countedRenter(index).fees) * 1e-18
    }
    return fees * changes.prices.eth
  }

  /// kWh.
  func energyUsed(by host: Host) -> Double {
    host.busy.seconds / 3_600 * hostTerms[Int(host.cohort)].watts / 1_000
  }

  private func setChain(_ values: inout MetricValues, _ counted: Measurements) {
    // Nothing is spent per job while there is none.
    let completed = counted.completed > 0 ? Double(counted.completed) : .nan
    let fees =
      (counted.feesL2 + counted.feesL1).eth * changes.prices.eth + changes.prices.gasCorrection
    values.set(.blocks, Double(counted.blocks))
    values.set(.transactions, Double(counted.transactions))
    values.set(.transactionsReverted, Double(counted.reverts))
    values.set(.transactionsResent, Double(counted.resent))
    values.set(.transactionsUnpaid, Double(counted.unpaid))
    values.set(.operations, Double(counted.operations))
    values.set(.operationsRefused, Double(counted.operationsRefused))
    values.set(
      .bundleFilling,
      counted.bundles > 0 ? Double(counted.operations) / Double(counted.bundles) : .nan)
    values.set(.feesSponsored, counted.feesSponsored.eth)
    values.set(.gasUsed, Double(counted.gasUsed.units))
    values.set(.gasPerJob, Double(counted.gasUsed.units) / completed)
    values.set(.feesL2, counted.feesL2.eth)
    values.set(.feesL1, counted.feesL1.eth)
    values.set(.feesPerJob, fees / completed)
    let payments = Double(counted.payments) * 1e-6 + counted.ethPayments.worth
    values.set(.feeShareOfPayments, payments > 0 ? fees / payments : .nan)
    values.set(.baseFee, counted.baseFee)
    values.set(
      .baseFeeRatio,
      counted.baseFee.mean / (chain.equilibriumBaseFee(from: countedFrom, to: horizon) * 1e-9))
    values.set(.blockUtilisation, counted.blockFilling / Double(counted.blocks))
  }

  /// Payments of completed jobs that wait for a challenge window or a verdict to end, USD.
  private func pendingPayments() -> Double {
    var (usdc, eth): (UInt64, UInt64) = (0, 0)
    for slot in jobs.rows.indices {
      let job = jobs.rows[slot]
      switch job.phase {
      case .released, .settled, .disputed: if job.hasLeftEscrow { continue }
      default: continue
      }
      if job.isPaidInETH { eth += job.payment } else { usdc += job.payment }
    }
    return Double(usdc) * 1e-6 + ETHFlow.wei(ofUnits: eth).eth * changes.prices.eth
  }

  private static func setMoney(
    _ values: inout MetricValues, _ counted: Measurements, ethPrice: Double
  ) {
    // Millionths of a USD.
    let payments = Double(counted.payments) + counted.ethPayments.worth * 1e6
    let fees =
      Double(counted.payments - counted.hostRevenue) + counted.ethFees.worth * 1e6
    values.set(.payments, payments * 1e-6)
    values.set(.ethPayments, counted.ethPayments.amount.eth)
    let ethRevenue = counted.ethPayments.worth - counted.ethFees.worth
    values.set(.hostRevenue, Double(counted.hostRevenue) * 1e-6 + ethRevenue)
    values.set(.platformFees, fees * 1e-6)
    values.set(.platformFeeShare, payments > 0 ? fees / payments : .nan)
    values.set(
      .paymentPerJob, counted.paid > 0 ? payments * 1e-6 / Double(counted.paid) : .nan)
    values.set(
      .stuckFunds, Double(counted.stuckFunds) * 1e-6 + counted.ethStuck.eth * ethPrice)
    values.set(
      .misdirectedFunds,
      Double(counted.misdirected) * 1e-6 + counted.ethMisdirected.eth * ethPrice)
    values.set(.refundedFunds, Double(counted.refundedFunds) * 1e-6 + counted.ethRefunds.worth)
  }
}
