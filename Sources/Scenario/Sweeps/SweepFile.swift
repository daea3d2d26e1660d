public import Experiments
public import Market
public import Statistics

/// Loads sweeps: a design over a scenario, every point of which has been read and found good.
public enum SweepFile {
  /// Runs beyond which a sweep has to be confirmed.
  public static let runLimit = 10_000

  /// Reads the sweep at `path`, its scenario, and the scenario at every point.
  ///
  /// - Parameters:
  ///   - overrides: `path=value` each, for the scenario at every point.
  ///   - metrics: What a replication reports.
  ///   - build: Of the code that will run it.
  ///   - allowsLarge: Accepts more than `runLimit` runs.
  /// - Throws: Every problem found, each with its place.
  public static func load(
    path: String, overrides: [String] = [], metrics: MetricSet, build: String,
    allowsLarge: Bool = false, readFile: @escaping FileReading
  ) throws(ScenarioErrors) -> ResolvedSweep {
    let names =
      metrics.entries.map(\.name) + metrics.entries.filter { $0.header != $0.name }.map(\.header)
    let reading = Reading(metrics: names, files: readFile)
    let sweep = resolve(path, overrides, metrics, build, allowsLarge, reading)
    guard let sweep, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    return sweep
  }

  private static func resolve(
    _ path: String, _ overrides: [String], _ metrics: MetricSet, _ build: String,
    _ allowsLarge: Bool, _ reading: Reading
  ) -> ResolvedSweep? {
    guard let tree = DocumentTree.loadingSweep(path: path, reading),
      let document = SweepKeys.shape.read(tree, reading)
    else { return nil }
    let scenarioPath = document.scenario.value.resolved(besides: path)
    guard
      var base = DocumentTree.loading(
        path: scenarioPath, namedAt: document.scenario.location, reading)
    else { return nil }
    for value in document.overrides {
      base.apply(value.text, at: value.path, place: value.location, reading)
    }
    for text in overrides { base.apply(override: text, reading) }
    guard reading.errors.isEmpty else { return nil }
    let maker = SweepMaker(document: document, base: base, reading: reading)
    guard let points = maker.design(allowsLarge: allowsLarge) else { return nil }
    return maker.sweep(points, metrics: metrics, build: build)
  }
}

/// A sweep whose points have all been read.
public struct ResolvedSweep: Sendable {
  public let plan: SweepPlan
  /// Path of the scenario, as it was read.
  public let scenario: String
  let points: SweepPoints

  /// The scenario at a point.
  ///
  /// - Throws: What is wrong there; nothing for points of `plan`, unless a trace has changed.
  public func configuration(at point: Int) throws(ScenarioErrors) -> MarketConfiguration {
    try points.configuration(of: plan.design.texts(at: point), number: point)
  }
}
