import Contracts
public import Quantities

/// Comes back under a new identity once the old one is worth too little.
///
/// The host leaves the registry, moves its stake and ETH to a new account, and registers that: its
/// score is a newcomer's again. Needs contracts that let hosts leave.
public struct Whitewashing: ConductPart {
  /// Stored score below which a host gives its identity up, > 0.
  public var below: Int
  /// The span over which a new identity must earn what it costs, > 0; nil: the host does not ask.
  public var payback: SimDuration?

  public init(below: Int = 100, payback: SimDuration? = nil) {
    self.below = below
    self.payback = payback
  }

  public static var isReviewed: Bool { true }

  /// Whether being somebody else would earn more than it costs.
  ///
  /// - Parameters:
  ///   - own: Profit of the host in the last period, USD.
  ///   - newcomer: The same of hosts whose score is a newcomer's; nil where there are none to see.
  ///   - period: Of both.
  ///   - away: For which nothing is earned.
  func isWorthIt(
    own: Double, newcomer: Double?, period: SimDuration, away: SimDuration
  ) -> Bool {
    guard let payback else { return true }
    guard let newcomer else { return false }
    let span = payback - away
    return newcomer * span.seconds > own * payback.seconds && span > .zero && period > .zero
  }

  private static let belowKey = ConductKey(
    "below", .count(1...1_000_000_000), .standard("100"),
    "Stored score below which it gives its identity up; newcomers start at initialReputation.")
  private static let paybackKey = ConductKey(
    "payback", .span(1...315_360_000), .optional("it does not ask whether that pays"),
    "It does so only when what newcomers of its cohort earn, in this span less the time for which its "
      + "stake is tied, is more than what it would earn as it is.")

  public static let declaration = ConductDeclaration(
    "whitewashing", absence: "keeps its name",
    "Leaves the registry and registers a new account once its score or stake is too low; the host "
      + "looks once a review.", keys: [belowKey, paybackKey])

  public init(_ values: ConductValues) {
    self.init(
      below: Int(values[Self.belowKey]),
      payback: values.given(Self.paybackKey).map { SimDuration(rounding: $0) })
  }
}

extension Market {
  /// At a review: hosts that would be better off as somebody else begin to leave.
  mutating func considerIdentities(cohort: Int, at time: SimTime) {
    guard let conduct = conducts[cohort].whitewashing else { return }
    let newcomer = newcomersProfit(cohort: cohort, conduct)
    let away = SimDuration.seconds(Int64(chain.world.rules.unbonding))
    for index in members(of: cohort)
    where business[index].stage == .active && !business[index].isStraight {
      guard hosts[index].isBarred || Int(hosts[index].score) < conduct.below,
        canRegisterAgain(index),
        conduct.isWorthIt(
          own: business[index].period.profit, newcomer: newcomer,
          period: configuration.hosts[cohort].review, away: away)
      else { continue }
      beginLeaving(index, toReturn: true, at: time)
    }
  }

  /// Whether what a host has, staked or not, suffices for a stake.
  func canRegisterAgain(_ index: Int) -> Bool {
    let account = hosts[index].account
    return chain.stake(of: account) + chain.fabBalance(of: account) >= chain.minStake
  }

  /// Mean profit in the last period of those of the cohort who could be newcomers by their score, at
  /// most a fifth above where all start; nil where nobody is.
  private func newcomersProfit(cohort: Int, _ conduct: Whitewashing) -> Double? {
    guard conduct.payback != nil else { return nil }
    let start = Int(chain.scoreOfNewcomers)
    var sum = 0.0
    var count = 0
    for index in members(of: cohort)
    where business[index].stage == .active && !hosts[index].isBarred
      && wasThereAllPeriod(index) && (start...start + start / 5).contains(Int(hosts[index].score))
    {
      sum += business[index].period.visibleProfit
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }
}
