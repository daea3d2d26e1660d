internal import Experiments
internal import Market

/// The top level of a sweep file, as it is written.
struct SweepDocument: Sendable {
  var name: String
  var scenario: Located<String>
  var overrides: [PathValue]
  var seed: UInt64
  var design: Located<DesignKeys.Choice>
  var factors: [Located<SweepFactor>]
  var constraints: [Located<String>]
  /// nil: the scenario's.
  var replications: Int?
  var sharesRandomNumbers: Bool
  /// Empty: all.
  var metrics: [String]
  var stopping: SweepPlan.Precision?
  var expectations: [SweepExpectationKeys.Line]
}

enum SweepKeys {
  static let sweep = Key("sweep", .integer(in: 1...1), "Version of the format.")
  static let name = Key("name", .name, "Name of the sweep and of its results folder.")
  static let summary = Key(
    "description", .text(limit: 10_000), optional: "no description",
    "What is varied.")
  static let question = Key(
    "question", .text(limit: 500), optional: "the sweep answers none",
    "The question that the sweep answers, as marketsim list scenarios prints it.")
  static let scenario = Key(
    "scenario", .path, "Scenario that is varied, relative to this file.")
  static let set = Key(
    "set", .pathValues, optional: "the scenario as it is",
    "Values that differ from the scenario at every point.")
  static let seed = Key(
    "seed", Kind<UInt64>.integer(in: 0...UInt64.max), standard: "1",
    "Seed of the design; the scenario keeps its own.")
  static let design = Key("design", DesignKeys.kind, "Which points are run.")
  static let factors = Key(
    "factors", Kind<[Located<SweepFactor>]>.list(of: FactorKeys.shape.kind, count: 1...1_000),
    optional: "the design is a list", "What is varied.")
  static let constraints = Key(
    "constraints", Kind<[Located<String>]>.list(of: .locatedText, count: 1...1_000),
    optional: "every point is run",
    "What must hold between factors or numbers, as hosts.home.count <= 500; other points are left "
      + "out.")
  static let replications = Key(
    "replications", .integer(in: 1...100_000), optional: "that of the scenario",
    "Replications of each point; with stopping, also the step in which they grow.")
  static let commonRandomNumbers = Key(
    "commonRandomNumbers", .flag, standard: "true",
    "Every point sees the same arrivals, lengths and outages, so that differences are sharp.")
  static let metrics = Key(
    "metrics", Kind<[String]>.list(of: .text(limit: 200), count: 1...1_000),
    optional: "all", "Metrics that are written.")
  static let stopping = Key(
    "stopping", StoppingKeys.shape.kind, optional: "each point has as many replications",
    "When a point has enough replications.")
  static let expect = Key(
    "expect",
    Kind<[SweepExpectationKeys.Line]>.list(
      of: SweepExpectationKeys.shape.kind, count: 0...10_000), optional: "nothing",
    "What must hold at the points for the sweep to pass.")

  static let shape = SectionShape<SweepDocument>(
    declaration: SectionDeclaration(
      name: "sweep", doc: "A sweep file.",
      keys: [
        sweep.declaration, name.declaration, question.declaration, summary.declaration,
        scenario.declaration, set.declaration, seed.declaration, design.declaration,
        factors.declaration,
        constraints.declaration, replications.declaration, commonRandomNumbers.declaration,
        metrics.declaration, stopping.declaration, expect.declaration,
      ])
  ) { section in
    _ = section.required(sweep)
    let name = section.required(name)
    _ = section.optional(question)
    _ = section.optional(summary)
    let scenario = section.required(scenario)
    let overrides = section.optional(set) ?? []
    let seed = section.standard(seed)
    let design = section.required(design)
    let factors = section.optional(factors)
    let constraints = section.optional(constraints) ?? []
    let replications = section.optional(replications)
    let sharesRandomNumbers = section.standard(commonRandomNumbers)
    let metrics = section.optional(metrics) ?? []
    let stopping = section.optional(stopping)
    let expectations = section.optional(expect) ?? []
    guard let name, let scenario, let design else { return nil }
    if section.has("factors"), factors == nil { return nil }
    return SweepDocument(
      name: name, scenario: Located(value: scenario, location: section.location(of: "scenario")),
      overrides: overrides, seed: seed,
      design: Located(value: design, location: section.location(of: "design")),
      factors: factors ?? [], constraints: constraints, replications: replications,
      sharesRandomNumbers: sharesRandomNumbers, metrics: metrics, stopping: stopping,
      expectations: expectations)
  }
}

/// `stopping:`.
enum StoppingKeys {
  static let metric = Key("metric", .text(limit: 200), "Metric whose mean must be precise.")
  static let relativeHalfWidth = Key(
    "relativeHalfWidth", .fraction(in: .above(0, to: 10)),
    "Half-width of the mean's interval over the mean, at which a point has enough. Who stops when the "
      + "interval happens to be narrow is right less often than it says: some 86 % of the time at 95 %, "
      + "and two replications a step.")
  static let confidence = Key(
    "confidence", .fraction(in: .from(0.5, to: 0.9999)), standard: "95%", "Of that interval.")
  static let limit = Key(
    "maxReplications", .integer(in: 2...1_000_000), "Replications at which a point is given up.")

  static let shape = SectionShape<SweepPlan.Precision>(
    declaration: SectionDeclaration(
      name: "stopping", doc: "Replications are added until a mean is precise.",
      keys: [
        metric.declaration, relativeHalfWidth.declaration, confidence.declaration,
        limit.declaration,
      ])
  ) { section in
    let metric = section.required(metric)
    let width = section.required(relativeHalfWidth)
    let confidence = section.standard(confidence)
    let limit = section.required(limit)
    guard let metric, let width, let limit else { return nil }
    guard section.reading.isMetric(metric, of: section, key: "metric") else { return nil }
    return SweepPlan.Precision(
      metric: metric, relativeHalfWidth: width, confidence: confidence, limit: limit)
  }
}

/// One element of a sweep's `expect:`.
enum SweepExpectationKeys {
  struct Line: Sendable {
    var expectation: Expectation
    var at: [PathValue]
    var location: SourceLocation
  }

  static let at = Key(
    "at", .pathValues, optional: "at every point",
    "Factors and the values at which it must hold.")

  static let shape = SectionShape<Line>(
    declaration: SectionDeclaration(
      name: "point expectation", doc: "What must hold at points of the sweep.",
      keys: ExpectationKeys.shape.declaration.keys + [at.declaration])
  ) { section in
    let at = section.optional(at) ?? []
    guard let expectation = ExpectationKeys.shape.make(section) else { return nil }
    return Line(expectation: expectation, at: at, location: section.tree.location)
  }
}

extension Kind where Value == Located<String> {
  static var locatedText: Kind {
    let text = Kind<String>.text(limit: 1000)
    return Kind(notation: .text) { tree, path, reading in
      text.read(tree, path, reading).map { Located(value: $0, location: tree.location) }
    }
  }
}

extension Reading {
  /// Complains about a name that is no metric.
  func isMetric(_ name: String, of section: Section, key: String) -> Bool {
    if metrics.isEmpty || metrics.contains(name) { return true }
    section.complain(
      key, "is \(name.quotedForMessage), which is not a known metric",
      do: Nearest.advice(for: name, among: metrics, what: "one of"))
    return false
  }
}
