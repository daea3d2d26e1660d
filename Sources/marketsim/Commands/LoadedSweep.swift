import ArgumentParser
import BuildIdentity
import Experiments
import Foundation
import Market
import Scenario
import Statistics

/// A sweep file that has been read and found good, with the scenario at every point.
struct LoadedSweep {
  let path: String
  let resolved: ResolvedSweep

  /// Reads every file before anything runs; all problems of all files are printed.
  ///
  /// - Throws: `ExitCode.badInput` when any has a problem.
  static func load(_ paths: [String], _ arguments: SweepArguments) throws -> [LoadedSweep] {
    var sweeps: [LoadedSweep] = []
    var isGood = true
    for path in paths {
      do {
        let resolved = try SweepFile.load(
          path: path, overrides: arguments.overrides, metrics: .market,
          build: BuildIdentity.digest, allowsLarge: arguments.yes, readFile: DiskFile.read)
        sweeps.append(LoadedSweep(path: path, resolved: resolved))
      } catch {
        printError(error.description)
        isGood = false
      }
    }
    guard isGood else { throw ExitCode.badInput }
    return sweeps
  }

  func engine() throws -> SweepEngine<MarketModel> {
    let resolved = resolved
    return try SweepEngine(resolved.plan, metrics: .market) { point in
      try MarketModel(resolved.configuration(at: point))
    }
  }

  /// Prints what keeps a sweep from running; other errors are thrown on.
  static func exitCode(of error: any Error) throws -> ExitCode {
    switch error {
    case let problem as OutputError: printError(problem.description)
    case let problem as RunError: printError(problem.description)
    case let problem as SweepError: printError(problem.description)
    default: throw error
    }
    return .badInput
  }

  /// Wall time of a run on one thread, from two seconds each of the first, middle and last point.
  func estimatedSecondsPerRun() throws -> Double {
    var points = [0, resolved.plan.runs.count / 2, resolved.plan.runs.count - 1]
    points = Array(Set(points)).sorted()
    var total = 0.0
    for point in points {
      let model = try MarketModel(resolved.configuration(at: point))
      total += Self.seconds(of: model)
    }
    return total / Double(points.count)
  }

  private static func seconds(of model: MarketModel) -> Double {
    let start = ContinuousClock.now
    func elapsed() -> Double { (ContinuousClock.now - start) / .seconds(1) }
    let part = model.pilot { elapsed() > 2 }
    return part > 0 ? elapsed() / part : .infinity
  }
}
