internal import Experiments
internal import Market
internal import Statistics

/// Turns what a sweep file says into a plan.
struct SweepMaker {
  let document: SweepDocument
  let base: DocumentTree
  let reading: Reading

  /// Complaints about single points that are shown; they tend to repeat.
  private static let complaintLimit = 20
  private static let pointLimit = 10_000_000

  /// The points, or nil after a complaint.
  func design(allowsLarge: Bool) -> SweepDesign? {
    switch document.design.value {
    case .list(let points): return listed(points)
    case .grid(let levels):
      let counts = document.factors.map { $0.value.gridLevels(standard: levels) }
      return designed(.grid(levels: counts), allowsLarge)
    case .fixed(let design): return designed(design, allowsLarge)
    }
  }

  private func listed(_ points: [[PathValue]]) -> SweepDesign? {
    let location = document.design.location
    if !document.factors.isEmpty || !document.constraints.isEmpty {
      reading.complain(
        at: location, "design.list", "stands beside factors or constraints",
        do: "keep the list, or write another design")
      return nil
    }
    let paths = points[0].map(\.writtenPath)
    for (index, point) in points.enumerated()
    where point.map(\.writtenPath).sorted() != paths.sorted() {
      reading.complain(
        at: point.first?.location ?? location, "design.list[\(index)]",
        "names other paths than design.list[0]",
        do: "give every point a value for each of \(Nearest.list(paths))")
      return nil
    }
    let texts = points.map { point in
      paths.map { path in point.first { $0.writtenPath == path }?.text ?? "" }
    }
    return SweepDesign(paths: paths, points: texts)
  }

  private func designed(_ design: ExperimentDesign, _ allowsLarge: Bool) -> SweepDesign? {
    let factors = document.factors.map(\.value)
    let location = document.design.location
    guard !factors.isEmpty else {
      reading.complain(at: location, "factors", "is missing", do: "give at least one factor")
      return nil
    }
    for (index, factor) in document.factors.enumerated()
    where factors[..<index].contains(where: { $0.path == factor.value.path }) {
      reading.complain(
        at: factor.location, "factors[\(index)].path", "names \(factor.value.path) again",
        do: "vary each place once")
    }
    let constraints = document.constraints.compactMap {
      ConstraintText.read($0, factors: factors, reading)
    }
    switch design {
    case .sobol where factors.count > ExperimentDesign.sobolDimensions,
      .saltelli where 2 * factors.count > ExperimentDesign.sobolDimensions:
      reading.complain(
        at: location, "design", "has \(factors.count) factors, more than its sequence has axes",
        do: "use at most 40 factors for sobol and 20 for saltelli, or screen them with morris")
    case .morris where !document.constraints.isEmpty,
      .saltelli where !document.constraints.isEmpty:
      reading.complain(
        at: document.constraints[0].location, "constraints",
        "would tear points out of a design whose points belong together",
        do: "remove them, or use random, latinHypercube or sobol")
    default: break
    }
    let count = design.count(factors: factors.count)
    let (runs, overflow) = count.multipliedReportingOverflow(by: document.replications ?? 1)
    let isTooLarge = overflow || count > Self.pointLimit
    if isTooLarge || (runs > SweepFile.runLimit && !allowsLarge) {
      let size = overflow || count == .max ? "too many" : runs.grouped
      reading.complain(
        at: location, "design", "asks for \(size) runs",
        do: isTooLarge
          ? "stay below \(Self.pointLimit.grouped) points"
          : "confirm with --yes, or make it smaller (more than \(SweepFile.runLimit.grouped) runs "
            + "have to be confirmed)")
    }
    guard reading.errors.isEmpty else { return nil }
    let made = SweepDesign(
      factors: factors, design: design, constraints: constraints, seed: document.seed)
    if made.count == 0 {
      reading.complain(
        at: document.constraints[0].location, "constraints", "leave none of \(count) points",
        do: "loosen them, or check that they do not contradict each other")
      return nil
    }
    return made
  }

