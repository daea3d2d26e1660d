import Testing

@testable import Scenario

/// Scenarios in memory.
enum Fixture {
  /// The shortest scenario that is right; tests append to it or replace parts of it.
  static let minimal = """
    marketsim: 1
    name: small
    seed: 7
    duration: 1h
    hosts:
      - {name: home, count: 2, gpu: rtx4090, serves: [llama3-8b@q4_k_m]}
    renters:
      - {name: chat, count: 3, arrivals: {poisson: {rate: 1/s}}, lengths: azure-conv-fit}

    """

  static let trace = "arrival_s,prompt_tokens,output_tokens\n0.5,10,20\n1.25,30,40\n"

  /// Reads from a table of files.
  static func files(_ files: [String: String]) -> FileReading {
    { path, limit in
      guard let text = files[path] else { return .failure(.missing) }
      let bytes = Array(text.utf8)
      return bytes.count > limit ? .failure(.tooLarge(limit: limit)) : .success(bytes)
    }
  }

  /// Loads `s.yaml` among `others`.
  static func load(
    _ text: String, set overrides: [String] = [], metrics: [String] = [],
    others: [String: String] = [:]
  ) throws(ScenarioErrors) -> ResolvedScenario {
    let files = others.merging(["s.yaml": text]) { $1 }
    return try ScenarioFile.load(
      path: "s.yaml", overrides: overrides, metrics: metrics, readFile: Self.files(files))
  }

  /// The complaints about a scenario, one a line; empty when there are none.
  static func complaints(
    _ text: String, set overrides: [String] = [], metrics: [String] = [],
    others: [String: String] = [:]
  ) -> [String] {
    do throws(ScenarioErrors) {
      _ = try load(text, set: overrides, metrics: metrics, others: others)
      return []
    } catch {
      return error.errors.map(\.description)
    }
  }

  /// The minimal scenario with one part written differently.
  static func minimal(_ part: String, as other: String) -> String {
    let pieces = minimal.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(pieces.count == 2, "the minimal scenario does not hold \(part)")
    return pieces[0] + other + pieces[1]
  }
}
