import EVM
import Quantities

/// Those who vote, and how their proposals stand.
struct Assembly {
  struct Voter: BitwiseCopyable {
    var account: AccountID
    var cohort: UInt16
    /// Somebody else votes for it.
    var isDelegated = false
    /// Whole votes.
    var tokens: Int
  }

  enum Outcome: String {
    case notProposed
    case voting
    case defeated
    case queued
    case executed
    case failed
  }

  struct Motion {
    /// In the contract.
    var number: UInt64 = 0
    var outcome = Outcome.notProposed
    var proposedAt: SimTime?
    var decidedAt: SimTime?
    var executedAt: SimTime?
    var votesCast = 0
  }

  /// How a cohort voted on a motion.
  struct Ballots {
    var countFor = 0
    var countAgainst = 0
    var votesFor = UInt256.zero
    var votesAgainst = UInt256.zero
  }

  var voters: [Voter] = []
  /// First voter of each cohort.
  var leaders: [Int] = []
  var motions: [Motion] = []
  var votesCast = 0
  /// `[motion * cohorts + cohort]`.
  var ballots: [Ballots] = []
}
