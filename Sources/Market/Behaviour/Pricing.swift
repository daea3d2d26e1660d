import Kernel
import Quantities

/// How a host changes what it asks, once a review; it scales both its prices by one factor.
public enum Pricing: Sendable, Equatable {
  case fixed
  /// What the past period cost, rent and all, and `margin` (≥ 0) on top; a tenth less than before where
  /// nothing was sold, but never less than what serving costs it.
  case costPlus(margin: Double)
  /// `step` (0 … 1) below the lowest ask of anybody else for the same models, but never below what
  /// serving costs it.
  case undercutting(step: Double)
  /// Learns which of these factors (> 0, at most 8) brings most, and tries another with probability
  /// `exploration` (0 … 1).
  case bandit(arms: [Double], exploration: Double)

  /// Factors that a host may come to; nobody asks a hundredth or a hundredfold of its list price.
  static let limits = 0.01...100.0
}

extension Market {
  /// New factors for a cohort, all from what stood before any of them moved.
  mutating func reprice(cohort: Int, at time: SimTime) {
    switch configuration.hosts[cohort].pricing {
    case .fixed: return
    case .costPlus(let margin):
      for index in members(of: cohort) where hosts[index].takesJobs {
        let period = business[index].period
        learnFloor(of: index)
        guard period.revenue > 0 else {
          setFactor(max(business[index].floor, hosts[index].priceFactor * 0.9), of: index)
          continue
        }
        setFactor(
          hosts[index].priceFactor * (1 + margin) * (period.cost + period.rent) / period.revenue,
          of: index)
      }
    case .undercutting(let step):
      let rivals = lowestRivalAsks(of: cohort)
      let list = listAsk(of: cohort)
      for (place, index) in members(of: cohort).enumerated()
      where hosts[index].takesJobs && rivals[place].isFinite {
        learnFloor(of: index)
        setFactor(max(business[index].floor, rivals[place] / list * (1 - step)), of: index)
      }
    case .bandit(let arms, let exploration):
      for index in members(of: cohort) where hosts[index].takesJobs {
        learn(index, arms, exploration)
      }
    }
    if contenders > 0 { renewReferencePrices() }
  }

  /// What serving costs for each USD of list prices, in the periods so far, of which a fifth is forgotten
  /// at each: in a single one the claim of a job may lie before it and its payment in it.
  private mutating func learnFloor(of index: Int) {
    let period = business[index].period
    business[index].servingCost = 0.8 * business[index].servingCost + period.cost
    business[index].listRevenue =
      0.8 * business[index].listRevenue + period.revenue / hosts[index].priceFactor
    if business[index].listRevenue > 0 {
      business[index].floor = business[index].servingCost / business[index].listRevenue
    }
  }

  /// USD per million tokens at factor 1, of whichever price the cohort states.
  private func listAsk(of cohort: Int) -> Double {
    let terms = hostTerms[cohort]
    return terms.outputPerMillion > 0 ? terms.outputPerMillion : terms.promptPerMillion
  }

  private mutating func setFactor(_ factor: Double, of index: Int) {
    let limits = Pricing.limits
    hosts[index].priceFactor = min(max(factor, limits.lowerBound), limits.upperBound)
    refresh(HostID(UInt32(index)))
  }

  /// For each member, the lowest ask of any other host that serves one of its models; infinite where
  /// it is alone.
  ///
  /// - Complexity: O(hosts).
  private func lowestRivalAsks(of cohort: Int) -> [Double] {
    let members = members(of: cohort)
    var asks = [Double](repeating: .infinity, count: members.count)
    var models: [UInt16: (lowest: Double, holder: Int, second: Double)] = [:]
    for pool in assignment.pools {
      var entry = models[pool.key.model] ?? (.infinity, -1, .infinity)
      for host in pool.hosts where hosts[Int(host.index)].takesJobs {
        let row = hosts[Int(host.index)]
        let ask = listAsk(of: Int(row.cohort)) * row.priceFactor
        if ask < entry.lowest {
          entry = (ask, Int(host.index), entry.lowest)
        } else if ask < entry.second {
          entry.second = ask
        }
      }
      models[pool.key.model] = entry
    }
    for pool in assignment.pools {
      guard let entry = models[pool.key.model] else { continue }
      for host in pool.hosts where members.contains(Int(host.index)) {
        let rival = entry.holder == Int(host.index) ? entry.second : entry.lowest
        let place = Int(host.index) - members.lowerBound
        asks[place] = min(asks[place], rival)
      }
    }
    return asks
  }

  private mutating func learn(_ index: Int, _ arms: [Double], _ exploration: Double) {
    var stream = streams.reviews.stream(
      entity: UInt64(index), event: UInt64(business[index].reviews) << 1)
    let next = business[index].pricing.next(
      after: business[index].period.profit, arms: arms.count, exploration: exploration, &stream)
    setFactor(business[index].listFactor * arms[next], of: index)
  }

  /// Before the first event: bandits begin with the arm that is nearest to their list prices.
  mutating func startPricing(ofCohort cohort: Int) {
    guard case .bandit(let arms, _) = configuration.hosts[cohort].pricing else { return }
    var first = 0
    for arm in arms.indices where abs(arms[arm] - 1) < abs(arms[first] - 1) { first = arm }
    for index in members(of: cohort) {
      business[index].listFactor = hosts[index].priceFactor
      business[index].pricing = Bandit(startingAt: first)
      setFactor(business[index].listFactor * arms[first], of: index)
    }
  }

  /// What renters of a race offer: the mean ask of those who may serve them now.
  private mutating func renewReferencePrices() {
    for number in assignment.eligibilities.indices {
      var prompt = 0.0
      var output = 0.0
      var count = 0.0
      for pool in assignment.eligibilities[number].pools {
        for host in assignment.pools[Int(pool)].hosts where hosts[Int(host.index)].takesJobs {
          let row = hosts[Int(host.index)]
          prompt += hostTerms[Int(row.cohort)].promptPerMillion * row.priceFactor
          output += hostTerms[Int(row.cohort)].outputPerMillion * row.priceFactor
          count += 1
        }
      }
      guard count > 0 else { continue }
      referencePrices[number] = HostCohort.Price(
        promptPerMillion: prompt / count, outputPerMillion: output / count)
    }
  }
}
