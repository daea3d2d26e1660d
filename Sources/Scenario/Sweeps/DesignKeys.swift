internal import Statistics

/// `design:`, `grid` or a design with its numbers.
enum DesignKeys {
  /// What a file says, before the factors are known.
  enum Choice: Sendable {
    case grid(levels: Int)
    case fixed(ExperimentDesign)
    case list([[PathValue]])
  }

  private static let pointCount = Kind<Int>.integer(in: 1...10_000_000)
  static let points = Key("points", pointCount, "Number of points.")
  static let levels = Key(
    "levels", .integer(in: 1...10_000), standard: "5",
    "Values of each range, both ends included; of values, all are taken.")
  static let trajectories = Key(
    "trajectories", .integer(in: 2...1_000_000), standard: "10",
    "Walks through the space; each has one point more than there are factors.")
  static let morrisLevels = Key(
    "levels", .integer(in: 2...1_000), standard: "4", "Levels of each factor, an even number.")
  static let base = Key(
    "base", .integer(in: 8...1_000_000),
    "Rows of the base sample, best a power of two; each has two points more than there are factors."
  )

  private static func pointsShape(
    _ name: String, _ doc: String, _ make: @escaping @Sendable (Int) -> ExperimentDesign
  ) -> SectionShape<Choice> {
    SectionShape<Choice>(
      declaration: SectionDeclaration(name: name, doc: doc, keys: [points.declaration]),
      make: { section in section.required(points).map { .fixed(make($0)) } })
  }

  private static let gridShape = SectionShape<Choice>(
    declaration: SectionDeclaration(
      name: "grid", doc: "Every combination of values.", keys: [levels.declaration]),
    make: { .grid(levels: $0.standard(levels)) })
  private static let morrisShape = SectionShape<Choice>(
    declaration: SectionDeclaration(
      name: "morris", doc: "One factor at a time along random walks: screens many factors cheaply.",
      keys: [trajectories.declaration, morrisLevels.declaration])
  ) { section in
    let trajectories = section.standard(trajectories)
    let levels = section.standard(morrisLevels)
    guard levels.isMultiple(of: 2) else {
      section.complain("levels", "is \(levels), which is odd", do: "write an even number")
      return nil
    }
    return .fixed(.morris(trajectories: trajectories, levels: levels))
  }
  private static let saltelliShape = SectionShape<Choice>(
    declaration: SectionDeclaration(
      name: "saltelli", doc: "Sobol' samples and their mixtures: first-order and total indices.",
      keys: [base.declaration]),
    make: { section in section.required(base).map { .fixed(.saltelli(base: $0)) } })

  static let grid = Key("grid", gridShape.kind, optional: other, "Every combination of values.")
  static let list = Key(
    "list",
    Kind<[[PathValue]]>.list(of: .pathValues, count: 1...1_000_000), optional: other,
    "Points one by one, each a map from paths to values; takes no factors.")
  static let random = Key(
    "random", pointsShape("random", "Independent uniform points.") { .random(points: $0) }.kind,
    optional: other, "Independent uniform points.")
  static let latinHypercube = Key(
    "latinHypercube",
    pointsShape("latinHypercube", "Each factor's range is hit evenly.") {
      .latinHypercube(points: $0)
    }.kind, optional: other, "Each factor's range is hit evenly.")
  static let sobol = Key(
    "sobol", pointsShape("sobol", "A shifted Sobol' sequence.") { .sobol(points: $0) }.kind,
    optional: other, "A shifted Sobol' sequence; best with a power of two.")
  static let morris = Key("morris", morrisShape.kind, optional: other, "Elementary effects.")
  static let saltelli = Key("saltelli", saltelliShape.kind, optional: other, "Sobol' indices.")
  private static let other = "another design is given"

  private static let shape = SectionShape<Choice>(
    declaration: SectionDeclaration(
      name: "design", doc: "Which points of the factors' space are run; one of these.",
      keys: [
        grid.declaration, list.declaration, random.declaration, latinHypercube.declaration,
        sobol.declaration, morris.declaration, saltelli.declaration,
      ])
  ) { section in
    let choices = [
      section.optional(grid), section.optional(list).map { .list($0) }, section.optional(random),
      section.optional(latinHypercube), section.optional(sobol), section.optional(morris),
      section.optional(saltelli),
    ].compactMap { $0 }
    let given = section.tree.entries?.count ?? 0
    guard given == 1 else {
      section.reading.complain(
        at: section.tree.location, "\(section.path)", "names \(given) designs",
        do: "give one of grid, list, random, latinHypercube, sobol, morris and saltelli")
      return nil
    }
    return choices.first
  }

  static let kind = Kind<Choice>.either(
    scalar: .word([
      ("grid", .grid(levels: 5)), ("morris", .fixed(.morris(trajectories: 10, levels: 4))),
    ]), section: shape.kind)
}
