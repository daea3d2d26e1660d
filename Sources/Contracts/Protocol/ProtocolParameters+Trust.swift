import Quantities

extension ProtocolParameter {
  /// Section "Proofs and challenges" of the documented profile.
  static let proofs: [ProtocolParameter] = [
    .number(
      "challengePeriod", \.challengePeriod, .seconds(from: 1),
      "Time after its verification in which a proof may be challenged, and after a challenge in "
        + "which it must be resolved.",
      code: "3 days to resolve; challenging is possible for ever.", documentation: "3 days.",
      source: "Proofs and challenges", in: [.proofSystem]),
    .amount(
      "challengeStakeMin", \.challengeStakeMin, .tokens(.fab),
      "Least stake of a challenge.",
      code: "10e18 units of the job's token, 10¹³ USDC for a USDC job (F32).",
      documentation: "10 tokens; FAB †.",
      source: "Proofs and challenges; F32", in: [.proofSystem]),
    .amount(
      "challengePenalty", \.challengePenalty, .tokens(.fab),
      "What a lost challenge costs the host, to the challenger, as far as its stake reaches.",
      code: "PENALTY_AMOUNT of 20e18 is used nowhere.", documentation: "20 tokens; FAB †.",
      source: "Proofs and challenges", in: [.proofSystem], needs: "proofsReadJobs"),
  ]

  /// Section "Reputation" of the documented profile.
  static let reputation: [ProtocolParameter] = [
    .number(
      "initialReputation", \.initialReputation, .count(0...1_000_000, unit: "points"),
      "Score of a new host.",
      code: "100 at the first record, 0 before (F26).", documentation: "100.",
      source: "Reputation; F26", in: [.reputationSystem]),
    .number(
      "successBonus", \.successBonus, .count(0...1_000_000, unit: "points"),
      "Points for a completed job.",
      code: "10.", documentation: "10.", source: "Reputation", in: [.reputationSystem]),
    .number(
      "failurePenalty", \.failurePenalty, .count(0...1_000_000, unit: "points"),
      "Points that a failure costs, down to 0.",
      code: "20.", documentation: "20.", source: "Reputation", in: [.reputationSystem]),
    .number(
      "ratingBonus.fourStars", \.ratingBonusFourStars, .count(0...1_000_000, unit: "points"),
      "Points for four stars.",
      code: "2.", documentation: "2.", source: "Reputation", in: [.reputationSystem]),
    .number(
      "ratingBonus.fiveStars", \.ratingBonusFiveStars, .count(0...1_000_000, unit: "points"),
      "Points for five stars.",
      code: "4.", documentation: "4.", source: "Reputation", in: [.reputationSystem]),
    .number(
      "decayPeriod", \.decayPeriod, .seconds(from: 1),
      "Idle time that costs decayRate; only whole periods count.",
      code: "30 d, never applied (F24).", documentation: "30 d.",
      source: "Reputation; F24", in: [.reputationSystem]),
    .number(
      "decayRate", \.decayRate, .percentage,
      "Share of the score that each idle period costs, linear and rounded down together.",
      code: "5 %, never applied (F24).", documentation: "5 %.",
      source: "Reputation; F24", in: [.reputationSystem]),
    .number(
      "incentiveThreshold", \.incentiveThreshold, .count(0...1_000_000_000, unit: "points"),
      "Score from which on a host is eligible for incentives.",
      code: "150.", documentation: "150.", source: "Reputation", in: [.reputationSystem]),
    .choice(
      "reputationModel", \.reputationModel,
      "How routers rate hosts: contract is the score of the reputation contract.",
      code: "The contract's score.", documentation: "The contract's score.",
      source: "Reputation", in: []),
  ]

  /// Section "Disputes" of the documented profile.
  static let disputes: [ProtocolParameter] = [
    .amount(
      "disputeBond", \.disputeBond, .tokens(.fab),
      "What the disputer puts up, and loses to the other side when it loses.",
      code: "None.", documentation: "Silent; none †.", source: "Disputes",
      in: [.jobMarketplace], needs: "disputesAct"),
    .number(
      "arbiter.delay", \.arbiterDelay, .seconds(),
      "Time that the arbiter takes to decide.",
      code: "Outside the contracts.", documentation: "Silent; a day †.", source: "Disputes",
      in: [], needs: "disputesAct"),
    .number(
      "arbiter.accuracy", \.arbiterAccuracy, .percentage,
      "Probability that the arbiter decides for the party in the right.",
      code: "Outside the contracts.", documentation: "Silent; always †.", source: "Disputes",
      in: [], needs: "disputesAct"),
    .number(
      "arbiter.jurors", \.arbiterJurors, .count(1...1_001, unit: "jurors"),
      "Who decide by majority, an odd number; each is right with the accuracy, apart from the others.",
      code: "Outside the contracts: one account decides.", documentation: "Silent; 1 †.",
      source: "Disputes", in: [], needs: "disputesAct"),
    .flag(
      "arbiter.adversarial", \.arbiterIsAdversarial,
      "An accuracy below one half is meant.",
      code: "Outside the contracts.", documentation: "Silent; false †.", source: "Disputes",
      in: [], needs: "disputesAct"),
  ]

