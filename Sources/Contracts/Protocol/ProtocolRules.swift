public import Quantities

/// Every rule in which the documentation and the reference code may differ, as one value that a
/// world carries: a contract branches on it at the very point where the rule differs.
///
/// The initial values are those of the reference code. Each field is declared once more in
/// `ProtocolParameter.all`, with its range, what code and documentation say, and its source.
public struct ProtocolRules: BitwiseCopyable, Hashable, Sendable {
  // Money. Amounts are base units, shares basis points, times seconds.
  public var fee: UInt64 = 100
  public var maxPaymentETH = UInt256(1_000_000_000_000_000_000_000 as UInt128)
  public var maxPaymentUSDC = UInt256.max
  public var payout = Payout.onCompletion
  public var payoutWithoutProof = Payout.onCompletion
  /// Since the claim; 0: the job's deadline.
  public var claimTimeout: UInt64 = 0
  public var cancelWhilePosted = false
  public var reclaimDelay: UInt64 = 2_592_000
  public var abandonmentDelay: UInt64 = 2_592_000
  public var slash: UInt64 = 0
  public var slashTo = SlashDestination.treasury
  public var disputeBond = UInt256.zero

  // Money, findings.
  public var paysOnce = false
  public var batchPaysOnce = false
  public var disputePaysOnce = false
  public var releaseInJobToken = false
  public var abandonedInJobToken = false
  public var escrowPerJob = false
  public var abandonedStaysEnded = false
  public var returnsOverpayment = false
  public var feeOnce = false
  public var releaseNeedsEscrow = false
  public var renterIsRenter = false
  public var renterReleases = false
  public var marketplaceSetOnce = false
  public var lockedFunds = false
  public var checksTokenTransfers = false
  public var resultSettles = false

  // Hosts.
  /// What NodeRegistryFAB takes; a NodeRegistry is told at deployment and stores it.
  public var minStake = UInt256(1_000_000_000_000_000_000_000 as UInt128)
  public var registrationLimit: UInt64 = 10
  public var registrationWindow: UInt64 = 3_600
  public var metadataLimit: UInt64 = 10_000
  public var sybilThreshold: UInt64 = 3
  public var suspiciousMayClaim = true
  public var unbonding: UInt64 = 0
  public var ejectBelow = UInt256.zero

  // Hosts, findings.
  public var stakesInFAB = false
  public var registrationRecovers = false
  public var hostsMayLeave = false
  public var slashMovesStake = false
  public var registrationGuarded = false
  public var mayRegisterAgain = false
  public var registrationValidated = false

  // Posting and claiming.
  public var rapidLimit: UInt64 = 3
  public var rapidWindow: UInt64 = 60
  public var postLimit: UInt64 = 10
  public var postWindow: UInt64 = 3_600
  public var batchLimit: UInt64 = 100
  public var throttleCooldown: UInt64 = 300
  public var minTimeToComplete: UInt64 = 60
  public var maxTimeToComplete: UInt64 = 31_536_000
  public var maxTokens: UInt64 = 1_000_000
  public var maxTemperature: UInt64 = 20_000
  public var maxGPUMemory: UInt64 = 128
  public var maxPromptBytes: UInt64 = 10_000
  public var promptByHash = true

  // Posting and claiming, findings.
  public var requirementsEnforced = false
  public var claimForGuarded = false
  public var failuresCounted = false
  public var sybilTurnsRefused = false
  public var claimChecksStake = false
  public var expiredClaimsEnd = false
  public var expiredFABJobsEnd = false
  public var batchGuarded = false
  public var createGuarded = false
  public var claimsPause = false
  public var throttleSeesEveryClaim = false
  public var failNeedsCause = false
  public var settersProtected = false
  public var fabSettersProtected = false
  public var callbacksGuarded = false

  // Proofs and challenges.
  public var challengePeriod: UInt64 = 259_200
  public var challengeStakeMin = UInt256(10_000_000_000_000_000_000)
  public var challengePenalty = UInt256.zero

  // Proofs and challenges, findings.
  public var proofsReadJobs = false
  public var proofsRecordReputation = false
  public var invalidProofReplaceable = false
  public var oneChallengePerJob = false
  public var challengeStakeInFAB = false
  public var adminGrantsVerifier = false

  // Reputation: points.
  public var initialReputation: UInt64 = 100
  public var successBonus: UInt64 = 10
  public var failurePenalty: UInt64 = 20
  public var ratingBonusFourStars: UInt64 = 2
  public var ratingBonusFiveStars: UInt64 = 4
  public var decayPeriod: UInt64 = 2_592_000
  public var decayRate: UInt64 = 500
  public var incentiveThreshold: UInt64 = 150
  public var reputationModel = ReputationModel.contract

  // Reputation, findings.
  public var decayApplied = false
  public var scoreSurvivesFirstRecord = false
  public var initialAtRegistration = false
  public var exactSlashEvents = false
  public var completeRankings = false

  // Disputes: `arbiterDelay`, `arbiterAccuracy` and `arbiterJurors` describe people, not a contract.
  public var disputesAct = false
  public var arbiterDelay: UInt64 = 86_400
  public var arbiterAccuracy: UInt64 = 10_000
  public var arbiterJurors: UInt64 = 1
  public var arbiterIsAdversarial = false

  // Breakers.
  public var failureThreshold: UInt64 = 5
  /// 0: failures are counted for ever.
  public var failureWindow: UInt64 = 0
  public var pauseCooldown: UInt64 = 3_600
  /// 0: off.
  public var autoRecovery: UInt64 = 0
  public var suspiciousReleases: UInt64 = 10
  public var suspiciousReleaseTime: UInt64 = 30

  // Breakers, findings.
  public var cooldownHolds = false
  public var autoRecoverySaturates = false

  // Governance: `votingDelay` and `votingPeriod` count blocks.
  public var proposalThreshold = UInt256(10_000_000_000_000_000_000_000 as UInt128)
  public var votingDelay: UInt64 = 1
  public var votingPeriod: UInt64 = 50_400
  public var quorum: UInt64 = 1_000
  public var supermajority: UInt64 = 8_000
  public var timeLock: UInt64 = 172_800

  // Governance, findings.
  public var shortcutsClosed = false
  public var emergencyPauseWorks = false
  public var reportsOldValue = false
  public var votesFromStartBlock = false
  public var updatesApply = false

  // Accounts.
  public var bundleSize: UInt64 = 1

  // Accounts, findings.
  public var operationsFunded = false
  public var batchesActAsWallet = false
  public var jobsBelongToWallet = false

  /// The rules of the reference code, whichever of its contracts run.
  public init() {}
}

/// When a completed job's payment leaves the escrow.
public enum Payout: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  case onCompletion
  case afterChallengeWindow
}

/// Who gets what a failing host loses.
public enum SlashDestination: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  case treasury
  case burn
  /// The renter of the job that failed; the treasury where there is none.
  case renter
  /// The winner of the challenge; the treasury where there is none.
  case challenger
}

/// How routers rate hosts.
public enum ReputationModel: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  /// The score of the reputation contract.
  case contract
}
