import Quantities

extension ProtocolParameter {
  /// Section "Breakers" of the documented profile.
  static let breakers: [ProtocolParameter] = [
    .number(
      "failureThreshold", \.failureThreshold, .count(1...1_000_000_000, unit: "failures"),
      "Failures of hosts that pause the marketplace.",
      code: "5, never counted (F15).", documentation: "5.",
      source: "Breakers; F15", in: [.jobMarketplace], needs: "failuresCounted"),
    .number(
      "failureWindow", \.failureWindow, .seconds(from: 1, zero: "forever"),
      "Time after which the count of failures starts again, from the first of them.",
      code: "Counted for ever, if at all.", documentation: "Silent; 1 h †.",
      source: "Breakers", in: [.jobMarketplace], needs: "failuresCounted"),
    .number(
      "pauseCooldown", \.pauseCooldown, .seconds(),
      "Shortest time of a pause.",
      code: "1 h, for unpause only (F46).", documentation: "1 h.",
      source: "Breakers; F46", in: [.jobMarketplace]),
    .number(
      "autoRecovery", \.autoRecovery, .seconds(from: 1, zero: "off"),
      "Time after which a pause ends by itself, with the next post or claim.",
      code: "Off until the owner enables it.", documentation: "Off.",
      source: "Breakers", in: [.jobMarketplace]),
    .number(
      "suspiciousReleases", \.suspiciousReleases, .count(1...1_000_000_000, unit: "releases"),
      "Quick releases of one renter that raise the breaker to level 1.",
      code: "10.", documentation: "10.", source: "Breakers", in: [.jobMarketplace]),
    .number(
      "suspiciousReleaseTime", \.suspiciousReleaseTime, .seconds(),
      "Time after completion below which a release is quick.",
      code: "30 s.", documentation: "30 s.", source: "Breakers", in: [.jobMarketplace]),
  ]

  /// Section "Governance" of the documented profile.
  static let governance: [ProtocolParameter] = [
    .amount(
      "proposalThreshold", \.proposalThreshold, .tokens(.gov),
      "Past votes, at the previous block, that a proposer needs.",
      code: "10,000, except through createProposal (F50).", documentation: "10,000.",
      source: "Governance; F50", in: [.governance]),
    .number(
      "votingDelay", \.votingDelay, .count(0...100_000_000, unit: "blocks"),
      "Blocks from the proposal to the start of the vote.",
      code: "1.", documentation: "1.", source: "Governance", in: [.governance]),
    .number(
      "votingPeriod", \.votingPeriod, .count(1...1_000_000_000, unit: "blocks"),
      "Blocks of the vote.",
      code: "50,400, 28 h on Base.", documentation: "7 days: 302,400 blocks of 2 s †.",
      source: "Governance", in: [.governance]),
    .number(
      "quorum", \.quorum, .percentage,
      "Share of the past supply that must vote.",
      code: "10 %.", documentation: "10 %.", source: "Governance", in: [.governance]),
    .number(
      "supermajority", \.supermajority, .percentage,
      "Share of the votes cast that an upgrade needs.",
      code: "80 %, in whole percent rounded down.", documentation: "80 %.",
      source: "Governance", in: [.governance]),
    .number(
      "timeLock", \.timeLock, .seconds(),
      "Time from queue to execution.",
      code: "2 days.", documentation: "2 days.", source: "Governance", in: [.governance]),
  ]

  /// Section "Accounts" of the documented profile.
  static let accounts: [ProtocolParameter] = [
    .number(
      "bundleSize", \.bundleSize, .count(1...1_000, unit: "operations"),
      "User operations that share one transaction of a bundler.",
      code: "handleOp takes one.", documentation: "Silent.",
      source: "Accounts", in: [.baseAccountIntegration])
  ]

  /// Findings about breakers, governance and accounts.
  static let governanceFindings: [ProtocolParameter] = [
    .flag(
      "cooldownHolds", \.cooldownHolds,
      "Lowering the breaker's level ends a pause only after the cool-down; a quick release never "
        + "lowers it.",
      code: "Any level below 2, even 0 to 0, lifts a pause at once (F46).",
      documentation: "Emergency pause with cool-down periods.",
      source: "Breakers; F46", in: [.jobMarketplace]),
    .flag(
      "autoRecoverySaturates", \.autoRecoverySaturates,
      "A recovery period too long to count never recovers.",
      code: "The sum overflows and bricks posting and claiming (F47).", documentation: "Silent.",
      source: "F47", in: [.jobMarketplace]),
    .flag(
      "shortcutsClosed", \.shortcutsClosed,
      "createProposal, vote and executeProposal do not exist.",
      code: "Anybody proposes, votes once and executes, also on real proposals (F50, F51).",
      documentation: "Threshold, quorum and time lock.",
      source: "Governance; F50, F51", in: [.governance]),
    .flag(
      "emergencyPauseWorks", \.emergencyPauseWorks,
      "The emergency role pauses and unpauses the marketplace, at once; an action that does nothing "
        + "is refused.",
      code: "No contract has pause(); unknown actions succeed silently (F52).",
      documentation: "pause: pause the target contract.",
      source: "Governance; F52", in: [.governance, .jobMarketplace]),
    .flag(
      "reportsOldValue", \.reportsOldValue,
      "ParameterUpdated carries the value that was in force: the rule's, or what the target's getter "
        + "of the parameter's name says.",
      code: "A constant of the parameter's name (F53).", documentation: "The old value.",
      source: "F53", in: [.governance]),
    .flag(
      "votesFromStartBlock", \.votesFromStartBlock,
      "A proposal is pending until its snapshot can be read.",
      code: "Active in the start block, where castVote reverts (F54).",
      documentation: "Voting delay of 1 block.",
      source: "F54", in: [.governance]),
    .flag(
      "updatesApply", \.updatesApply,
      "A passed update of the chain's first governance may name any parameter of this table, of a "
        + "contract that it governs, and changes the running rules; contradictions are refused.",
      code: "Calls setters that do not exist, such as setFee (F62).",
      documentation: "Governance sets fees and parameters.",
      source: "Governance; F62", in: [.governance]),
    .flag(
      "operationsFunded", \.operationsFunded,
      "A user operation spends its wallet's or its paymaster's money only.",
      code: "Spends pooled ETH, payment streams' deposits too (F55).",
      documentation: "Executes an operation on behalf of the wallet.",
      source: "Accounts; F55", in: [.baseAccountIntegration]),
    .flag(
      "batchesActAsWallet", \.batchesActAsWallet,
      "Batched calls act as the wallet, all or nothing, and return what is left over.",
      code: "Act as the integration contract, which can become a host that anybody drives (F56).",
      documentation: "Batch operations for the wallet.",
      source: "Accounts; F56", in: [.baseAccountIntegration]),
    .flag(
      "jobsBelongToWallet", \.jobsBelongToWallet,
      "Jobs and nodes made through an account belong to the wallet.",
      code: "To tx.origin, the bundler (F57).", documentation: "Create job through smart wallet.",
      source: "Accounts; F57", in: [.baseAccountIntegration]),
  ]
}
