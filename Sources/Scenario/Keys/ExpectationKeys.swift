internal import Market

/// One element of `expect:`.
enum ExpectationKeys {
  private static let figure = Kind<Double>.fraction(in: .from(-1e18, to: 1e18))
  static let metric = Key(
    "metric", .text(limit: 200),
    "Metric, a column of replications.csv, with its unit (ttft_p95_s) or without (ttft_p95).")
  static let below = Key(
    "below", figure, optional: "another bound is given", "The metric must be smaller.")
  static let above = Key(
    "above", figure, optional: "another bound is given", "The metric must be larger.")
  static let within = Key(
    "within", Kind<[Double]>.list(of: figure, count: 2...2), optional: "another bound is given",
    "The metric must lie between these two, ends included.")
  static let confidence = Key(
    "confidence", .fraction(in: .from(0.5, to: 0.9999)), optional: "the mean alone must hold",
    "The whole interval over replications must hold at this confidence.")

  static let shape = SectionShape<Expectation>(
    declaration: SectionDeclaration(
      name: "expectation", doc: "What must hold for the scenario to pass.",
      keys: [
        metric.declaration, below.declaration, above.declaration, within.declaration,
        confidence.declaration,
      ])
  ) { section in
    let metric = section.required(metric)
    let below = section.optional(below)
    let above = section.optional(above)
    let within = section.optional(within)
    let confidence = section.optional(confidence)
    let given = ["below", "above", "within"].filter { section.has($0) }
    guard given.count == 1 else {
      section.reading.complain(
        at: section.tree.location, "\(section.path)",
        given.isEmpty ? "has no bound" : "has the bounds \(given.joined(separator: " and "))",
        do: "give one of below, above and within")
      return nil
    }
    if let within, within[0] > within[1] {
      section.complain("within", "ends before it starts", do: "write the smaller number first")
      return nil
    }
    let bound =
      below.map { Expectation.Bound.below($0) } ?? above.map { .above($0) }
      ?? within.map { .within(lower: $0[0], upper: $0[1]) }
    guard let metric, isKnown(metric, section), let bound else { return nil }
    return Expectation(metric: metric, bound: bound, confidence: confidence)
  }

  private static func isKnown(_ metric: String, _ section: Section) -> Bool {
    let metrics = section.reading.metrics
    if metrics.isEmpty || metrics.contains(metric) { return true }
    section.complain(
      "metric", "is \(metric.quotedForMessage), which is not a known metric",
      do: Nearest.advice(for: metric, among: metrics, what: "one of"))
    return false
  }
}
