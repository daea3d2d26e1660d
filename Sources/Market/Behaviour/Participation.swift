import Kernel
import Quantities

/// Hosts that come and go by profit: their rent is what the same machine could save elsewhere.
///
/// At a review a host that lost money in the period leaves with probability `exit`; one that is away
/// comes with probability `entry` when those of its cohort who stayed made some. With free entry the
/// profit of the marginal host tends to zero. Needs contracts that let hosts leave.
public struct Participation: Sendable, Equatable {
  /// Share of the cohort that is registered at the start, 0 … 1.
  public var initially: Double
  /// For each review of a host that lost money, 0 … 1.
  public var exit: Double
  /// For each review of a host that is away while the others earn, 0 … 1.
  public var entry: Double

  public init(initially: Double = 1, exit: Double = 0.1, entry: Double = 0.1) {
    self.initially = initially
    self.exit = exit
    self.entry = entry
  }
}

extension Market {
  mutating func considerParticipation(cohort: Int, at time: SimTime) {
    guard let rule = configuration.hosts[cohort].participation else { return }
    let isWorthIt = incumbentsEarn(cohort: cohort)
    for index in members(of: cohort) {
      var stream = streams.reviews.stream(
        entity: UInt64(index), event: UInt64(business[index].reviews) << 1 | 1)
      let draw = stream.uniform()
      switch business[index].stage {
      case .active:
        if business[index].period.profit < 0, draw < rule.exit {
          beginLeaving(index, toReturn: false, at: time)
        }
      case .away:
        if isWorthIt, draw < rule.entry { beginEntering(index, at: time) }
      default: break
      }
    }
  }

  /// Whether a host was in the market for nine tenths of the period that has just been closed: who comes
  /// at a review needs a few blocks for it.
  func wasThereAllPeriod(_ index: Int) -> Bool {
    let review = configuration.hosts[Int(hosts[index].cohort)].review
    return (business[index].reviewedAt - business[index].since).seconds >= 0.9 * review.seconds
  }

  /// Whether those who were in the market for the period made money on average; true where
  /// nobody was, since then nobody knows.
  private func incumbentsEarn(cohort: Int) -> Bool {
    var sum = 0.0
    var count = 0
    for index in members(of: cohort)
    where business[index].stage == .active && wasThereAllPeriod(index) {
      sum += business[index].period.visibleProfit
      count += 1
    }
    return count == 0 || sum > 0
  }
}
