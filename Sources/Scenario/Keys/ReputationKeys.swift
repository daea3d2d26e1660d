internal import Market

/// `reputationModels: [contract, beta, {ewma: {weight: 5%}}]`.
enum ReputationKeys {
  private static let memory = Key(
    "memory", .fraction(in: .above(0, to: 1)), standard: "0.98",
    "What is left of an experience's weight at the next; 1/(1 − memory) of them count.")
  private static let weight = Key(
    "weight", .fraction(in: .above(0, to: 1)), standard: "0.1", "Of the latest experience.")
  private static let initial = Key(
    "initial", .fraction(in: .from(0, to: 1)), standard: "0.5", "Score of a newcomer.")
  private static let known = Key(
    "weight", .fraction(in: .above(0, to: 1)), standard: "0.1",
    "Of the known hosts in each round of trust.")

  private static let beta = Key(
    "beta",
    SectionShape<ReputationChoice>(
      declaration: SectionDeclaration(
        name: "beta", doc: "Mean of a Beta posterior with an even prior.",
        keys: [memory.declaration]),
      make: { .beta(memory: $0.standard(memory)) }
    ).kind, optional: "another model", "Mean of a Beta posterior.")
  private static let ewma = Key(
    "ewma",
    SectionShape<ReputationChoice>(
      declaration: SectionDeclaration(
        name: "ewma", doc: "Exponentially weighted mean of experiences.",
        keys: [weight.declaration, initial.declaration]),
      make: { .ewma(weight: $0.standard(weight), initial: $0.standard(initial)) }
    ).kind, optional: "another model", "Exponentially weighted mean.")
  private static let eigenTrust = Key(
    "eigenTrust",
    SectionShape<ReputationChoice>(
      declaration: SectionDeclaration(
        name: "eigenTrust", doc: "Trust that flows from known hosts.", keys: [known.declaration]),
      make: { .eigenTrust(weight: $0.standard(known)) }
    ).kind, optional: "another model", "Trust that flows from known hosts.")

  private static let choice = SectionShape<ReputationChoice>(
    declaration: SectionDeclaration(
      name: "reputation model", doc: "A model with its numbers; give one.",
      keys: [beta.declaration, ewma.declaration, eigenTrust.declaration])
  ) { section in
    let given = [section.optional(beta), section.optional(ewma), section.optional(eigenTrust)]
      .compactMap(\.self)
    let names = ["beta", "ewma", "eigenTrust"].filter { section.has($0) }
    if names.count == 1 { return given.first }
    section.reading.complain(
      at: section.tree.location, "\(section.path)", "names \(names.count) models",
      do: "give one of beta, ewma, eigenTrust in each element of the list")
    return nil
  }

  static let kind = Kind<[ReputationChoice]>.list(
    of: .either(
      scalar: .word([
        ("contract", .contract), ("beta", .beta(memory: 0.98)),
        ("ewma", .ewma(weight: 0.1, initial: 0.5)), ("eigenTrust", .eigenTrust(weight: 0.1)),
      ]),
      section: choice.kind), count: 0...4)
}

extension Reading {
  /// Each model once, and the one that routers ask among them.
  func checkReputations(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let names = configuration.reputationModels.map(\.name)
    let list = DocumentPath.top.appending("reputationModels")
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      complain(
        list.appending(index), tree, "is \(name.rawValue) again", do: "name each model once")
    }
    guard case .reputation(let asked) = configuration.assignment, asked != .contract,
      !names.contains(asked)
    else { return }
    complain(
      .top.appending("assignment"), tree, "asks \(asked.rawValue), which nobody keeps",
      do: "add \(asked.rawValue) to reputationModels")
  }
}
