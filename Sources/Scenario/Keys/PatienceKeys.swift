internal import Market
internal import Quantities

/// `patience: 2min`, `endless`, or `{exponential: 2min}`.
enum PatienceKeys {
  static let kind = Kind<Patience>.either(scalar: word, section: shape.kind)

  private static let span = Kind<SimDuration>.duration(
    from: .milliseconds(1), to: .days(3_650))

  private static let word: Kind<Patience> = {
    let given = Kind<SimDuration?>.orNone("endless", span)
    return Kind<Patience>(notation: given.notation) { tree, path, reading in
      given.read(tree, path, reading).map { $0.map { .fixed($0) } ?? .endless }
    }
  }()

  private static let exponential = Key(
    "exponential", span, "Mean of a patience drawn for each request by itself.")

  private static let shape = SectionShape<Patience>(
    declaration: SectionDeclaration(
      name: "patience", doc: "Patience that differs from request to request.",
      keys: [exponential.declaration])
  ) { section in
    section.required(exponential).map { .exponential(mean: $0) }
  }
}
