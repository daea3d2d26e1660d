internal import Experiments
internal import Market

/// Makes the scenario of a point: the base with the factors' values laid over it.
struct SweepPoints: Sendable {
  let base: DocumentTree
  /// Of each factor: where in the scenario, and where it was written.
  let targets: [(path: DocumentPath, location: SourceLocation)]
  /// nil: all points share their random numbers.
  let independentSeed: UInt64?
  let metrics: [String]
  let files: FileReading
  let traces: TraceCache

  func configuration(of texts: [String], number: Int) throws(ScenarioErrors) -> MarketConfiguration
  {
    let reading = Reading(metrics: metrics, files: files)
    reading.traces = traces
    var tree = base
    for (target, text) in zip(targets, texts) {
      tree.apply(text, at: target.path, place: target.location, reading)
    }
    let configuration = ScenarioKeys.shape.read(tree, reading)
    if var whole = configuration, reading.errors.isEmpty {
      // The scenario's own expectations are of the scenario alone; a sweep judges its points by its own.
      whole.expectations = []
      reading.check(whole, against: tree)
    }
    guard var configuration, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    if independentSeed != nil {
      configuration.seed = SweepPlan.independentSeed(of: number, from: configuration.seed)
    }
    return configuration
  }
}
