public import Market

/// Loads scenarios: YAML text in, a configuration that a run can trust out.
public enum ScenarioFile {
  /// Reads the scenario at `path` with everything that it extends and the traces that it names.
  ///
  /// - Parameter overrides: `path=value` each, as `renters[0].arrivals.trace=requests.csv` or
  ///   `hosts.home.count=10`; later ones win. Paths of files in them are relative to the working
  ///   directory, those in a scenario to its file.
  /// - Parameter metrics: Names that an expectation may use; empty: any.
  /// - Throws: Every problem found, each with its place.
  public static func load(
    path: String, overrides: [String] = [], metrics: [String] = [],
    readFile: @escaping FileReading
  ) throws(ScenarioErrors) -> ResolvedScenario {
    let reading = Reading(metrics: metrics, files: readFile)
    let resolved = resolve(path: path, overrides: overrides, reading)
    guard let resolved, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    return resolved
  }

  private static func resolve(
    path: String, overrides: [String], _ reading: Reading
  ) -> ResolvedScenario? {
    guard var tree = DocumentTree.loading(path: path, reading) else { return nil }
    for text in overrides { tree.apply(override: text, reading) }
    guard let configuration = ScenarioKeys.shape.read(tree, reading) else { return nil }
    guard reading.errors.isEmpty else { return nil }
    reading.check(configuration, against: tree)
    return ResolvedScenario(configuration: configuration)
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
