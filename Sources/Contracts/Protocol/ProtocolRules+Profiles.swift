import Quantities

extension ProtocolRules {
  /// `reference-fab` and `reference-eth` differ in the contracts that they deploy, and in the
  /// stake that those take.
  static var referenceFAB: ProtocolRules {
    var rules = ProtocolRules()
    rules.stakesInFAB = true
    return rules
  }

  static var referenceETH: ProtocolRules {
    var rules = ProtocolRules()
    rules.minStake = UInt256(100_000_000_000_000_000_000 as UInt128)
    return rules
  }

  /// What the documentation promises, as one consistent protocol.
  static var documented: ProtocolRules {
    var rules = ProtocolRules()
    rules.setDocumentedNumbers()
    rules.mendMoney()
    rules.mendHosts()
    rules.mendJobs()
    rules.mendTrust()
    rules.mendGovernance()
    return rules
  }

  private mutating func setDocumentedNumbers() {
    maxPaymentUSDC = 1_000_000_000_000
    payout = .afterChallengeWindow
    cancelWhilePosted = true
    reclaimDelay = 0
    slash = 1_000
    challengePenalty = UInt256(20_000_000_000_000_000_000 as UInt128)
    failureWindow = 3_600
    votingPeriod = 302_400
  }

  private mutating func mendMoney() {
    paysOnce = true
    batchPaysOnce = true
    disputePaysOnce = true
    releaseInJobToken = true
    abandonedInJobToken = true
    escrowPerJob = true
    abandonedStaysEnded = true
    returnsOverpayment = true
    feeOnce = true
    releaseNeedsEscrow = true
    renterIsRenter = true
    renterReleases = true
    marketplaceSetOnce = true
    lockedFunds = true
    checksTokenTransfers = true
    resultSettles = true
  }

  private mutating func mendHosts() {
    stakesInFAB = true
    registrationRecovers = true
    hostsMayLeave = true
    slashMovesStake = true
    registrationGuarded = true
    mayRegisterAgain = true
    registrationValidated = true
  }

  private mutating func mendJobs() {
    requirementsEnforced = true
    claimForGuarded = true
    failuresCounted = true
    sybilTurnsRefused = true
    claimChecksStake = true
    expiredClaimsEnd = true
    expiredFABJobsEnd = true
    batchGuarded = true
    createGuarded = true
    claimsPause = true
    throttleSeesEveryClaim = true
    failNeedsCause = true
    settersProtected = true
    fabSettersProtected = true
    callbacksGuarded = true
  }

  private mutating func mendTrust() {
    proofsReadJobs = true
    proofsRecordReputation = true
    invalidProofReplaceable = true
    oneChallengePerJob = true
    challengeStakeInFAB = true
    adminGrantsVerifier = true
    decayApplied = true
    scoreSurvivesFirstRecord = true
    initialAtRegistration = true
    exactSlashEvents = true
    completeRankings = true
    disputesAct = true
    cooldownHolds = true
    autoRecoverySaturates = true
  }

  private mutating func mendGovernance() {
    shortcutsClosed = true
    emergencyPauseWorks = true
    reportsOldValue = true
    votesFromStartBlock = true
    updatesApply = true
    operationsFunded = true
    batchesActAsWallet = true
    jobsBelongToWallet = true
  }
}
