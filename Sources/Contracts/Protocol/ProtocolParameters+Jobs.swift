import Quantities

extension ProtocolParameter {
  /// Section "Posting and claiming" of the documented profile.
  static let posting: [ProtocolParameter] = [
    .number(
      "rapidLimit", \.rapidLimit, .count(1...1_000_000_000, unit: "posts"),
      "Posts of one renter in the short window; the last of them puts it under monitoring.",
      code: "3.", documentation: "3.", source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "rapidWindow", \.rapidWindow, .seconds(from: 1),
      "Length of the short window, from the first post after the last one ended.",
      code: "1 min.", documentation: "1 min.", source: "Posting and claiming",
      in: [.jobMarketplace]),
    .number(
      "postLimit", \.postLimit, .count(1...1_000_000_000, unit: "posts"),
      "Posts of one renter in the long window.",
      code: "10.", documentation: "10.", source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "postWindow", \.postWindow, .seconds(from: 1),
      "Length of the long window, from the first post after the last one ended.",
      code: "1 h.", documentation: "1 h.", source: "Posting and claiming",
      in: [.jobMarketplace]),
    .number(
      "batchLimit", \.batchLimit, .count(1...10_000, unit: "jobs"),
      "Jobs of one batch.",
      code: "100.", documentation: "100; each counts as a post †.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "throttleCooldown", \.throttleCooldown, .seconds(),
      "Time between claims of one host while the breaker is at level 1 or above.",
      code: "5 min.", documentation: "5 min.", source: "Posting and claiming",
      in: [.jobMarketplace]),
    .number(
      "minTimeToComplete", \.minTimeToComplete, .seconds(from: 1),
      "Shortest time that a job may give its host.",
      code: "60 s, checked by postJob only (F44, F45).", documentation: "60 s.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "maxTimeToComplete", \.maxTimeToComplete, .seconds(from: 1),
      "Time that a job must stay below.",
      code: "365 d, checked by postJob only (F44, F45).", documentation: "365 d.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "maxTokens", \.maxTokens, .count(1...1_000_000_000_000, unit: "tokens"),
      "Most tokens that a job may ask for.",
      code: "1,000,000, checked by postJob only (F44, F45).", documentation: "1,000,000.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "maxTemperature", \.maxTemperature, .count(0...1_000_000, unit: "ten-thousandths"),
      "Highest temperature that a job may ask for.",
      code: "20,000, checked by postJob only (F44, F45).", documentation: "20,000.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "maxGPUMemory", \.maxGPUMemory, .count(0...100_000, unit: "GB"),
      "Most GPU memory that a job may ask for.",
      code: "128 GB, checked by postJob only (F44, F45).", documentation: "128 GB.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .number(
      "maxPromptBytes", \.maxPromptBytes, .count(1...10_000_000, unit: "bytes"),
      "Longest prompt that is stored.",
      code: "10,000 bytes, checked by postJob only (F44, F45).", documentation: "10,000 bytes.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .flag(
      "promptByHash", \.promptByHash,
      "A 46-byte content identifier stands for the prompt on chain.",
      code: "Stores what it is given.", documentation: "Silent; yes.",
      source: "Posting and claiming", in: []),
  ]

