import Contracts
import EVM
import Inference
import Kernel
import Quantities

/// Asks the cache for what the next events and transactions will touch, while this one is handled.
///
/// Only hints: none changes a result, and one that proves wrong costs a few instructions. In steps,
/// since the rows of a second one are named by a row of the first.
extension Market {
  @inline(__always) mutating func fetchUpcomingEvents() {
    switch kernel.upcoming(1) {
    case .promptReached(let job, _), .releaseDue(let job, _), .deadlinePassed(let job, _),
      .renterReneged(let job, _):
      jobs.rows.fetch(Int(job.index))
    case .serverDue(let host): fetchHost(host)
    default: break
    }
    if case .promptReached(let job, _) = kernel.upcoming(0), !jobs[job].host.isNone {
      fetchHost(jobs[job].host)
    }
  }

  @inline(__always) private func fetchHost(_ host: HostID) {
    hosts.fetch(Int(host.index))
    fleet.fetch(ServerFleet.ServerID(rawValue: host.index))
  }

  @inline(__always) mutating func fetchUpcomingTransactions() {
    if let later = chain.pool.upcoming(2) {
      if !later.job.isNone { jobs.rows.fetch(Int(later.job.index)) }
      if !later.host.isNone { hosts.fetch(Int(later.host.index)) }
      chain.rows.fetchJob(later.contractJob)
    }
    if let later = chain.pool.upcoming(1) {
      switch later.function {
      case .postJob:
        chain.rows.fetchAllowanceIndex(
          of: renters[Int(jobs[later.job].renter.index)].account)
      case .claimJob: chain.rows.fetchModelIndex(of: hosts[Int(later.host.index)].account)
      default: break
      }
    }
    guard let next = chain.pool.upcoming(0) else { return }
    switch next.function {
    case .postJobInETH:
      chain.rows.fetchSender(renters[Int(jobs[next.job].renter.index)].account)
    case .postJob:
      let renter = renters[Int(jobs[next.job].renter.index)].account
      chain.rows.fetchSender(renter)
      chain.rows.fetchBalance(of: renter)
      chain.rows.fetchAllowance(of: renter)
      chain.rows.fetchParty(renter)
    case .claimJob:
      let host = hosts[Int(next.host.index)].account
      chain.rows.fetchSender(host)
      chain.rows.fetchNode(of: host)
      chain.rows.fetchParty(host)
    case .completeJob:
      let host = hosts[Int(next.host.index)].account
      chain.rows.fetchSender(host)
      chain.rows.fetchBalance(of: host)
      chain.rows.fetchScore(of: host)
      chain.rows.fetchParty(host)
    case .releasePayment:
      let host = hosts[Int(next.host.index)].account
      chain.rows.fetchSender(host)
      chain.rows.fetchParty(host)
      chain.rows.fetchBalance(of: host)
    case .rateHost:
      chain.rows.fetchSender(renters[Int(jobs[next.job].renter.index)].account)
      chain.rows.fetchScore(of: hosts[Int(next.host.index)].account)
    default: break
    }
  }
}
