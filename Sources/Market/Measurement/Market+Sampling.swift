import EVM
import Kernel
import Quantities
import Statistics

/// Rows of the time series and of the reputation table.
extension Market {
  mutating func takeSample(at time: SimTime) {
    sampleTimeSeries(at: time)
    sampleReputation(at: time)
    sampleSolvency(at: time)
    sampleReputations(at: time)
    interval = SampleInterval()
    lastSampleAt = time
    let next = time + sampleSpacing
    if next <= horizon { kernel.schedule(.sampleDue, at: next, in: .sampling) }
  }

  /// The row of the last, possibly shorter, interval.
  mutating func takeFinalSample(at end: SimTime) {
    if end > lastSampleAt {
      sampleTimeSeries(at: end)
      sampleReputation(at: end)
      sampleSolvency(at: end)
    }
    if reputations.measuredAt != end { measureReputations(at: end) }
  }

  private mutating func sampleTimeSeries(at time: SimTime) {
    guard tables.timeSeries.isRecording else { return }
    tables.timeSeries.row.append(time)
    tables.timeSeries.row.append(interval.requested)
    tables.timeSeries.row.append(interval.completed)
    tables.timeSeries.row.append(measured.waiting)
    tables.timeSeries.row.append(Int(measured.jobsLive.level))
    tables.timeSeries.row.append(measured.hostsUp)
    tables.timeSeries.row.append(measured.hostsBusy)
    tables.timeSeries.row.append(interval.firstToken.mean)
    tables.timeSeries.row.append(interval.latency.mean)
    tables.timeSeries.row.append(chain.producer.baseFee.gwei)
    tables.timeSeries.row.append(
      interval.blocks == 0 ? .nan : interval.blockFilling / Double(interval.blocks))
    tables.timeSeries.row.append(interval.transactions)
    tables.timeSeries.row.append(chain.pool.count)
    tables.timeSeries.row.append(interval.gas)
    tables.timeSeries.row.append(interval.fees.eth * changes.prices.eth + interval.feesCorrection)
    tables.timeSeries.row.append(UInt256(interval.payments))
    tables.timeSeries.row.append(interval.ethPayments)
    tables.timeSeries.endRow()
  }

  private mutating func sampleReputation(at time: SimTime) {
    guard tables.reputation.isRecording else { return }
    let correlation = scoreCorrelation()
    for (cohort, scores) in scores.enumerated() {
      tables.reputation.row.append(time)
      tables.reputation.row.append(configuration.hosts[cohort].name)
      tables.reputation.row.append(scores.hosts)
      tables.reputation.row.append(scores.mean)
      tables.reputation.row.append(scores.minimum)
      tables.reputation.row.append(scores.quantile(0.5))
      tables.reputation.row.append(scores.quantile(0.9))
      tables.reputation.row.append(scores.maximum)
      tables.reputation.row.append(correlation)
      tables.reputation.endRow()
    }
  }

  /// Spearman's correlation of score and true quality over the hosts that were ever claimed from by
  /// others than their own renters; NaN while nobody has failed a job or made a result up, since then
  /// every rate is 1.
  private func scoreCorrelation() -> Double {
    guard measured.hostsWithLostJobs > 0 || measured.wrong > 0 else { return .nan }
    var scores: [UInt64] = []
    var rates: [UInt64] = []
    scores.reserveCapacity(hosts.count)
    rates.reserveCapacity(hosts.count)
    for index in hosts.indices {
      guard let record = trueRecord(of: index) else { continue }
      scores.append(UInt64(hosts[index].score))
      // In steps of 2⁻³², so that rates of fewer than 65,536 jobs are equal only if they are equal.
      rates.append(UInt64(record.done) << 32 / UInt64(record.ended))
    }
    return RankCorrelation.spearman(ofWhole: scores, rates)
  }
}
