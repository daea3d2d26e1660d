import Testing

@testable import Scenario

@Suite("A scenario that contradicts itself") struct ContradictionTests {
  /// The minimal scenario with lines behind it and one part written differently, and what is wrong.
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    var complaints: [String]
    let testDescription: String

    init(
      _ lines: String, replacing part: String = "seed: 7", by other: String = "seed: 7",
      _ complaints: String...
    ) {
      text = Fixture.minimal(part, as: other) + lines + "\n"
      testDescription = part == other ? lines : "\(other) \(lines)"
      self.complaints = complaints
    }
  }

  /// Votes of `many` suffice for a proposal, those of `few` do not.
  private static func proposing(_ proposal: String, tokens: String = "tokens: 9999") -> String {
    """
    governance:
      voters: [{name: few, count: 2, \(tokens)}, {name: many, count: 2, tokens: 20000}]
      proposals: [\(proposal)]
    """
  }

  static let governance = [
    Example(
      proposing("{at: 1min, by: many, set: {}}"),
      "s.yaml:11:41: error: governance.proposals[0].set names no rule, so that the vote decides "
        + "nothing; name rules of the protocol with their new values, as in {fee: 2%}"),
    Example(
      proposing("{at: 1min, by: many, set: {feee: 2%}}"),
      "s.yaml:11:42: error: governance.proposals[0].set.feee is not a known key; "
        + "did you mean \"fee\"?"),
    Example(proposing("{at: 59min, by: many, set: {fee: 2%}}")),
    Example(
      proposing("{at: 60min, by: many, set: {fee: 2%}}"),
      "s.yaml:11:20: error: governance.proposals[0].at is 1 h, and the run is over after 1 h; "
        + "write an earlier time, or a longer duration"),
    Example(
      "governance: {proposals: [{at: 1min, by: many, set: {fee: 2%}, support: {many: 3%}}]}",
      "s.yaml:9:13: error: governance.voters is missing; give a list of a map of name, count, "
        + "tokens, pareto, turnout, support, delegated"),
    Example(
      proposing("{at: 1min, by: mayn, set: {fee: 2%}}"),
      "s.yaml:11:30: error: governance.proposals[0].by is \"mayn\", who has no votes; "
        + "did you mean \"many\"?"),
  ]

  static let proposers = [
    Example(
      proposing("{at: 1min, by: few, set: {fee: 2%}}", tokens: "tokens: 19998"),
      "s.yaml:11:30: error: governance.proposals[0].by is \"few\", whose first voter has 9,999 "
        + "votes, and a proposal needs 10000 GOV; give that cohort more tokens, or lower "
        + "protocol.proposalThreshold"),
    Example(proposing("{at: 1min, by: few, set: {fee: 2%}}", tokens: "tokens: 20000")),
    Example(
      proposing("{at: 1min, by: few, set: {fee: 2%}}", tokens: "tokens: 10000, delegated: 50%")),
    Example(
      "protocol: {proposalThreshold: 4999 GOV}\n" + proposing("{at: 1min, by: few, set: {fee: 2%}}")
    ),
    Example(
      "changes: [{at: 1s, set: {protocol.proposalThreshold: 5 GOV}}]\n"
        + proposing("{at: 1min, by: few, set: {fee: 2%}}")),
  ]

  private static func script(_ step: String, actors: String = "{name: alice}") -> String {
    """
    script:
      actors: [\(actors)]
      steps:
        - {at: 1s, from: alice, result: made, call: "NodeRegistry.MIN_STAKE()"}
        - {\(step)}
    """
  }

  private static let claim = "from: alice, call: \"JobMarketplace.claimJob(uint256)\""

  static let scripts = [
    Example(
      script("at: 1min, \(claim), arguments: [1]", actors: "{name: alice}, {name: alice}"),
      "s.yaml:10:34: error: script.actors[1].name is \"alice\", the name of script.actors[0]; "
        + "give each actor its own name"),
    Example(
      script("at: 1min, \(claim), arguments: [1]", actors: "{name: alice}, {name: treasury}"),
      "s.yaml:10:34: error: script.actors[1].name is \"treasury\", whom every script knows already; "
        + "write another name"),
    Example(
      script("at: 1min, \(claim), arguments: [1], outcome: succes"),
      "s.yaml:13:98: error: script.steps[1].outcome is \"succes\", which no call ends with; "
        + "did you mean \"success\"?"),
    Example(
      script("at: 1min, \(claim), arguments: [1], outcome: Job does not exits"),
      "s.yaml:13:98: error: script.steps[1].outcome is \"Job does not exits\", which no call ends "
        + "with; did you mean \"Job does not exist\"?"),
    Example(
      script("at: 1min, \(claim), arguments: [1], outcome: because"),
      "s.yaml:13:98: error: script.steps[1].outcome is \"because\", which no call ends with; "
        + "write success, reverts, or the reason in the contract's own words"),
    Example(script("at: 1min, \(claim), arguments: [1], outcome: Job does not exist")),
    Example(script("at: 1min, \(claim), arguments: [1], outcome: Panic(17)")),
    Example(script("at: 1min, \(claim), arguments: [1], outcome: OwnableInvalidOwner")),
    Example(script("at: 59min, \(claim), arguments: [$made]")),
    Example(
      script("at: 60min, \(claim), arguments: [$made]"),
      "s.yaml:13:12: error: script.steps[1].at is 1 h, and the run is over after 1 h; "
        + "write an earlier time, or a longer duration"),
    Example(
      script("at: 1min, \(claim), arguments: [$maed]"),
      "s.yaml:13:85: error: script.steps[1].arguments[0] asks for $maed, which no step above gives "
        + "as its result; did you mean \"$made\"?"),
    Example(
      script("at: 1min, \(claim), result: own, arguments: [$own]"),
      "s.yaml:13:98: error: script.steps[1].arguments[0] asks for $own, which no step above gives as "
        + "its result; write one of: $made"),
    Example(
      script("at: 1min, from: alice, call: \"FAB.balanceOf(address)\", arguments: [$made]"),
      "s.yaml:13:75: error: script.steps[1].arguments has \"$made\" where the function takes another "
        + "type; write the value itself: results are numbers or 32 bytes"),
    Example(
      script("at: 1min, from: alice, call: \"NodeRegistry.MIN_STAKE()\", returns: bob"),
      "s.yaml:13:74: error: script.steps[1].returns names \"bob\", whom nobody knows; write one of: "
        + "alice, deployer, arbiter, governor, guardian, treasury, entryPoint, FAB, USDC, "
        + "NodeRegistry, JobMarketplace, PaymentEscrow, ReputationSystem, ProofSystem, Governance, "
        + "GovernanceToken, BaseAccountIntegration"),
  ]

  static let numbers = [
    Example(script("at: 1min, \(claim), arguments: [999999999999999999999999999999]")),
    Example(script("at: 1min, \(claim), arguments: [9e36]")),
    Example(
      script("at: 1min, \(claim), arguments: [340282366920938463463374607431768211456]"),
      "s.yaml:13:85: error: script.steps[1].arguments has "
        + "\"340282366920938463463374607431768211456\", which is more than a script can pass; "
        + "write at most 30 digits, and less than 1e37 in base units"),
    Example(
      script("at: 1min, \(claim), arguments: [1e20 ETH]"),
      "s.yaml:13:85: error: script.steps[1].arguments has \"1e20 ETH\", which is more than a script "
        + "can pass; write at most 30 digits, and less than 1e37 in base units"),
    Example(
      script("at: 1min, \(claim), arguments: [1.5]"),
      "s.yaml:13:85: error: script.steps[1].arguments has \"1.5\" where the function takes another "
        + "type; write a whole number"),
  ]

  private static func proving(_ lines: String, _ complaints: String...) -> Example {
    var example = Example(
      "verifiers: {count: 1}\n" + lines, replacing: "lengths:", by: "proofRequired: 9%, lengths:")
    example.complaints = complaints
    return example
  }

  static let verification = [
    proving("challengers: {capital: 10 FAB}"),
    proving(
      "challengers: {capital: 9 FAB}",
      "s.yaml:10:24: error: challengers.capital is 9 FAB, and each challenge takes a stake of "
        + "10 FAB; give challengers as much or more, or lower protocol.challengeStakeMin"),
    proving(
      "challengers: {checkRate: 0%}",
      "s.yaml:10:26: error: challengers.checkRate lets challengers look at no proof; "
        + "write a share above 0 %, or leave challengers out"),
    proving("challengers: {count: 0, capital: 0 FAB, checkRate: 0%}"),
    Example(
      "verifiers: {colluding: 10%}",
      "s.yaml:9:24: error: verifiers.colluding is of checks and challenges, and nobody checks results "
        + "or challenges proofs; leave it out, or add checkRate beside it or challengers: {count: 1} at "
        + "the top level"),
    Example(
      "protocol: {payoutWithoutProof: afterChallengeWindow}\n"
        + "verifiers: {checkRate: 9%, effort: {cost: 1 USD, reward: 1 USD, jackpot: 1 USD}}",
      "s.yaml:10:74: error: verifiers.effort.jackpot is for planted errors, and none are planted; "
        + "leave it out, or add forcedErrors above 0 % beside it"),
  ]

  static let conduct = [
    Example(
      "", replacing: "count: 2", by: "count: 2, behaviour: {honest: {}, lazy: {}}",
      "s.yaml:6:48: error: hosts[0].behaviour.honest is given beside lazy; keep one of them"),
    Example(
      "", replacing: "count: 2", by: "count: 2, behaviour: {honest: {}, sybilRing: {size: 2}}"),
    Example(
      "", replacing: "count: 2", by: "count: 2, behaviour: {forging: {}}",
      "s.yaml:6:49: error: hosts[0].behaviour.forging forges proofs, and no renter asks for any; "
        + "leave it out, or give renters a proofRequired above 0 %"),
    Example(
      "protocol: {profile: reference-eth}", replacing: "count: 3", by: "count: 3, minReputation: 1",
      "s.yaml:8:43: error: renters[0].minReputation asks for a score, which nothing enforces under "
        + "profile reference-eth; leave it out, or choose profile documented"),
    Example("", replacing: "count: 3", by: "count: 3, minReputation: 1"),
  ]

  static let blind = [
    Example(
      "reputationModels: [eigenTrust]", replacing: "count: 2", by: "count: 2, behaviour: lazy",
      "s.yaml:9:20: error: reputationModels[0] starts from known honest hosts, of which there are "
        + "none at the start; add a cohort of honest hosts, or leave it out")
  ]

  /// Disputes of what is not paid at once, and hosts who reckon with them.
  private static let escrowed = "protocol: {payoutWithoutProof: afterChallengeWindow}\n"

  static let parts = [
    Example(
      "", replacing: "count: 2", by: "count: 2, behaviour: {milking: {from: 9}}",
      "s.yaml:6:49: error: hosts[0].behaviour.milking says from when on a host cheats, and there is "
        + "no part by which it would; add lazy, forging or abandoning, or leave it out"),
    Example("", replacing: "count: 2", by: "count: 2, behaviour: {lazy: {}, milking: {from: 9}}"),
    Example(
      "", replacing: "count: 2", by: "count: 2, behaviour: {sybilRing: {size: 2}, learning: {}}",
      "s.yaml:6:72: error: hosts[0].behaviour.learning chooses between honest work and other parts, "
        + "of which there are none; add a part that cheats, or leave it out"),
    Example(
      escrowed, replacing: "count: 2", by: "count: 2, behaviour: {lazy: {when: profitable}}",
      "s.yaml:6:53: error: hosts[0].behaviour.lazy.when is weighed against the chance of being found "
        + "out, and nobody does a job again or disputes it; give verifiers a checkRate above 0 %, or "
        + "renters disputes"),
    Example(
      escrowed + "verifiers: {checkRate: 9%}", replacing: "count: 2",
      by: "count: 2, behaviour: {lazy: {when: profitable, expects: 9%}}",
      "s.yaml:6:74: error: hosts[0].behaviour.lazy.expects is a first guess of what renters notice, "
        + "and none does; verifiers publish what they do again; leave it out, or give renters disputes"
    ),
    Example(
      "protocol: {payoutWithoutProof: afterChallengeWindow, disputeBond: 9 FAB}",
      replacing: "lengths:", by: "disputes: {capital: 8 FAB}, lengths:",
      "s.yaml:8:82: error: renters[0].disputes.capital is 8 FAB, and each dispute takes a bond of "
        + "9 FAB; give renters as much or more, or lower protocol.disputeBond"),
  ]

  static let arbiters = [
    Example(
      "protocol: {profile: reference-eth, arbiter: {delay: 5min}}",
      "s.yaml:9:53: error: protocol.arbiter.delay means nothing while disputesAct is false; "
        + "add disputesAct: true, or remove it"),
    Example(
      "protocol: {profile: reference-fab, arbiter: {delay: 5min}}",
      "s.yaml:9:36: error: protocol.arbiter is a key that profile reference-fab lacks; remove it, or "
        + "choose a profile that has it: reference-eth, documented"),
    Example(
      "protocol: {arbiter: {adversarial: true, accuracy: 50%}}",
      "s.yaml:9:35: error: protocol.arbiter.adversarial is true of an arbiter who is no worse than a "
        + "coin; add an accuracy below 50% beside it, or remove it"),
    Example("protocol: {arbiter: {adversarial: true, accuracy: 49.99%}}"),
  ]

  static let expectations = [
    Example(
      "detectors: [claimTiming]\nexpect: [{metric: auc_sybil_rank, above: 0.5}]",
      "s.yaml:10:19: error: expect[0].metric is auc_sybil_rank, which needs sybilRank among "
        + "detectors, and there are only claimTiming; add sybilRank to detectors, or expect "
        + "something else"),
    Example("detectors: [sybilRank]\nexpect: [{metric: auc_sybil_rank, above: 0.5}]"),
    Example(
      "expect: [{metric: newcomer_parity_beta_s, above: 0.5}]",
      "s.yaml:9:19: error: expect[0].metric is newcomer_parity_beta_s, which needs beta among "
        + "reputationModels, and there are none; add beta to reputationModels, or expect something "
        + "else"),
    Example(
      "expect: [{metric: unserved_fraction, below: 1, confidence: 95%, halfWidth: 1}]",
      "s.yaml:9:60: error: expect[0].confidence asks for an interval over replications, of which "
        + "there is one; leave it out, or write replications: 2 or more"),
    Example(
      "replications: 2\ntest: {replications: 1}\n"
        + "expect: [{metric: unserved_fraction, below: 1, confidence: 95%, halfWidth: 1}]"),
    Example(
      "replications: 2\nexpect: [{metric: unserved_fraction, below: 1, confidence: 95%}]",
      "s.yaml:10:60: error: expect[0].confidence asks for an interval that may be of any width; "
        + "add a halfWidth beside it, or give within"),
    Example(
      "expect: [{metric: unserved_fraction, below: 1, halfWidth: 0.1}]",
      "s.yaml:9:59: error: expect[0].halfWidth is of an interval, and the mean alone must hold; "
        + "add a confidence beside it, or leave it out"),
  ]

  static let words = [
    Example(
      "", replacing: "count: 2", by: "count: 2, availability: alway",
      "s.yaml:6:42: error: hosts[0].availability is \"alway\"; did you mean \"always\"?"),
    Example(
      "", replacing: "count: 2", by: "count: 2, availability: mostly",
      "s.yaml:6:42: error: hosts[0].availability is \"mostly\"; give a map of up, down, or always"),
    Example(
      "", replacing: "count: 3", by: "count: 3, patience: endles, willingnessToPay: unlimted",
      "s.yaml:8:38: error: renters[0].patience is \"endles\"; did you mean \"endless\"?",
      "s.yaml:8:64: error: renters[0].willingnessToPay is \"unlimted\"; "
        + "did you mean \"unlimited\"?"),
    Example(
      "protocol: {claimTimeout: dedline}",
      "s.yaml:9:26: error: protocol.claimTimeout is \"dedline\"; did you mean \"deadline\"?"),
    Example(
      "changes: [{at: 1s, set: {chain.ethprice: 5 USD}}]",
      "s.yaml:9:26: error: changes[0].set.\"chain.ethprice\" sets what cannot change during a run; "
        + "did you mean \"chain.ethPrice\"?"),
    Example(
      "changes: [{at: 1s, set: {renters.chat.patince: 5s}}]",
      "s.yaml:9:26: error: changes[0].set.\"renters.chat.patince\" sets what cannot change during a "
        + "run; did you mean \"renters.chat.patience\"?"),
    Example(
      "changes: [{at: 1s, set: {verifiers.checkTime: 5s}}]",
      "s.yaml:9:26: error: changes[0].set.\"verifiers.checkTime\" sets what cannot change during a "
        + "run; change one of chain.ethPrice, chain.fabPrice, chain.backgroundLoad, "
        + "chain.priorityFee, chain.l1BaseFee, chain.blobBaseFee, a number of protocol "
        + "(protocol.slash, protocol.fee, …), verifiers.checkRate, renters.NAME.patience, "
        + "renters.NAME.willingnessToPay"),
    Example(
      "changes: [{at: 1s, set: {}}]",
      "s.yaml:9:25: error: changes[0].set names no key; write it as in {chain.ethPrice: 1500 USD, "
        + "protocol.slash: 50%}"),
    Example(
      "changes: [{at: 1s, outage: {share: 0%}}]",
      "s.yaml:9:36: error: changes[0].outage.share is 0%, which is out of range; write a value above "
        + "0, at most 1, or in percent above 0, at most 100%"),
  ]

  @Test("is refused for votes that decide nothing", arguments: governance)
  func vote(_ example: Example) { expect(example) }

  @Test("is refused for proposals below the threshold", arguments: proposers)
  func proposer(_ example: Example) { expect(example) }

  @Test("is refused for steps that cannot mean what they say", arguments: scripts)
  func step(_ example: Example) { expect(example) }

  @Test("is refused for numbers that no step can pass", arguments: numbers)
  func number(_ example: Example) { expect(example) }

  @Test("is refused for checks that change nothing", arguments: verification)
  func check(_ example: Example) { expect(example) }

  @Test("is refused for conduct without effect", arguments: conduct + parts + blind)
  func behaviour(_ example: Example) { expect(example) }

  @Test("is refused for arbiters without disputes or without an aim", arguments: arbiters)
  func arbiter(_ example: Example) { expect(example) }

  @Test("is refused for expectations of what is not measured", arguments: expectations)
  func expectation(_ example: Example) { expect(example) }

  @Test("is told the nearest word", arguments: words)
  func word(_ example: Example) { expect(example) }

  @Test("may look at one replication by an override") func oneReplication() {
    let text =
      Fixture.minimal + "replications: 2\n"
      + "expect: [{metric: unserved_fraction, below: 1, confidence: 95%, halfWidth: 1}]\n"
    #expect(Fixture.complaints(text, set: ["replications=1"]) == [])
  }

  private func expect(_ example: Example) {
    #expect(Fixture.complaints(example.text) == example.complaints)
  }
}
