import Quantities

extension ProtocolParameter {
  /// Section "Hosts" of the documented profile.
  static let hosts: [ProtocolParameter] = [
    .amount(
      "minStake", \.minStake, .tokens(.stake),
      "Stake that a host needs to register and to claim.",
      code: "Argument of NodeRegistry's constructor; 1,000 FAB in NodeRegistryFAB.",
      documentation: "1,000 FAB.",
      source: "Hosts", in: [.nodeRegistry, .nodeRegistryFAB]),
    .number(
      "registrationLimit", \.registrationLimit, .count(1...1_000_000_000, unit: "registrations"),
      "Registrations in one window, of all hosts together.",
      code: "10; the tenth closes registerNodeSimple for ever (F18).", documentation: "10.",
      source: "Hosts; F18", in: [.nodeRegistry, .nodeRegistryFAB]),
    .number(
      "registrationWindow", \.registrationWindow, .seconds(from: 1),
      "Length of a window of registrations.",
      code: "1 h.", documentation: "1 h.", source: "Hosts", in: [.nodeRegistry, .nodeRegistryFAB]),
    .number(
      "metadataLimit", \.metadataLimit, .count(1...1_000_000, unit: "bytes"),
      "Longest metadata of a host; there must be some, without control characters.",
      code: "10,000 bytes, checked by registerNodeSimple only.", documentation: "10,000 bytes.",
      source: "Hosts", in: [.nodeRegistry, .nodeRegistryFAB]),
    .number(
      "sybilThreshold", \.sybilThreshold, .count(1...1_000_000_000, unit: "nodes"),
      "Nodes of one controller from which on it is suspicious.",
      code: "3.", documentation: "3.", source: "Hosts", in: [.nodeRegistry]),
    .flag(
      "suspiciousMayClaim", \.suspiciousMayClaim,
      "Nodes of suspicious controllers may claim jobs.",
      code: "Yes.", documentation: "Yes.", source: "Hosts", in: [.jobMarketplace]),
    .number(
      "unbonding", \.unbonding, .seconds(),
      "Time from leaving until the stake is paid back.",
      code: "None in NodeRegistryFAB; a NodeRegistry never pays (F19).",
      documentation: "Hosts withdraw at any time.",
      source: "Hosts; F19", in: [.nodeRegistry], needs: "hostsMayLeave"),
    .amount(
      "ejectBelow", \.ejectBelow, .tokens(.stake),
      "Stake below which a slashed host is unregistered and gets the rest; at most minStake.",
      code: "Nothing happens, even at zero (F20).", documentation: "Silent; 0, never †.",
      source: "Hosts; F20", in: [.nodeRegistry], needs: "hostsMayLeave"),
  ]

  /// Findings about registries and stakes.
  static let hostFindings: [ProtocolParameter] = [
    .flag(
      "stakesInFAB", \.stakesInFAB,
      "A NodeRegistry takes its stakes in FAB, from the host's allowance.",
      code: "In ETH, with the call.", documentation: "FAB.",
      source: "Hosts", in: [.nodeRegistry]),
    .flag(
      "registrationRecovers", \.registrationRecovers,
      "Every registration counts, and the limit refuses only until the next window.",
      code: "The tenth in an hour closes registerNodeSimple for ever; the other doors do not count "
        + "(F18).",
      documentation: "Rate limiting, registration limits.",
      source: "Hosts; F18", in: [.nodeRegistry]),
    .flag(
      "hostsMayLeave", \.hostsMayLeave,
      "A host without open jobs leaves and gets its stake back.",
      code: "unregisterNode always reverts (F19).",
      documentation: "Non-custodial: hosts withdraw at any time.",
      source: "Hosts; F19", in: [.nodeRegistry]),
    .flag(
      "slashMovesStake", \.slashMovesStake,
      "Slashed stake goes to slashTo.",
      code: "Only the number shrinks; the coins have no way out (F20).",
      documentation: "Slashing for malicious behaviour.",
      source: "Slashing; F20", in: [.nodeRegistry]),
    .flag(
      "registrationGuarded", \.registrationGuarded,
      "Registration records the node before it pays anybody, and refuses the zero address.",
      code: "Refunds the excess first: one host is listed twice and pays twice (F22); address zero "
        + "registers again and again (F23).",
      documentation: "Reentrancy protection on all critical functions.",
      source: "F22, F23", in: [.nodeRegistry]),
    .flag(
      "mayRegisterAgain", \.mayRegisterAgain,
      "A host that left may come back.",
      code: "Never (F41).", documentation: "Hosts withdraw at any time.",
      source: "F41", in: [.nodeRegistry, .nodeRegistryFAB]),
    .flag(
      "registrationValidated", \.registrationValidated,
      "Every registration is checked and counted as registerNodeSimple does: metadata, limit.",
      code: "registerNode, registerNodeFor, registerControlledNode (F18) and NodeRegistryFAB (F59) "
        + "take anything.",
      documentation: "NodeRegistryFAB: check registration limits.",
      source: "Hosts; F18, F59", in: [.nodeRegistry, .nodeRegistryFAB]),
  ]
}
