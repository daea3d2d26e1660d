internal import Contracts
internal import Market
internal import Quantities

/// `governance: {voters: […], proposals: […]}`.
enum GovernanceKeys {
  private static let share = Kind<Double>.fraction(in: .from(0, to: 1))

  private static let name = Key("name", .name, "Name of the cohort, unique among voters.")
  private static let count = Key("count", .integer(in: 1...1_000_000), "Number of voters.")
  private static let tokens = Key(
    "tokens", .integer(in: 0...1_000_000),
    "Votes of the cohort together; the supply is 1,000,000.")
  private static let pareto = Key(
    "pareto", .number(in: .from(1.01, to: 100)), optional: "everybody has as many",
    "Shape of the Pareto law by which the votes are spread; 1.16 gives a fifth of the voters four "
      + "fifths of them.")
  private static let turnout = Key(
    "turnout", share, standard: "10%", "Probability that a voter casts its vote.")
  private static let support = Key(
    "support", share, standard: "50%", "Probability that a vote cast is for a proposal.")
  private static let delegated = Key(
    "delegated", share, standard: "0%",
    "Share of the cohort that lets its first voter vote for it.")
  private static let voter = SectionShape<GovernanceConfiguration.Voters>(
    declaration: SectionDeclaration(
      name: "voters", doc: "Holders of votes who decide alike.",
      keys: [
        name.declaration, count.declaration, tokens.declaration, pareto.declaration,
        turnout.declaration, support.declaration, delegated.declaration,
      ])
  ) { section in
    let name = section.required(name)
    let count = section.required(count)
    let tokens = section.required(tokens)
    let pareto = section.optional(pareto)
    let turnout = section.standard(turnout)
    let support = section.standard(support)
    let delegated = section.standard(delegated)
    guard let name, let count, let tokens else { return nil }
    if section.reading.voterNames.contains(name) {
      section.complain(
        "name", "is \"\(name)\", which other voters have", do: "give each cohort its own name")
    }
    section.reading.voterNames.append(name)
    return GovernanceConfiguration.Voters(
      name: name, count: count, tokens: tokens, pareto: pareto, turnout: turnout,
      support: support, delegated: delegated)
  }

  private static let at = Key(
    "at", .duration(from: .zero, to: .days(3_650), example: "1h"), "When it is proposed.")
  private static let by = Key(
    "by", .name, "Cohort whose first voter proposes it; it needs proposalThreshold votes.")
  private static let set = Key(
    "set", ProtocolKeys.updates.kind, "Rules of the protocol and their new values.")
  private static let favour = Key(
    "support", supports, optional: "what each cohort's support says",
    "Probability that a vote is for this proposal, by cohort, as {holders: 20%}.")
  /// Written as shares are, but each is a probability of its own.
  private static let supports = Kind<[String: Double]>(
    notation: .probabilities(by: "cohorts of voters")
  ) { tree, path, reading in
    guard let entries = tree.entries else {
      reading.complain(
        at: tree.location, "\(path)", "is \(tree.kindName)",
        do: "give a map of cohorts of voters to probabilities")
      return nil
    }
    // What is wrong with the voters has been said.
    if reading.voterNames.isEmpty { return nil }
    var found: [String: Double] = [:]
    for entry in entries {
      guard reading.voterNames.contains(entry.key) else {
        reading.complain(
          at: entry.keyLocation, "\(path.appending(entry.key))", "is no cohort of voters",
          do: Nearest.advice(for: entry.key, among: reading.voterNames, what: "one of"))
        continue
      }
      found[entry.key] = share.read(entry.value, path.appending(entry.key), reading)
    }
    return found
  }
  private static let proposal = SectionShape<GovernanceConfiguration.Proposal>(
    declaration: SectionDeclaration(
      name: "proposal", doc: "A change of rules that is put to the vote.",
      keys: [at.declaration, by.declaration, set.declaration, favour.declaration])
  ) { section in
    let at = section.required(at)
    let by = section.required(by)
    let errorCount = section.reading.errors.count
    let settings = section.required(set)
    if settings?.isEmpty == true, section.reading.errors.count == errorCount {
      section.complain(
        "set", "names no rule, so that the vote decides nothing",
        do: "name rules of the protocol with their new values, as in {fee: 2%}")
    }
    let favour = section.optional(favour) ?? [:]
    let names = section.reading.voterNames
    // What is wrong with the voters has been said.
    guard let at, let by, let settings, !names.isEmpty else { return nil }
    guard let leader = names.firstIndex(of: by) else {
      section.complain(
        "by", "is \"\(by)\", who has no votes",
        do: Nearest.advice(for: by, among: names, what: "one of"))
      return nil
    }
    return GovernanceConfiguration.Proposal(
      at: at, by: leader,
      updates: settings.map { setting in
        GovernanceConfiguration.Update(
          key: setting.parameter.key, value: setting.value,
          text: setting.parameter.text(of: setting.value, under: ProtocolProfile.documented.rules))
      },
      support: names.map { favour[$0] })
  }

  private static let voters = Key(
    "voters", Kind<[GovernanceConfiguration.Voters]>.list(of: voter.kind, count: 1...1_000),
    "Cohorts of voters.")
  private static let proposals = Key(
    "proposals", Kind<[GovernanceConfiguration.Proposal]>.list(of: proposal.kind, count: 1...1_000),
    "What is put to the vote.")

  static let shape = SectionShape<GovernanceConfiguration>(
    declaration: SectionDeclaration(
      name: "governance", doc: "Who may change the rules during a run, and what is put to them.",
      keys: [voters.declaration, proposals.declaration])
  ) { section in
    let voters = section.required(voters)
    let proposals = section.required(proposals)
    guard let voters, let proposals else { return nil }
    let tokens = voters.reduce(0) { $0 + $1.tokens }
    if tokens > 1_000_000 {
      section.complain(
        "voters", "hold \(tokens) votes together, and the supply is 1000000",
        do: "lower their tokens")
    }
    return GovernanceConfiguration(voters: voters, proposals: proposals)
  }
}
