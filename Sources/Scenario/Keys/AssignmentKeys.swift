internal import Market

/// `assignment:`, a policy's name, or `{race: {contenders: 3}}`.
enum AssignmentKeys {
  static let contenders = Key(
    "contenders", .integer(in: 1...10_000), standard: "3", "Hosts that send a claim for a job.")

  private static let raceShape = SectionShape<AssignmentPolicy>(
    declaration: SectionDeclaration(
      name: "race", doc: "Free hosts race; the first claim in the block wins.",
      keys: [contenders.declaration]),
    make: { .race(contenders: $0.standard(contenders)) })
  static let race = Key("race", raceShape.kind, "Free hosts race.")

  static let by = Key(
    "by", Kind<ReputationChoice.Name>.choice, standard: "contract",
    "Whose score: the contract's, or that of one of reputationModels.")
  private static let reputationShape = SectionShape<AssignmentPolicy>(
    declaration: SectionDeclaration(
      name: "reputation", doc: "Best score first among hosts with room.", keys: [by.declaration]),
    make: { .reputation(by: $0.standard(by)) })
  static let reputation = Key("reputation", reputationShape.kind, "Best score first.")

  static let kind = Kind<AssignmentPolicy>.either(
    scalar: .word([
      ("race", .race(contenders: 3)), ("random", .random), ("nearest", .nearest),
      ("cheapest", .cheapest),
      ("powerOfTwo", .powerOfTwo), ("reputationWeighted", .reputationWeighted),
      ("reputation", .reputation(by: .contract)),
    ]),
    section: SectionShape<AssignmentPolicy>(
      declaration: SectionDeclaration(
        name: "assignment", doc: "A policy with its numbers; give one.",
        keys: [race.declaration, reputation.declaration]),
      make: { section in
        guard section.has("reputation") else { return section.required(race) }
        guard section.has("race") else { return section.required(reputation) }
        section.reading.complain(
          at: section.tree.location, "\(section.path)", "names race and reputation",
          do: "give one of them")
        return nil
      }
    ).kind)
}
