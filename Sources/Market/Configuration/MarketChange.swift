public import Quantities

/// Something that becomes different during a run, for a time or for good.
public struct MarketChange: Sendable, Equatable {
  public enum Effect: Sendable, Equatable {
    /// USD per ETH and per FAB, > 0.
    case ethPrice(Double)
    case fabPrice(Double)
    case backgroundLoad(ChainConfiguration.BackgroundLoad)
    /// Tip that hosts and renters offer, wei per gas.
    case priorityFee(Wei)
    case l1BaseFee(Wei)
    case blobBaseFee(Wei)
    /// A number of the protocol by its key under `protocol:`, as a passed proposal would set it.
    case rule(key: String, value: UInt256)
    /// Share of completed jobs that verifiers do again, 0 … 1.
    case checkRate(Double)
    /// Of a cohort of renters, as in `RenterCohort`.
    case patience(cohort: Int, Patience)
    case willingnessToPay(cohort: Int, Double?)
    /// Multiple ≥ 0 of the rate at which a cohort's requests arrive; not for recorded arrivals.
    case demand(cohort: Int, factor: Double)
    /// A share 0 … 1 of the hosts of a cohort and a region (nil: any) is down, rounded to whole hosts.
    case hostsDown(cohort: Int?, region: Int?, share: Double)
    /// No blocks are made.
    case sequencerDown
  }

  /// From the start of the run, ≥ 0.
  public var at: SimDuration
  /// After which all is as before, > 0; nil: never.
  public var duration: SimDuration?
  public var effect: Effect

  public init(at: SimDuration, duration: SimDuration? = nil, effect: Effect) {
    self.at = at
    self.duration = duration
    self.effect = effect
  }
}

extension MarketConfiguration {
  /// Multiples of a renter cohort's arrival rate, each from a time (in seconds) on, in order of time.
  func demandFactors(ofCohort cohort: Int) -> [ArrivalClock.Factor] {
    var factors: [ArrivalClock.Factor] = []
    var lasting = 1.0
    for point in ChangePlayer.timeline(of: changes) {
      let change = changes[point.change]
      guard case .demand(cohort, let factor) = change.effect else { continue }
      if change.duration == nil { lasting = factor }
      factors.append(
        ArrivalClock.Factor(from: point.at.seconds, factor: point.begins ? factor : lasting))
    }
    return factors
  }
}
