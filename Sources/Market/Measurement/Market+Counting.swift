import EVM
import Quantities
import Statistics

/// What counts of a replication.
struct Counting {
  let warmUp: MarketWarmUp
  /// Watches the blocks of a run that is made to find its warm-up.
  var search: WarmUpSearch?

  // What had been measured when the warm-up ended, to be taken off what was by the horizon. Counters
  // and sums run on, since the books are audited by them; tallies and time averages begin anew.

  var measured: Measurements
  /// Empty without a warm-up, as are the renters.
  var hosts: [Host] = []
  var renters: [Renter] = []
  /// Empty where nobody pays in ETH, too.
  var ethRevenues: [ETHFlow] = []
  /// Empty without a warm-up.
  var books: [HostBook] = []
  var votesCast = 0
  /// FAB.
  var challengersGain = 0.0

  init(warmUp: MarketWarmUp, measured: Measurements) {
    self.warmUp = warmUp
    self.measured = measured
  }
}

/// What counts: everything, or under `steadyState` what happens from the end of the warm-up on.
extension Market {
  /// The end of the warm-up, zero without one.
  var countedFrom: SimTime { .zero + counting.warmUp.duration }

  mutating func warmUpEnded(at time: SimTime) {
    let soFar = measured
    counting.measured = soFar
    counting.hosts = hosts.indices.map { hosts[$0].closed(at: time) }
    counting.renters = renters.indices.map { renters[$0] }
    counting.ethRevenues = ethRevenues
    counting.books = books
    counting.votesCast = assembly.votesCast
    counting.challengersGain = challengersGain()
    measured.restart(at: time)
    changes.prices.beginCounting()
  }

  /// After every block.
  @inline(__always) mutating func searchWarmUp(at time: SimTime) {
    guard counting.search != nil else { return }
    let area = measured.jobsLive.area(until: time)
    let (busy, fee) = (measured.hostsBusy, chain.producer.baseFee.gwei)
    counting.search?.observe(jobsLiveArea: area, hostsBusy: busy, baseFee: fee)
  }

  /// What a run made to find its warm-up has found.
  ///
  /// Never inlined: where the market ends with the reading, Swift 6.3.1 else reads the search after it
  /// has freed the market.
  @inline(never) func warmUpFound() -> MarketWarmUp? { counting.search?.found }

  /// Traits, state, and what counts of the totals of a host.
  func countedHost(_ index: Int) -> Host {
    counting.hosts.isEmpty ? hosts[index] : hosts[index].since(counting.hosts[index])
  }

  /// What counts of what a host received in ETH.
  @inline(__always) func countedETHRevenue(ofHost index: Int) -> ETHFlow {
    if ethRevenues.isEmpty { return ETHFlow() }
    return counting.ethRevenues.isEmpty
      ? ethRevenues[index] : ethRevenues[index].since(counting.ethRevenues[index])
  }

  func countedBook(ofHost index: Int) -> HostBook {
    counting.books.isEmpty ? books[index] : books[index].since(counting.books[index])
  }

  func countedRenter(_ index: Int) -> Renter {
    counting.renters.isEmpty ? renters[index] : renters[index].since(counting.renters[index])
  }

  /// Levels, and what counts of everything else.
  var counted: Measurements { measured.since(counting.measured) }
}

extension Measurements {
  /// Begins tallies and time averages anew; counters and sums stay.
  mutating func restart(at time: SimTime) {
    firstToken = Observed()
    engineFirstToken = Observed()
    perToken = Observed()
    latency = Observed()
    settlement = Observed()
    promptTokens = Tally()
    outputTokens = Tally()
    rating = Tally()
    baseFee = Tally()
    jobsLive.restart(at: time)
  }

