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

  static let kind = Kind<AssignmentPolicy>.either(
    scalar: .word([
      ("race", .race(contenders: 3)), ("random", .random), ("cheapest", .cheapest),
      ("powerOfTwo", .powerOfTwo), ("reputationWeighted", .reputationWeighted),
    ]),
    section: SectionShape<AssignmentPolicy>(
      declaration: SectionDeclaration(
        name: "assignment", doc: "A policy with its numbers.", keys: [race.declaration]),
      make: { $0.required(race) }
    ).kind)
}
