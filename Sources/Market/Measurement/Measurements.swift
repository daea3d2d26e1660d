import EVM
import Quantities
import Statistics

/// Everything that one replication observes, updated as it happens.
struct Measurements {
  /// A quantity observed job by job.
  struct Observed {
    var tally = Tally()
    var quantiles = Quantiles()

    mutating func record(_ value: Double) {
      tally.record(value)
      quantiles.record(value)
    }
  }

  var requested = 0
  var posted = 0
  var claimed = 0
  var completed = 0
  // How requests ended: each in one of these ways.

  var served = 0
  var late = 0
  var stuck = 0
  var left = 0
  var balked = 0
  var refused = 0
  var limited = 0
  var halted = 0
  var refunded = 0

  /// Failures of hosts, as the contract counts them.
  var failures = 0
  /// Stake that hosts lost, and added, base units.
  var slashed = 0.0
  var toppedUp = 0.0
  var proofsSubmitted = 0
  var proofsVerified = 0
  /// Blocks after which the marketplace took no posts.
  var blocksClosed = 0
  var pauses = 0
  /// Completed jobs that their hosts did not work on.
  var wrong = 0
  /// Completed jobs that a verifier could have done again, and those that one did.
  var checkable = 0
  var checks = 0
  var checksBegun = 0
  /// Completed jobs with proof that a challenger did again.
  var challengersChecks = 0
  /// What checks brought verifiers less what they and overlooked cheats cost them, USD.
  var verifiersGain = 0.0
  var disputes = 0
  /// Disputes that the arbiter decided for the renter.
  var disputesDecided = 0
  var disputesUpheld = 0
  var cheatsDetected = 0
  /// Slashes of hosts whose conduct is honest.
  var honestSlashed = 0
  /// Requests of hosts' own renters, and those of them that were completed.
  var washJobs = 0
  var washed = 0
  /// Bonds of renters who disputed in vain, FAB.
  var bondsLost = 0.0
  /// Paid jobs that renters whom hosts run bought of others.
  var outsideJobs = 0
  /// What they paid for those, and for the gas of their transactions about them, USD.
  var edgeSpending = 0.0
  /// Hosts that left the registry and that came to it, and those that are out.
  var hostExits = 0
  var hostEntries = 0
  var hostsAway = 0
  var identitiesChanged = 0
  /// Times that the registry put a host out.
  var hostsEjected = 0
  /// Hosts that routers shun at the word of an observer, and the honest ones among them.
  var hostsRefused = 0
  var honestRefused = 0
  /// Refusals of renters who want answers, and their requests.
  var genuineRefused = 0
  var genuineRequests = 0
  /// Requests of theirs that ended, and those of them that ended well.
  var genuineEnded = 0
  var genuineServed = 0
  /// Claimed jobs that came back to the market.
  var returned = 0
  var retries = 0
  var challenges = 0
  var challengesWon = 0
  var unpauses = 0
  var emergencyPauses = 0
  var registrationsRefused = 0

  var firstToken = Observed()
  var engineFirstToken = Observed()
  var perToken = Observed()
  var latency = Observed()
  var settlement = Observed()
  var promptTokens = Tally()
  var outputTokens = Tally()
  var rating = Tally()

  var jobsLive = TimeWeightedLevel()
  /// Of every block, gwei.
  var baseFee = Tally()
  /// In the market and up.
  var hostsUp = 0
  var hostsBusy = 0
  var waiting = 0

  var blocks = 0
  /// Gas used over gas limit, summed over blocks.
  var blockFilling = 0.0
  /// The sender and the paymasters.
  let payerCount: Int
  /// `[function * payerCount + payer]`, the sender first.
  var gas: [GasAccount]
  /// User operations executed, those refused for want of funds, and bundles.
  var operations = 0
  var operationsRefused = 0
  var bundles = 0
  /// Transactions that the pool dropped or refused and their wallets sent again.
  var resent = 0
  /// Transactions that no block took because their senders could not pay.
  var unpaid = 0

  /// Jobs that their hosts were paid for.
  var paid = 0
  /// Units of 10⁻⁶ USDC.
  var payments: UInt64 = 0
  var hostRevenue: UInt64 = 0
  var stuckFunds: UInt64 = 0
  var refundedFunds: UInt64 = 0
  /// Refunds that the escrow paid to the marketplace instead of the renter.
  var misdirected: UInt64 = 0
  // What the like in ETH came to.

  var ethPayments = ETHFlow()
  var ethFees = ETHFlow()
  var ethRefunds = ETHFlow()
  var ethStuck = Wei.zero
  var ethMisdirected = Wei.zero
  var hostsWithLostJobs = 0
  var scriptFees = Wei.zero

  /// Cost of one function's transactions.
  struct GasAccount {
    var calls = 0
    var reverts = 0
    var gas = Gas.zero
    var feeL2 = Wei.zero
    var feeL1 = Wei.zero

    mutating func count(_ gas: Gas, succeeded: Bool, feeL2: Wei, feeL1: Wei) {
      calls += 1
      if !succeeded { reverts += 1 }
      self.gas += gas
      self.feeL2 += feeL2
      self.feeL1 += feeL1
    }
  }

  init(payerCount: Int = 1) {
    self.payerCount = payerCount
    gas = Array(
      repeating: GasAccount(), count: payerCount * MarketTransaction.Function.allCases.count)
  }

  var transactions: Int { gas.reduce(0) { $0 + $1.calls } }
  var reverts: Int { gas.reduce(0) { $0 + $1.reverts } }
  var gasUsed: Gas { gas.reduce(.zero) { $0 + $1.gas } }
  var feesSponsored: Wei {
    gas.indices.reduce(.zero) { sum, row in
      row % payerCount == 0 ? sum : sum + gas[row].feeL2 + gas[row].feeL1
    }
  }
  var feesL2: Wei { gas.reduce(.zero) { $0 + $1.feeL2 } }
  var feesL1: Wei { gas.reduce(.zero) { $0 + $1.feeL1 } }
}
