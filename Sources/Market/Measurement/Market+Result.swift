import EVM
import Kernel
import Quantities
import Statistics

/// The numbers and tables of a replication at its horizon.
extension Market {
  /// Closes what is still running, so that times add up to the duration.
  mutating func closeBooks(at end: SimTime) {
    for index in hosts.indices {
      if hosts[index].inEngine > 0 { hosts[index].busy += end - hosts[index].busySince }
      if !hosts[index].isUp { hosts[index].downTotal += end - hosts[index].downSince }
    }
    auditBooks(at: end)
    takeFinalSample(at: end)
    if tables.jobs.isRecording { recordOpenJobs() }
  }

  func values(at end: SimTime) -> MetricValues {
    var values = MetricValues(.market)
    setJobs(&values)
    setLatencies(&values)
    setHosts(&values, end)
    setChain(&values)
    setMoney(&values)
    values.set(.jobsLive, measured.jobsLive.mean(until: end))
    values.set(.jobsLivePeak, Double(measured.jobsLive.maximum))
    return values
  }

  private func setJobs(_ values: inout MetricValues) {
    let open = Int(measured.jobsLive.level)
    let ended = measured.requested - open
    let unserved = ended - measured.served
    values.set(.jobsRequested, Double(measured.requested))
    values.set(.jobsPosted, Double(measured.posted))
    values.set(.jobsClaimed, Double(measured.claimed))
    values.set(.jobsCompleted, Double(measured.completed))
    values.set(.jobsOpen, Double(open))
    values.set(.jobsServed, Double(measured.served))
    values.set(.jobsLate, Double(measured.late))
    values.set(.jobsStuck, Double(measured.stuck))
    values.set(.rentersLeft, Double(measured.left))
    values.set(.rentersBalked, Double(measured.balked))
    values.set(.requestsRefused, Double(measured.refused))
    values.set(.unservedFraction, ended == 0 ? .nan : Double(unserved) / Double(ended))
  }

  private func setLatencies(_ values: inout MetricValues) {
    for (metric, observed) in [
      (Metric.firstTokenTime, measured.firstToken),
      (.engineFirstTokenTime, measured.engineFirstToken), (.perTokenTime, measured.perToken),
      (.latency, measured.latency), (.settlementTime, measured.settlement),
    ] {
      values.set(metric, observed.tally, observed.quantiles)
    }
    values.set(.promptTokens, measured.promptTokens)
    values.set(.outputTokens, measured.outputTokens)
    values.set(.tokenRate, measured.outputTokens.total / configuration.duration.seconds)
    values.set(.rating, measured.rating)
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
      let host = hosts[index]
      busy += host.busy.seconds
      up += (end - .zero - host.downTotal).seconds
      energy += energyUsed(by: host)
      cost += energyUsed(by: host) * hostTerms[Int(host.cohort)].electricity
      revenue.append(Double(host.revenue))
      score.record(Double(host.score))
    }
    let span = Double(hosts.count) * end.seconds
    values.set(.hostUtilisation, up == 0 ? .nan : busy / up)
    values.set(.hostsUp, span == 0 ? .nan : up / span)
    values.set(.energy, energy)
    values.set(.energyCost, cost)
    values.set(.revenueHHI, Concentration.herfindahl(of: revenue))
    values.set(.revenueGini, Concentration.gini(of: revenue))
    values.set(.reputation, score)
  }

  /// kWh.
  func energyUsed(by host: Host) -> Double {
    host.busy.seconds / 3_600 * hostTerms[Int(host.cohort)].watts / 1_000
  }

  private func setChain(_ values: inout MetricValues) {
    // Nothing is spent per job while there is none.
    let completed = measured.completed > 0 ? Double(measured.completed) : .nan
    let fees = (measured.feesL2 + measured.feesL1).eth * configuration.chain.ethPrice
    values.set(.blocks, Double(measured.blocks))
    values.set(.transactions, Double(measured.transactions))
    values.set(.transactionsReverted, Double(measured.reverts))
    values.set(.transactionsResent, Double(measured.resent))
    values.set(.transactionsUnpaid, Double(measured.unpaid))
    values.set(.operations, Double(measured.operations))
    values.set(.operationsRefused, Double(measured.operationsRefused))
    values.set(
      .bundleFilling,
      measured.bundles > 0 ? Double(measured.operations) / Double(measured.bundles) : .nan)
    values.set(.feesSponsored, measured.feesSponsored.eth)
    values.set(.gasUsed, Double(measured.gasUsed.units))
    values.set(.gasPerJob, Double(measured.gasUsed.units) / completed)
    values.set(.feesL2, measured.feesL2.eth)
    values.set(.feesL1, measured.feesL1.eth)
    values.set(.feesPerJob, fees / completed)
    let payments = measured.completed > 0 ? Double(measured.payments) * 1e-6 : .nan
    values.set(.feeShareOfPayments, fees / payments)
    values.set(.baseFee, measured.baseFee)
    values.set(
      .baseFeeRatio, measured.baseFee.mean / (chain.equilibriumBaseFee(over: horizon) * 1e-9))
    values.set(.blockUtilisation, measured.blockFilling / Double(measured.blocks))
  }

  private func setMoney(_ values: inout MetricValues) {
    values.set(.payments, Double(measured.payments) * 1e-6)
    values.set(.hostRevenue, Double(measured.hostRevenue) * 1e-6)
    values.set(.platformFees, Double(measured.payments - measured.hostRevenue) * 1e-6)
    values.set(.stuckFunds, Double(measured.stuckFunds) * 1e-6)
  }
}
