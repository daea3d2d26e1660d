import Contracts
import Detection
import EVM
import Quantities

/// What jobs cost in the token that their renters pay in, and what their payments become.
///
/// Hosts ask in USD and take USDC at par, or ETH at the price of the moment of the quote. From the
/// post on the amount stands: whoever holds it, the escrow for the renter or for the host, bears the
/// change of its price until it is paid.
extension Market {
  /// What `asked`, in millionths of a USD, is in units of what the job's renter pays in, rounded up.
  @inline(__always) func amount(of asked: UInt64, for id: JobID) -> UInt64 {
    jobs[id].isPaidInETH
      ? ETHFlow.units(ofMicroUSD: asked, at: changes.prices.eth) : asked
  }

  /// What a renter has and has not promised, in units of what it pays in.
  ///
  /// ETH for jobs is apart from ETH for fees, as a budget is.
  @inline(__always) func spendable(of renter: RenterID, _ terms: RenterTerms) -> UInt64 {
    let row = Int(renter.index)
    let balance =
      terms.paysInETH
      ? terms.budget - renters[row].paid + renters[row].refunded
      : chain.usdcBalance(of: renters[row].account).narrow ?? .max
    return balance - min(balance, renters[row].committed)
  }

  /// The host has its payment, less the fee.
  mutating func bookPayment(of id: JobID, at time: SimTime) {
    jobs[id].hasLeftEscrow = true
    let worth = jobs[id].isPaidInETH ? bookETHPayment(of: id) : bookUSDCPayment(of: id)
    measured.paid += 1
    measured.settlement.record((time - jobs[id].arrivedAt).seconds)
    let host = jobs[id].host
    books[Int(host.index)].settled += 1
    if jobs[id].isWrong { books[Int(host.index)][isProven(id)].paid += 1 }
    if hasPuppets, isEdge(id, to: host) {
      measured.outsideJobs += 1
      measured.edgeSpending += worth
    }
    if hosts[Int(host.index)].isBarred { reconsiderTopUp(of: host, at: time) }
    guard isWatched else { return }
    watch.record.recordPayment(
      renter: Int(jobs[id].renter.index),
      host: watch.identities[Int(jobs[id].host.index)], amount: worth, at: time)
  }

  /// - Returns: The payment, USD.
  @inline(__always) private mutating func bookUSDCPayment(of id: JobID) -> Double {
    let payment = jobs[id].payment
    let revenue = payment - payment * feeBasisPoints / 10_000
    measured.payments += payment
    measured.hostRevenue += revenue
    interval.payments += payment
    hosts[Int(jobs[id].host.index)].revenue += revenue
    return Double(payment) * 1e-6
  }

  /// - Returns: The payment, USD.
  private mutating func bookETHPayment(of id: JobID) -> Double {
    let payment = ETHFlow.wei(ofUnits: jobs[id].payment)
    let fee = Wei(payment.rawValue * UInt128(jobRules.feesETH ? feeBasisPoints : 0) / 10_000)
    let price = changes.prices.eth
    measured.ethPayments.add(payment, at: price)
    measured.ethFees.add(fee, at: price)
    interval.ethPayments += payment
    ethRevenues[Int(jobs[id].host.index)].add(payment - fee, at: price)
    return payment.eth * price
  }

  /// USD that a host has of a job's payment after the fee, at the price of now.
  @inline(__always) func netWorth(of id: JobID) -> Double {
    let share = 1 - Double(feeBasisPoints) / 10_000
    return jobs[id].isPaidInETH
      ? Double(jobs[id].payment) * 1e-12 * changes.prices.eth * (jobRules.feesETH ? share : 1)
      : Double(jobs[id].payment - jobs[id].payment * feeBasisPoints / 10_000) * 1e-6
  }

  /// The renter has its payment back.
  mutating func bookRefund(of id: JobID) {
    guard jobRules.refundsReachRenters else { return bookMisdirectedRefund(of: id) }
    renters[Int(jobs[id].renter.index)].refunded += jobs[id].payment
    if jobs[id].isPaidInETH {
      measured.ethRefunds.add(ETHFlow.wei(ofUnits: jobs[id].payment), at: changes.prices.eth)
    } else {
      measured.refundedFunds += jobs[id].payment
    }
  }

  private mutating func bookMisdirectedRefund(of id: JobID) {
    if jobs[id].isPaidInETH {
      measured.ethMisdirected += ETHFlow.wei(ofUnits: jobs[id].payment)
    } else {
      measured.misdirected += jobs[id].payment
    }
  }

  /// Nobody can move the payment any more.
  mutating func bookStuckPayment(of id: JobID) {
    if jobs[id].isPaidInETH {
      measured.ethStuck += ETHFlow.wei(ofUnits: jobs[id].payment)
    } else {
      measured.stuckFunds += jobs[id].payment
    }
  }
}