  /// Findings about proofs, reputation and disputes.
  static let trustFindings: [ProtocolParameter] = [
    .flag(
      "proofsReadJobs", \.proofsReadJobs,
      "The proof system understands the marketplace's jobs, and takes the penalty of a lost "
        + "challenge.",
      code: "Decodes another layout: no proof can ever be submitted (F1).",
      documentation: "Hosts submit proofs between claim and completion.",
      source: "Proofs and challenges; F1", in: [.proofSystem]),
    .flag(
      "proofsRecordReputation", \.proofsRecordReputation,
      "The reputation system takes records of authorised contracts, the proof system among them.",
      code: "Of the marketplace only: invalid proofs and lost challenges revert (F29, F30).",
      documentation: "An invalid proof costs 20 points.",
      source: "Reputation; F29, F30", in: [.reputationSystem, .proofSystem]),
    .flag(
      "invalidProofReplaceable", \.invalidProofReplaceable,
      "An invalid proof may be replaced while time is left, at no cost, and is a failure of the host "
        + "after that; other challenges of it return their stakes.",
      code: "Never replaced; challenges survive it (F31).",
      documentation: "New proof while time is left; elsewhere, a failure †.",
      source: "Job; F31", in: [.proofSystem]),
    .flag(
      "oneChallengePerJob", \.oneChallengePerJob,
      "A proof that its job still depends on has one open challenge at a time, within "
        + "challengePeriod of its verification.",
      code: "Any number, at any time (F31).", documentation: "Silent; one †.",
      source: "Proofs and challenges; F31", in: [.proofSystem]),
    .flag(
      "challengeStakeInFAB", \.challengeStakeInFAB,
      "Challengers stake FAB.",
      code: "The job's token as read at the time: ETH jobs cannot be challenged, stakes get stuck "
        + "(F32).",
      documentation: "Tokens; FAB †.",
      source: "Proofs and challenges; F32", in: [.proofSystem]),
    .flag(
      "adminGrantsVerifier", \.adminGrantsVerifier,
      "ADMIN_ROLE suffices to grant the verifier role.",
      code: "DEFAULT_ADMIN_ROLE is asked for again (F33).",
      documentation: "Admin can grant the verifier role.",
      source: "F33", in: [.proofSystem]),
    .flag(
      "decayApplied", \.decayApplied,
      "Scores decay when read and when written.",
      code: "Never; applyReputationDecay only refreshes the time (F24).",
      documentation: "Decayed score based on time since last activity.",
      source: "Reputation; F24", in: [.reputationSystem]),
    .flag(
      "scoreSurvivesFirstRecord", \.scoreSurvivesFirstRecord,
      "The first record of a job keeps the score that updateReputation built.",
      code: "Sets it to 100 (F25).", documentation: "+10 a release.",
      source: "F25", in: [.reputationSystem]),
    .flag(
      "initialAtRegistration", \.initialAtRegistration,
      "A registered host has the initial score before its first record.",
      code: "0 until then (F26).", documentation: "Starting reputation for new hosts.",
      source: "Reputation; F26", in: [.reputationSystem]),
    .flag(
      "exactSlashEvents", \.exactSlashEvents,
      "Events of slashed reputation carry what was taken.",
      code: "The amount asked for, wrapped when huge (F27).",
      documentation: "Reduces the score, floor at 0.",
      source: "F27", in: [.reputationSystem]),
    .flag(
      "completeRankings", \.completeRankings,
      "Rankings take an empty list and hosts with score 0.",
      code: "sortHostsByReputation([]) panics; getTopHosts leaves zero entries (F28).",
      documentation: "Same array sorted; top N hosts.",
      source: "F28", in: [.reputationSystem]),
    .flag(
      "disputesAct", \.disputesAct,
      "disputeResult opens a dispute, by either party, that the arbiter decides.",
      code: "Only checks; no state, no event (F48).",
      documentation: "Dispute resolution mechanism.",
      source: "Disputes; F48", in: [.jobMarketplace], needs: "escrowPerJob"),
  ]
}