  /// With counters and sums less those of an earlier time; tallies and levels as they are.
  func since(_ earlier: Measurements) -> Measurements {
    var rest = self
    rest.requested -= earlier.requested
    rest.posted -= earlier.posted
    rest.claimed -= earlier.claimed
    rest.completed -= earlier.completed
    rest.served -= earlier.served
    rest.late -= earlier.late
    rest.stuck -= earlier.stuck
    rest.left -= earlier.left
    rest.balked -= earlier.balked
    rest.refused -= earlier.refused
    rest.limited -= earlier.limited
    rest.halted -= earlier.halted
    rest.refunded -= earlier.refunded
    rest.failures -= earlier.failures
    rest.slashed -= earlier.slashed
    rest.toppedUp -= earlier.toppedUp
    rest.proofsSubmitted -= earlier.proofsSubmitted
    rest.proofsVerified -= earlier.proofsVerified
    rest.blocksClosed -= earlier.blocksClosed
    rest.pauses -= earlier.pauses
    rest.wrong -= earlier.wrong
    rest.checkable -= earlier.checkable
    rest.checks -= earlier.checks
    rest.checksBegun -= earlier.checksBegun
    rest.challengersChecks -= earlier.challengersChecks
    rest.verifiersGain -= earlier.verifiersGain
    rest.disputes -= earlier.disputes
    rest.disputesDecided -= earlier.disputesDecided
    rest.disputesUpheld -= earlier.disputesUpheld
    rest.cheatsDetected -= earlier.cheatsDetected
    rest.honestSlashed -= earlier.honestSlashed
    rest.washJobs -= earlier.washJobs
    rest.washed -= earlier.washed
    rest.bondsLost -= earlier.bondsLost
    rest.hostsEjected -= earlier.hostsEjected
    rest.outsideJobs -= earlier.outsideJobs
    rest.edgeSpending -= earlier.edgeSpending
    rest.hostsRefused -= earlier.hostsRefused
    rest.honestRefused -= earlier.honestRefused
    rest.genuineRefused -= earlier.genuineRefused
    rest.genuineRequests -= earlier.genuineRequests
    rest.genuineEnded -= earlier.genuineEnded
    rest.genuineServed -= earlier.genuineServed
    rest.returned -= earlier.returned
    rest.retries -= earlier.retries
    rest.challenges -= earlier.challenges
    rest.challengesWon -= earlier.challengesWon
    rest.unpauses -= earlier.unpauses
    rest.emergencyPauses -= earlier.emergencyPauses
    rest.hostExits -= earlier.hostExits
    rest.hostEntries -= earlier.hostEntries
    rest.identitiesChanged -= earlier.identitiesChanged
    rest.registrationsRefused -= earlier.registrationsRefused
    rest.blocks -= earlier.blocks
    rest.blockFilling -= earlier.blockFilling
    for row in gas.indices { rest.gas[row] = gas[row].since(earlier.gas[row]) }
    rest.operations -= earlier.operations
    rest.operationsRefused -= earlier.operationsRefused
    rest.bundles -= earlier.bundles
    rest.resent -= earlier.resent
    rest.unpaid -= earlier.unpaid
    rest.paid -= earlier.paid
    rest.payments -= earlier.payments
    rest.hostRevenue -= earlier.hostRevenue
    rest.stuckFunds -= earlier.stuckFunds
    rest.refundedFunds -= earlier.refundedFunds
    rest.ethPayments = ethPayments.since(earlier.ethPayments)
    rest.ethFees = ethFees.since(earlier.ethFees)
    rest.ethRefunds = ethRefunds.since(earlier.ethRefunds)
    rest.ethStuck -= earlier.ethStuck
    rest.misdirected -= earlier.misdirected
    rest.ethMisdirected -= earlier.ethMisdirected
    return rest
  }
}

extension Measurements.GasAccount {
  fileprivate func since(_ earlier: Self) -> Self {
    Self(
      calls: calls - earlier.calls, reverts: reverts - earlier.reverts, gas: gas - earlier.gas,
      feeL2: feeL2 - earlier.feeL2, feeL1: feeL1 - earlier.feeL1)
  }
}

extension Host {
  /// With the times of what is still running added up to `time`.
  func closed(at time: SimTime) -> Host {
    var host = self
    if inEngine > 0 {
      host.busy += time - busySince
      host.busySince = time
    }
    if !isUp, !isAway {
      host.downTotal += time - downSince
      host.downSince = time
    }
    if isAway {
      host.awayTotal += time - awaySince
      // Until it has done what it took on.
      if inEngine > 0 { host.awayTotal -= time - max(busySince, awaySince) }
      host.awaySince = time
    }
    return host
  }

  func since(_ earlier: Host) -> Host {
    var rest = self
    rest.claims -= earlier.claims
    rest.claimsLost -= earlier.claimsLost
    rest.failed -= earlier.failed
    rest.slashed -= earlier.slashed
    rest.cheats -= earlier.cheats
    rest.detections -= earlier.detections
    rest.overturned -= earlier.overturned
    rest.completed -= earlier.completed
    rest.stuck -= earlier.stuck
    rest.tokens -= earlier.tokens
    rest.revenue -= earlier.revenue
    rest.fees -= earlier.fees
    rest.busy -= earlier.busy
    rest.downTotal -= earlier.downTotal
    rest.awayTotal -= earlier.awayTotal
    return rest
  }
}

extension Renter {
  func since(_ earlier: Renter) -> Renter {
    var rest = self
    rest.requests -= earlier.requests
    rest.completed -= earlier.completed
    rest.late -= earlier.late
    rest.left -= earlier.left
    rest.stuck -= earlier.stuck
    rest.refused -= earlier.refused
    rest.paid -= earlier.paid
    rest.refunded -= earlier.refunded
    rest.fees -= earlier.fees
    return rest
  }
}