  /// Findings about posting, claiming and failing.
  static let jobFindings: [ProtocolParameter] = [
    .flag(
      "requirementsEnforced", \.requirementsEnforced,
      "Proof, minimum reputation and GPU memory of a job are stored and enforced.",
      code: "Validated and forgotten (F2).",
      documentation: "completeJob checks that the proof is verified; jobs carry a minimum "
        + "reputation.",
      source: "Posting and claiming; F2", in: [.jobMarketplace]),
    .flag(
      "claimForGuarded", \.claimForGuarded,
      "claimJobFor is for the host itself or an account contract with the role, under the guards of "
        + "claimJob.",
      code: "Anybody assigns any host, expired jobs included (F14).",
      documentation: "Claim on behalf of the wallet.",
      source: "F14", in: [.jobMarketplace]),
    .flag(
      "failuresCounted", \.failuresCounted,
      "Failures of hosts count towards the pause of the marketplace.",
      code: "markJobFailed is unreachable: nothing counts (F15).",
      documentation: "Circuit breakers with automatic triggers.",
      source: "Breakers; F15", in: [.jobMarketplace]),
    .flag(
      "sybilTurnsRefused", \.sybilTurnsRefused,
      "A node whose controller's node failed a job cannot claim that job.",
      code: "failJob does not record the node: the nodes of one controller take turns (F16).",
      documentation: "Sybil attack detection through controllers.",
      source: "Posting and claiming; F16", in: [.jobMarketplace]),
    .flag(
      "claimChecksStake", \.claimChecksStake,
      "A claim needs the minimum stake.",
      code: "A host slashed to zero still claims (F21).",
      documentation: "Permissionless participation with stake requirements.",
      source: "Posting and claiming; F21", in: [.jobMarketplace]),
    .flag(
      "expiredClaimsEnd", \.expiredClaimsEnd,
      "A job past its deadline cannot be claimed again.",
      code: "A claimed job past its deadline may be re-claimed for ever (F43).",
      documentation: "Deadline enforcement.",
      source: "Posting and claiming; F43", in: [.jobMarketplace]),
    .flag(
      "expiredFABJobsEnd", \.expiredFABJobsEnd,
      "The renter of a FAB job past its deadline takes the payment back with reclaim, and an empty "
        + "result is refused.",
      code: "The USDC stay in the escrow for ever (F42).",
      documentation: "Deadline enforcement, escrow until completion.",
      source: "F42", in: [.jobMarketplaceFAB]),
    .flag(
      "batchGuarded", \.batchGuarded,
      "batchPostJobs obeys pause, degraded mode, limits and validation; each job counts.",
      code: "Ignores all of them (F44).",
      documentation: "Circuit breakers, rate limiting, comprehensive validation.",
      source: "Posting and claiming; F44", in: [.jobMarketplace]),
    .flag(
      "createGuarded", \.createGuarded,
      "createJob, createJobFor and postJobWithToken obey what postJob obeys.",
      code: "Ignore limits and validation, the first two pause and degraded mode too (F45).",
      documentation: "Circuit breakers, rate limiting, comprehensive validation.",
      source: "Posting and claiming; F45", in: [.jobMarketplace]),
    .flag(
      "claimsPause", \.claimsPause,
      "No claims while the marketplace is paused; completion, refunds and settlement go on.",
      code: "Claims go on (F45).", documentation: "Emergency pause; claims stop †.",
      source: "Breakers; F45", in: [.jobMarketplace]),
    .flag(
      "throttleSeesEveryClaim", \.throttleSeesEveryClaim,
      "The throttle counts from a host's last claim, whenever that was.",
      code: "Only claims made while throttled are remembered.",
      documentation: "5 min since the host's last claim.",
      source: "Posting and claiming", in: [.jobMarketplace]),
    .flag(
      "failNeedsCause", \.failNeedsCause,
      "The host may give up at any time; anybody else only once claimTimeout has passed.",
      code: "The renter fails a diligent host at no cost (F49).", documentation: "Silent.",
      source: "Job; F49", in: [.jobMarketplace]),
    .flag(
      "settersProtected", \.settersProtected,
      "The marketplace's reputation system and governance are set by its owner.",
      code: "By whoever comes first, who then drains deposits (F11).",
      documentation: "Access control via roles and modifiers.",
      source: "F11", in: [.jobMarketplace]),
    .flag(
      "fabSettersProtected", \.fabSettersProtected,
      "The addresses of a JobMarketplaceFAB are set by its deployer, once.",
      code: "By anybody; usdcAddress at any time (F13).",
      documentation: "Critical addresses can only be set once.",
      source: "F13", in: [.jobMarketplaceFAB]),
    .flag(
      "callbacksGuarded", \.callbacksGuarded,
      "createJob and NodeRegistryFAB.emergencyWithdraw stand under the re-entrancy guard.",
      code:
        "A token that calls back creates jobs inside postJobWithToken, whose id is then not its "
        + "own (F60).",
      documentation: "Reentrancy protection on all critical functions.",
      source: "F60", in: [.jobMarketplace, .nodeRegistryFAB]),
  ]
}
