internal import Experiments
public import Market
public import Statistics

/// A scenario with some of its numbers left open, each between two values.
public struct ParameterSpace: Sendable {
  private let factors: [SweepFactor]
  private let points: SweepPoints

  /// - Parameters:
  ///   - paths: As `--set` takes them.
  ///   - from: The smallest value of each, with its unit; `to` the largest, in the same unit.
  ///   - scales: `linear`, `log` or `integer`, one for each.
  ///   - steps: Values are `from` plus a multiple of it; one for each, or none.
  /// - Throws: Every problem found, those of the scenario at both ends of the ranges included.
  public init(
    file: String, paths: [String], from: [String], to: [String], scales: [String],
    steps: [String] = [],
    metrics: MetricSet, overrides: [String], readFile: @escaping FileReading
  ) throws(ScenarioErrors) {
    let names =
      metrics.entries.map(\.name) + metrics.entries.filter { $0.header != $0.name }.map(\.header)
    let reading = Reading(metrics: names, files: readFile)
    var base = DocumentTree.loading(path: file, reading)
    for text in overrides { base?.apply(override: text, reading) }
    var factors: [SweepFactor] = []
    var targets: [(path: DocumentPath, location: SourceLocation)] = []
    for index in paths.indices {
      let place = SourceLocation(
        source: "--vary \(paths[index])", line: 0, column: 0, rank: reading.nextRank())
      func entry(_ key: String, _ text: String) -> DocumentTree.Entry {
        DocumentTree.Entry(
          key: key, keyLocation: place,
          value: DocumentTree(content: .scalar(text), location: place))
      }
      // Read as the same words would be in a sweep file, with the same complaints.
      var entries = [
        entry("path", paths[index]), entry("from", from[index]), entry("to", to[index]),
        entry("scale", scales[index]),
      ]
      if !steps.isEmpty { entries.append(entry("step", steps[index])) }
      let tree = DocumentTree(content: .map(entries), location: place)
      let path = DocumentPath.top.appending("--vary").appending(index)
      guard let factor = FactorKeys.shape.read(tree, at: path, reading) else { continue }
      factors.append(factor.value)
      targets.append((DocumentPath(parsing: paths[index]) ?? .top, place))
    }
    guard let base, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    self.factors = factors
    points = SweepPoints(
      base: base, targets: targets, independentSeed: nil, metrics: names, files: readFile,
      traces: TraceCache())
    for place in [0.0, 1] {
      _ = try configuration(at: Array(repeating: place, count: factors.count))
    }
  }

  /// The values at a place, 0 … 1 for each parameter, as a scenario writes them.
  public func texts(at place: [Double]) -> [String] {
    zip(factors, place).map { $0.text(at: $1) }
  }

  /// - Throws: What is wrong with the scenario there.
  public func configuration(at place: [Double]) throws(ScenarioErrors) -> MarketConfiguration {
    try points.configuration(of: texts(at: place), number: 0)
  }
}
