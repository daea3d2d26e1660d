import EVM
import Inference
import Kernel
import Quantities

/// Dense number of a host.
struct HostID: BitwiseCopyable, Hashable, Sendable {
  var index: UInt32

  init(_ index: UInt32) { self.index = index }

  static let none = HostID(.max)
  var isNone: Bool { index == .max }
}

/// One host's fixed traits, load and running totals; 216 bytes.
struct Host: BitwiseCopyable {
  /// Of a score of 1.
  static let highestRank: UInt32 = 1_000_000_000

  var account: AccountID
  /// Number of its ring or fleet, from 1; 0: none.
  var ring: UInt32 = 0
  var cohort: UInt16
  var region: UInt16
  /// Memberships `membershipStart ..< membershipStart + membershipCount` of the assignment.
  var membershipStart: UInt32 = 0
  var membershipCount: UInt16 = 0
  /// Causes that keep it down: its own crash, and outages that the scenario names.
  var outages: UInt8 = 0
  /// A transaction that adds to its stake is under way.
  var isToppingUp = false
  /// Its stake is too small to claim anything.
  var isBarred = false
  /// Out of the market, or on its way out or in.
  var isAway = false
  /// Routers will not send it anything, since an observer accuses it.
  var isRefused = false
  /// Not to be offered to whoever asks just now.
  var isHidden = false
  /// Scales the cohort's asking prices; > 0, and 1 where the cohort asks nothing.
  var priceFactor: Double = 1
  /// Jobs on the host or promised to it.
  var load: UInt32 = 0
  /// Jobs that it takes before it has no room.
  var limit: UInt32
  /// Stored score as routers see it.
  var score: UInt32
  /// What the model says that routers ask, 0 … `highestRank`; 0 where they ask none.
  var rank: UInt32 = 0
  var server: ServerFleet.ServerID
  /// Times that it went down, for whatever cause.
  var crashes: UInt32 = 0
  /// The pending event of its server, and when it is due.
  var timer = Ticket.none
  var timerAt = SimTime.distantFuture
  /// Jobs whose prompt is here and whose last token is not.
  var inEngine: UInt32 = 0
  /// Jobs that a crash interrupted, until the host is up again.
  var stalled = JobList()
  /// Number in the contract of the job that it claimed last; contracts count from 1.
  var latestClaim: UInt32 = 0
  var claims: UInt32 = 0
  var claimsLost: UInt32 = 0
  /// Jobs that it failed, as the contract counts.
  var failed: UInt32 = 0
  /// As it was last read, in whole coins and parts of them; kept only where hosts lose stake.
  var stake = 0.0
  /// Stake taken from it, as `stake`.
  var slashed = 0.0
  /// Completed jobs that it did not work on, and those of them that cost it stake.
  var cheats: UInt32 = 0
  var detections: UInt32 = 0
  var completed: UInt32 = 0
  var stuck: UInt32 = 0
  var tokens: UInt64 = 0
  /// Units of 10⁻⁶ USDC received.
  var revenue: UInt64 = 0
  /// L2 and L1 fees, wei.
  var fees: UInt64 = 0
  var busy = SimDuration.zero
  var busySince = SimTime.zero
  var downSince = SimTime.zero
  var downTotal = SimDuration.zero
  var awaySince = SimTime.zero
  var awayTotal = SimDuration.zero
  /// Up and down periods so far; numbers their draws.
  var periods: UInt32 = 0
  /// Completed jobs whose payment went back to the renter, right or wrong; they count as failed too.
  var overturned: UInt32 = 0

  /// Jobs that it claimed and that came to an end, each once: what was completed and then found wanting
  /// has failed as well.
  var jobsEnded: UInt32 { completed + failed - overturned + stuck }

  var isUp: Bool { outages == 0 }
  var takesJobs: Bool { isUp && !isBarred && !isAway && !isRefused && !isHidden }
  var hasRoom: Bool { takesJobs && load < limit }
}
