import Quantities

/// What renters of a cohort have in common and every job asks for; plain words.
struct RenterTerms: BitwiseCopyable {
  var patience: Patience
  /// USD per million tokens; infinite without a limit.
  var willingnessToPay: Double
  var ratingProbability: Double
  var expectedFirstToken: Double
  var expectedPerToken: Double
  /// Seconds from the post's timestamp to the deadline.
  var timeToComplete: UInt64
  var minGPUMemory: UInt32
  var minReputation: UInt64
  var proofRequired: Double

  var wallet: MarketWallet
  // Of puppets; 0 for renters who want answers.

  var puppetsPerHost: UInt32 = 0
  var firstMaster: UInt32 = 0
  var firstRenter: UInt32 = 0
  var isGriefing = false
  var isFundedByMaster = false
  var outside = 0.0
  /// Posts to take back at once.
  var isSpamming = false
  /// Disputes and rates badly whatever it gets.
  var isSpiteful = false
  /// Does not want answers.
  var isAdversary: Bool { isSpamming || isSpiteful || puppetsPerHost > 0 }

  // When turned away; 0 tries for those who give up.

  var retries: UInt8 = 0
  var retryAfter = SimDuration.zero
  var retryFactor = 1.0
  /// Probabilities of disputing wrong and good results.
  var notices = 0.0
  var frivolous = 0.0
  var weighsDisputes = false
  /// FAB for bonds, whole.
  var bondCapital = 0
  var paysInETH: Bool
  /// At the start, in units of what the renter pays in.
  var budget: UInt64

  /// - Parameter ethPrice: USD, at the start.
  init(_ cohort: RenterCohort, paymasters: [String], ethPrice: Double) {
    paysInETH = cohort.pays == .eth
    budget = cohort.budgetUnits(ethPrice: ethPrice)
    patience = cohort.patience
    willingnessToPay = cohort.willingnessToPay ?? .infinity
    ratingProbability = cohort.ratingProbability
    expectedFirstToken = cohort.expectedFirstToken.seconds
    expectedPerToken = cohort.expectedPerToken.seconds
    timeToComplete = UInt64(cohort.timeToComplete.nanoseconds / 1_000_000_000)
    minGPUMemory = UInt32(cohort.minGPUMemory)
    minReputation = UInt64(cohort.minReputation)
    proofRequired = cohort.proofRequired
    wallet = MarketWallet(cohort.wallet, paymasters: paymasters)
    isSpamming = cohort.isSpamming
    isSpiteful = cohort.isSpiteful
    if let retrying = cohort.retry {
      retries = UInt8(retrying.attempts)
      retryAfter = retrying.after
      retryFactor = retrying.factor
    }
    notices = cohort.disputes?.notices ?? 0
    frivolous = cohort.disputes?.frivolous ?? 0
    weighsDisputes = cohort.disputes?.weighs ?? false
    bondCapital = cohort.disputes?.capital ?? Disputing.standardCapital
  }

  /// Stars for a served job before noise: 5 as expected, one less for each step of slowness.
  ///
  /// Slowness is the worse of the two ratios to what the renter finds good; 1.5, 2.5 and 4 times
  /// are the steps.
  func stars(firstToken: Double, perToken: Double) -> Int {
    let slowness = max(firstToken / expectedFirstToken, perToken / expectedPerToken)
    if slowness <= 1 { return 5 }
    if slowness <= 1.5 { return 4 }
    if slowness <= 2.5 { return 3 }
    return slowness <= 4 ? 2 : 1
  }
}
