import Contracts
import Quantities
import Statistics

/// Tables whose rows exist only at the horizon: hosts, renters and the cost of gas. Totals in them
/// count from the end of the warm-up.
extension Market {
  mutating func writeFinalTables(to outlet: TableOutlet, at end: SimTime) throws {
    try writeHosts(to: outlet, at: end)
    try writeRenters(to: outlet)
    try writeGas(to: outlet)
    try writeCohorts(to: outlet, at: end)
    try writeRateLimits(to: outlet)
    try writeGovernance(to: outlet)
    try writeVotes(to: outlet)
    try writeInsolvencies(to: outlet)
    try writeActors(to: outlet)
    try writeDetections(to: outlet, at: end)
    try writeDetectionCohorts(to: outlet, at: end)
    try writeDetectionScores(to: outlet)
    try tables.finish()
  }

  private func writeHosts(to outlet: TableOutlet, at end: SimTime) throws {
    var table = try outlet.stream(.hosts)
    guard table.isRecording else { return }
    let puppets = puppetSpending()
    for index in hosts.indices {
      let host = countedHost(index)
      let spending = puppets.isEmpty ? PuppetSpending() : puppets[index]
      let cohort = configuration.hosts[Int(host.cohort)]
      let terms = hostTerms[Int(host.cohort)]
      let energy = energyUsed(by: host)
      let totals = hostTotals(index, spending, at: end)
      let span = (end - countedFrom).seconds
      let ethRevenue = countedETHRevenue(ofHost: index)
      let upTime = (end - countedFrom - host.downTotal - host.awayTotal).seconds
      table.row.append(index)
      table.row.append(cohort.name)
      table.row.append(configuration.regions.names[Int(host.region)])
      table.row.append(cohort.gpu)
      table.row.append(terms.outputPerMillion * host.priceFactor)
      table.row.append(Int(host.claims))
      table.row.append(Int(host.claimsLost))
      table.row.append(Int(host.completed))
      table.row.append(Int(host.stuck))
      table.row.append(Int(host.failed))
      table.row.append(Int(host.cheats))
      table.row.append(Int(host.detections))
      table.row.append(Int(host.tokens))
      table.row.append(UInt256(host.revenue))
      table.row.append(ethRevenue.amount)
      table.row.append(UInt256(host.fees))
      table.row.append(energy)
      table.row.append(totals.energy)
      table.row.append(totals.puppets)
      table.row.append(totals.rent)
      table.row.append(totals.bonds)
      table.row.append(totals.slashed)
      table.row.append(totals.profit(fabPrice: changes.prices.fab))
      table.row.append(upTime > 0 ? host.busy.seconds / upTime : .nan)
      table.row.append(span > 0 ? upTime / span : .nan)
      table.row.append(Int(host.score))
      let stake = chain.stake(of: host.account)
      if configuration.rules.values.stakesInFAB {
        table.row.append(stake)
        table.row.appendAbsent()
      } else {
        table.row.appendAbsent()
        table.row.append(stake)
      }
      table.endRow()
    }
    try table.finish()
  }

  private func writeRenters(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.renters)
    guard table.isRecording else { return }
    for index in renters.indices {
      let renter = countedRenter(index)
      table.row.append(index)
      table.row.append(configuration.renters[Int(renter.cohort)].name)
      table.row.append(configuration.regions.names[Int(renter.region)])
      table.row.append(Int(renter.requests))
      table.row.append(Int(renter.completed))
      table.row.append(Int(renter.late))
      table.row.append(Int(renter.left))
      table.row.append(Int(renter.refused))
      table.row.append(Int(renter.stuck))
      appendMeans(of: renter, whole: renters[index], to: &table.row)
      table.endRow()
    }
    try table.finish()
  }

  /// In the token that the renter pays in; the columns of the other stay empty.
  @inline(__always) private func appendMeans(
    of counted: Renter, whole: Renter, to row: inout ResultTable
  ) {
    let terms = renterTerms[Int(counted.cohort)]
    let fees = UInt256(counted.fees)
    if terms.paysInETH {
      row.appendAbsent()
      row.appendAbsent()
      row.append(fees)
      row.appendAbsent()
      row.append(ETHFlow.wei(ofUnits: counted.paid))
      row.append(ETHFlow.wei(ofUnits: counted.refunded))
      row.append(ETHFlow.wei(ofUnits: terms.budget - whole.paid + whole.refunded))
    } else {
      row.append(UInt256(counted.paid))
      row.append(UInt256(counted.refunded))
      row.append(fees)
      row.append(chain.usdcBalance(of: counted.account))
      for _ in 0..<3 { row.appendAbsent() }
    }
  }

  private func writeGas(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.gas)
    guard table.isRecording else { return }
    let counted = counted
    for row in counted.gas.indices {
      let account = counted.gas[row]
      let number = UInt8(row / counted.payerCount)
      guard account.calls > 0, let function = MarketTransaction.Function(rawValue: number)
      else { continue }
      table.row.append(function.contract(in: chain.contracts))
      table.row.append(function.name)
      table.row.append(function.role.rawValue)
      table.row.append(payerName(UInt8(row % counted.payerCount)))
      table.row.append(account.calls)
      table.row.append(account.reverts)
      table.row.append(Int(account.gas.units))
      table.row.append(Double(account.gas.units) / Double(account.calls))
      table.row.append(account.feeL2)
      table.row.append(account.feeL1)
      table.row.append(
        (account.feeL2 + account.feeL1).eth * changes.prices.eth
          + changes.prices.gasCorrection(ofRow: row))
      table.endRow()
    }
    try table.finish()
  }
}