  /// The plan, once every point has been read and found good.
  func sweep(_ design: SweepDesign, metrics: MetricSet, build: String) -> ResolvedSweep? {
    let targets = design.factors.enumerated().map { index, factor in
      let location =
        document.factors.isEmpty ? document.design.location : document.factors[index].location
      return (path: DocumentPath(parsing: factor.path) ?? .top, location: location)
    }
    let points = SweepPoints(
      base: base, targets: targets,
      independentSeed: document.sharesRandomNumbers ? nil : document.seed,
      metrics: reading.metrics, files: reading.files, traces: TraceCache())
    var runs: [String] = []
    var seeds: [String] = []
    var replications = 1
    var shown: Set<String> = []
    for point in 0..<design.count {
      do {
        let configuration = try points.configuration(of: design.texts(at: point), number: point)
        replications = configuration.replications
        var identity = configuration
        // The sweep says how often and what for.
        identity.replications = 1
        identity.expectations = []
        seeds.append(String(configuration.seed))
        runs.append(
          String(SHA256.hexadecimal(of: CanonicalText.of(identity).utf8).prefix(32)))
      } catch {
        for error in error.errors where shown.insert(error.description).inserted {
          reading.complain(
            at: error.location, error.key, "\(error.whatHappened) (point \(point))",
            do: error.whatToDo)
        }
        if shown.count >= Self.complaintLimit { break }
      }
    }
    let expectations = document.expectations.compactMap { expectation($0, design.factors) }
    let names = written(metrics)
    guard reading.errors.isEmpty else { return nil }
    let precision = document.stopping.map { rule in
      SweepPlan.Precision(
        metric: Self.name(of: rule.metric, metrics), relativeHalfWidth: rule.relativeHalfWidth,
        confidence: rule.confidence, limit: rule.limit)
    }
    let plan = SweepPlan(
      name: document.name, design: design, runs: runs, seeds: seeds, seed: document.seed,
      replications: document.replications ?? replications, precision: precision, metrics: names,
      expectations: expectations, build: build)
    return ResolvedSweep(
      plan: plan,
      scenario: document.scenario.value.resolved(besides: document.scenario.location.source),
      points: points)
  }

  private func expectation(
    _ line: SweepExpectationKeys.Line, _ factors: [SweepFactor]
  ) -> SweepExpectation? {
    var indices: [Int] = []
    for value in line.at {
      guard let index = factors.firstIndex(where: { $0.path == value.writtenPath }) else {
        reading.complain(
          at: value.location, "at.\(value.writtenPath)", "is no factor of this sweep",
          do: Nearest.advice(for: value.writtenPath, among: factors.map(\.path), what: "one of"))
        return nil
      }
      indices.append(index)
    }
    return SweepExpectation(line.expectation, factors: indices, texts: line.at.map(\.text))
  }

  /// Names of the metrics that are written: those asked for and those that rules need.
  private func written(_ metrics: MetricSet) -> [String] {
    var wanted: Set<Int> = []
    for name in document.metrics {
      if let index = metrics.index(named: name) {
        wanted.insert(index)
        continue
      }
      // `ttft` stands for all of its statistics.
      let family = metrics.entries.indices.filter { metrics.entries[$0].metric.name == name }
      wanted.formUnion(family)
      if family.isEmpty {
        reading.complain(
          at: document.design.location, "metrics",
          "names \(name.quotedForMessage), which is not a known metric",
          do: Nearest.advice(for: name, among: reading.metrics, what: "one of"))
      }
    }
    if wanted.isEmpty { return metrics.entries.map(\.name) }
    let needed =
      document.expectations.map(\.expectation.metric)
      + (document.stopping.map { [$0.metric] } ?? [])
    wanted.formUnion(needed.compactMap { metrics.index(named: $0) })
    return wanted.sorted().map { metrics.entries[$0].name }
  }

  private static func name(of metric: String, _ metrics: MetricSet) -> String {
    metrics.index(named: metric).map { metrics.entries[$0].name } ?? metric
  }
}
