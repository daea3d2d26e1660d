import ArgumentParser
import Foundation
import Market
import Scenario
import Statistics

/// A scenario file that has been read and found good.
struct LoadedScenario {
  let path: String
  let resolved: ResolvedScenario

  /// Reads every file before anything runs; all problems of all files are printed.
  ///
  /// - Throws: `ExitCode.badInput` when any has a problem.
  static func load(
    _ paths: [String], overrides: [String], fork: ScenarioFork? = nil
  ) throws -> [LoadedScenario] {
    var scenarios: [LoadedScenario] = []
    var isGood = true
    for path in paths {
      do {
        let resolved = try ScenarioFile.load(
          path: path, overrides: overrides, fork: fork, metrics: metricNames,
          readFile: DiskFile.read)
        scenarios.append(LoadedScenario(path: path, resolved: resolved))
      } catch {
        printError(error.description)
        isGood = false
      }
    }
    guard isGood else { throw ExitCode.badInput }
    return scenarios
  }

  /// Names that `expect:` lines may use: as in `summary.csv`, then with the unit as in
  /// `replications.csv`.
  static var metricNames: [String] {
    let entries = MetricSet.market.entries
    return entries.map(\.name) + entries.filter { $0.header != $0.name }.map(\.header)
  }
}
