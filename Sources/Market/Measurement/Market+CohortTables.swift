import Quantities
import Statistics

/// What came of a cohort of hosts.
struct CohortTotals {
  var hosts = 0
  var completed = 0
  var failed = 0
  var cheats = 0
  var detections = 0
  /// USD, but for the stake, which is FAB.
  var revenue = 0.0
  /// Those of their puppets included.
  var fees = 0.0
  /// Payments of their puppets, less what came back.
  var puppets = 0.0
  var energy = 0.0
  var rent = 0.0
  var away = 0
  /// Completed jobs whose payment is decided.
  var settled = 0
  /// Host-seconds in the market.
  var present = 0.0
  /// What its hosts stake at registration, whole coins.
  var staked = 0.0
  /// Of those who disputed or challenged in vain, FAB.
  var bonds = 0.0
  var slashed = 0.0
  /// What that stake was worth beyond its value at the present price, USD.
  var slashCorrection = 0.0
  var score = 0.0
  var barred = 0

  static func += (sum: inout CohortTotals, cohort: CohortTotals) {
    sum.hosts += cohort.hosts
    sum.completed += cohort.completed
    sum.failed += cohort.failed
    sum.cheats += cohort.cheats
    sum.detections += cohort.detections
    sum.revenue += cohort.revenue
    sum.fees += cohort.fees
    sum.puppets += cohort.puppets
    sum.energy += cohort.energy
    sum.rent += cohort.rent
    sum.bonds += cohort.bonds
    sum.slashed += cohort.slashed
    sum.slashCorrection += cohort.slashCorrection
    sum.score += cohort.score
    sum.barred += cohort.barred
    sum.away += cohort.away
    sum.settled += cohort.settled
    sum.present += cohort.present
    sum.staked += cohort.staked
  }

  /// USD after everything.
  func profit(fabPrice: Double) -> Double { earnings(fabPrice: fabPrice) - fees - rent }

  /// USD before fees: what the work itself brings.
  func earnings(fabPrice: Double) -> Double {
    revenue + bonds * fabPrice - puppets - energy - (slashed * fabPrice + slashCorrection)
  }
}

extension Market {
  /// - Complexity: O(hosts).
  func cohortTotals(at end: SimTime) -> [CohortTotals] {
    var totals = [CohortTotals](repeating: CohortTotals(), count: hostTerms.count)
    let puppets = puppetSpending()
    for index in hosts.indices {
      totals[Int(hosts[index].cohort)] += hostTotals(
        index, puppets.isEmpty ? PuppetSpending() : puppets[index], at: end)
    }
    let minStake = chain.minStake.approximate * 1e-18
    for (cohort, terms) in configuration.hosts.enumerated() {
      totals[cohort].staked = Double(totals[cohort].hosts) * (minStake + Double(terms.extraStake))
    }
    return totals
  }

  /// What came of one host, but for what its kind stakes.
  func hostTotals(
    _ index: Int, _ puppets: PuppetSpending, at end: SimTime
  ) -> CohortTotals {
    let host = countedHost(index)
    let cohort = Int(host.cohort)
    var totals = CohortTotals()
    totals.hosts = 1
    totals.completed = Int(host.completed)
    totals.failed = Int(host.failed)
    totals.cheats = Int(host.cheats)
    totals.detections = Int(host.detections)
    totals.revenue = Double(host.revenue) * 1e-6 + countedETHRevenue(ofHost: index).worth
    totals.fees =
      (Double(host.fees) * 1e-18 + puppets.fees) * changes.prices.eth
      + changes.prices.feeCorrection(ofHost: index)
    totals.puppets = puppets.payments
    totals.energy = energyUsed(by: host) * hostTerms[cohort].electricity
    totals.bonds = countedBook(ofHost: index).bonds
    totals.settled = Int(countedBook(ofHost: index).settled)
    totals.present = (end - countedFrom - host.awayTotal).seconds
    totals.slashed = host.slashed
    totals.slashCorrection = changes.prices.slashCorrection(ofHost: index)
    totals.score = Double(host.score)
    totals.rent = rent(of: host, over: end - countedFrom)
    totals.away = host.isAway ? 1 : 0
    totals.barred = host.isBarred ? 1 : 0
    return totals
  }

  func writeCohorts(to outlet: TableOutlet, at end: SimTime) throws {
    var table = try outlet.stream(.cohorts)
    guard table.isRecording else { return }
    for (number, cohort) in cohortTotals(at: end).enumerated() {
      let earnings = cohort.earnings(fabPrice: changes.prices.fab)
      table.row.append(configuration.hosts[number].name)
      table.row.append(hostTerms[number].isHonest ? "honest" : "dishonest")
      table.row.append(cohort.hosts)
      table.row.append(cohort.completed)
      table.row.append(cohort.failed)
      table.row.append(cohort.cheats)
      table.row.append(cohort.detections)
      table.row.append(cohort.revenue)
      table.row.append(cohort.fees)
      table.row.append(cohort.puppets)
      table.row.append(cohort.energy)
      table.row.append(cohort.bonds)
      table.row.append(cohort.slashed)
      table.row.append(cohort.rent)
      table.row.append(cohort.profit(fabPrice: changes.prices.fab))
      table.row.append(cohort.settled > 0 ? earnings / Double(cohort.settled) : .nan)
      table.row.append(cohort.hosts > 0 ? cohort.score / Double(cohort.hosts) : .nan)
      table.row.append(cohort.barred)
      table.row.append(cohort.away)
      table.endRow()
    }
    try table.finish()
  }

  func writeRateLimits(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.rateLimits)
    guard table.isRecording else { return }
    var rows = [(renters: Int, requests: Int, refused: Int, hit: Int, fees: UInt256)](
      repeating: (0, 0, 0, 0, .zero), count: renterTerms.count)
    for index in renters.indices {
      let renter = countedRenter(index)
      rows[Int(renter.cohort)].renters += 1
      rows[Int(renter.cohort)].requests += Int(renter.requests)
      rows[Int(renter.cohort)].refused += Int(renter.refused)
      rows[Int(renter.cohort)].hit += renter.refused > 0 ? 1 : 0
      rows[Int(renter.cohort)].fees = rows[Int(renter.cohort)].fees + UInt256(renter.fees)
    }
    for (number, row) in rows.enumerated() {
      table.row.append(configuration.renters[number].name)
      table.row.append(row.renters)
      table.row.append(row.requests)
      table.row.append(row.requests - row.refused)
      table.row.append(row.refused)
      table.row.append(row.requests > 0 ? Double(row.refused) / Double(row.requests) : .nan)
      table.row.append(row.hit)
      table.row.append(row.fees)
      table.endRow()
    }
    try table.finish()
  }
}
