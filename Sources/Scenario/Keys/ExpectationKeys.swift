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
    "The whole interval over replications must hold at this confidence. Replications that all agree have "
      + "one of no width, however few they are.")
  static let halfWidth = Key(
    "halfWidth", .number(in: .above(0, to: 1e18)), optional: "within says how wide it may be",
    "Half of that interval must be no more; below and above with a confidence need it, in the unit of "
      + "the metric.")

  static let shape = SectionShape<Expectation>(
    declaration: SectionDeclaration(
      name: "expectation", doc: "What must hold for the scenario to pass.",
      keys: [
        metric.declaration, below.declaration, above.declaration, within.declaration,
        confidence.declaration, halfWidth.declaration,
      ])
  ) { section in
    let metric = section.required(metric)
    let below = section.optional(below)
    let above = section.optional(above)
    let within = section.optional(within)
    let confidence = section.optional(confidence)
    let halfWidth = section.optional(halfWidth)
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
    checkWidth(section)
    return Expectation(
      metric: metric, bound: bound, confidence: confidence, halfWidth: halfWidth)
  }

  /// Whoever asks for an interval says how wide it may be: a wide one proves little.
  private static func checkWidth(_ section: Section) {
    if section.has("halfWidth"), !section.has("confidence") {
      section.complain(
        "halfWidth", "is of an interval, and the mean alone must hold",
        do: "add a confidence beside it, or leave it out")
    } else if section.has("confidence"), !section.has("within"), !section.has("halfWidth") {
      section.complain(
        "confidence", "asks for an interval that may be of any width",
        do: "add a halfWidth beside it, or give within")
    }
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
