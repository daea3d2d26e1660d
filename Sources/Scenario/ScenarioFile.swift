public import Market

/// Loads scenarios: YAML text in, a configuration that a run can trust out.
public enum ScenarioFile {
  /// Reads the scenario at `path` with everything that it extends and the traces that it names.
  ///
  /// - Parameter overrides: `path=value` each, as `renters[0].arrivals.trace=requests.csv` or
  ///   `hosts.home.count=10`; later ones win. Paths of files in them are relative to the working
  ///   directory, those in a scenario to its file.
  /// - Parameter fork: A change that the file does not have.
  /// - Parameter metrics: Names that an expectation may use; empty: any.
  /// - Parameter isTest: Lays what the file says under `test:` over the rest.
  /// - Throws: Every problem found, each with its place; those of `test:` too, where nothing is
  ///   overridden.
  public static func load(
    path: String, overrides: [String] = [], fork: ScenarioFork? = nil, metrics: [String] = [],
    isTest: Bool = false, readFile: @escaping FileReading
  ) throws(ScenarioErrors) -> ResolvedScenario {
    let reading = Reading(metrics: metrics, files: readFile)
    reading.traces = TraceCache()
    guard var tree = DocumentTree.loading(path: path, reading) else {
      throw ScenarioErrors(reading.errors)
    }
    for text in overrides { tree.apply(override: text, reading) }
    if let fork { tree.apply(fork, reading) }
    let resolved = isTest ? resolveTest(tree, reading) : resolve(tree, reading)
    guard let resolved, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    if !isTest, overrides.isEmpty, fork == nil, tree.entry("test") != nil {
      let testing = Reading(metrics: metrics, files: readFile)
      testing.traces = reading.traces
      _ = resolveTest(tree, testing)
      if !testing.errors.isEmpty { throw ScenarioErrors(testing.errors) }
    }
    return resolved
  }

  private static func resolve(_ tree: DocumentTree, _ reading: Reading) -> ResolvedScenario? {
    guard let configuration = ScenarioKeys.shape.read(tree, reading) else { return nil }
    guard reading.errors.isEmpty else { return nil }
    reading.check(configuration, against: tree)
    return ResolvedScenario(configuration: configuration)
  }

  /// The scenario as tests run it; nil after a complaint.
  private static func resolveTest(_ tree: DocumentTree, _ reading: Reading) -> ResolvedScenario? {
    guard let entry = tree.entry("test") else { return resolve(tree, reading) }
    let values = ScenarioKeys.test.kind.read(entry.value, .top.appending("test"), reading)
    guard let values else { return nil }
    var changed = tree
    for value in values {
      changed.apply(value.text, at: value.path, place: value.location, reading)
    }
    return resolve(changed, reading)
  }
}

/// A scenario after extension, overrides, defaults and checks.
public struct ResolvedScenario: Sendable, Equatable {
  public let configuration: MarketConfiguration
  /// Everything that a run depends on besides the code, one line a value in a fixed order.
  ///
  /// A trace counts by its content, not by its path; the description does not count.
  public let canonicalText: String

  init(configuration: MarketConfiguration) {
    self.configuration = configuration
    canonicalText = CanonicalText.of(configuration)
  }
}
