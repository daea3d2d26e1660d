import Contracts
import Quantities

/// What the running protocol makes of jobs, as every job asks it; plain words.
struct JobRules: BitwiseCopyable {
  /// Payments come back from jobs that nobody served.
  var payBack: Bool
  /// The escrow gives payments back to who made them, and not to the marketplace.
  var refundsReachRenters: Bool
  /// After a claim anybody may report the host, nanoseconds; the largest number: not before the deadline.
  var claimTimeout: Int64
  /// A renter may take a job back that nobody has claimed.
  var cancels: Bool
  /// Whether jobs with and without proof are paid when they complete.
  var paysProvenAtCompletion: Bool
  var paysOthersAtCompletion: Bool
  /// Hosts must have what jobs ask for.
  var enforcesRequirements: Bool
  /// Scores fade while a host is idle.
  var decays: Bool
  /// Nodes of suspicious controllers cannot claim.
  var barsSuspicious: Bool
  /// Hosts lose stake when they fail.
  var slashes: Bool
  /// Who has less than the least stake cannot claim.
  var claimsAskForStake: Bool
  /// Share of its stake that a host loses for a failure, 0 … 1.
  var slash: Double
  /// FAB that a lost challenge costs beside that.
  var challengePenalty: Double
  /// FAB that a dispute takes, and that the loser of it loses.
  var disputeBond: Double
  /// Disputes lead somewhere.
  var disputesAct: Bool
  var arbiterDelay: SimDuration
  /// 0 … 1.
  var arbiterAccuracy: Double
  /// Odd.
  var arbiterJurors: Int
  /// Probability that the majority of them is right, 0 … 1.
  var courtAccuracy: Double
  /// Seconds after a completion in which a job can be challenged.
  var challengePeriod: UInt64
  /// The platform's fee is taken from payments in ETH too.
  var feesETH: Bool

  init(_ rules: ProtocolRules) {
    payBack = rules.failNeedsCause && rules.escrowPerJob
    refundsReachRenters = rules.renterIsRenter || !rules.escrowPerJob
    claimTimeout =
      payBack && rules.claimTimeout > 0 ? Int64(rules.claimTimeout) * 1_000_000_000 : .max
    cancels = rules.cancelWhilePosted && rules.escrowPerJob
    paysProvenAtCompletion = !rules.escrowPerJob || rules.payout == .onCompletion
    paysOthersAtCompletion = !rules.escrowPerJob || rules.payoutWithoutProof == .onCompletion
    enforcesRequirements = rules.requirementsEnforced
    slashes = rules.slash > 0 || !rules.challengePenalty.isZero
    decays = rules.decayApplied
    barsSuspicious = !rules.suspiciousMayClaim
    claimsAskForStake = rules.claimChecksStake
    slash = Double(rules.slash) / 10_000
    challengePenalty = rules.challengePenalty.approximate * 1e-18
    disputeBond = rules.disputeBond.approximate * 1e-18
    disputesAct = rules.disputesAct && rules.escrowPerJob
    arbiterDelay = .seconds(Int64(rules.arbiterDelay))
    arbiterAccuracy = Double(rules.arbiterAccuracy) / 10_000
    arbiterJurors = Int(rules.arbiterJurors)
    courtAccuracy = Self.chanceOfMajority(arbiterJurors, each: arbiterAccuracy)
    challengePeriod = rules.challengePeriod
    feesETH = rules.escrowPerJob
  }

  /// Whether hosts have reason to look at their stakes.
  var watchesStakes: Bool { slashes || claimsAskForStake || barsSuspicious }

  /// That more than half of an odd number are right, of whom each is with a probability by itself;
  /// Condorcet's (1785) jury.
  static func chanceOfMajority(_ jurors: Int, each probability: Double) -> Double {
    // Chances of each number of right ones, juror by juror.
    var chances = [1.0] + [Double](repeating: 0, count: jurors)
    for juror in 0..<jurors {
      for right in stride(from: juror + 1, through: 0, by: -1) {
        chances[right] =
          chances[right] * (1 - probability) + (right > 0 ? chances[right - 1] * probability : 0)
      }
    }
    return chances[(jurors / 2 + 1)...].reduce(0, +)
  }

  func paysAtCompletion(proven: Bool) -> Bool {
    proven ? paysProvenAtCompletion : paysOthersAtCompletion
  }
}
