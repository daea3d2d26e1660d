import ArgumentParser
import Experiments
import Foundation
import Market
import Report
import Scenario

/// `marketsim run FILE --fork-at T --set KEY=VALUE`: what a change at one moment makes of the rest.
extension RunCommand {
  func runForks(at time: String) throws {
    let plain = try LoadedScenario.load(files, overrides: shared)
    let forked = try LoadedScenario.load(
      files, overrides: shared, fork: ScenarioFork(at: time, settings: overrides))
    Interruption.watch()
    var exit = ExitCode.success
    for (first, second) in zip(plain, forked) {
      let outcome = try compare(first, second, from: time)
      if outcome == .interrupted { throw ExitCode.interrupted }
      if outcome != .success { exit = outcome }
    }
    if exit != .success { throw exit }
  }

  private func compare(
    _ plain: LoadedScenario, _ forked: LoadedScenario, from time: String
  ) throws -> ExitCode {
    guard let first = try result(of: plain) else { return .badInput }
    if first.status == .interrupted { return .interrupted }
    guard let second = try result(of: forked) else { return .badInput }
    if second.status == .interrupted { return .interrupted }
    do {
      let comparison = try RunComparison(first.folder, second.folder)
      if json {
        FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(comparison.table)))
      } else if !quiet {
        print("first: \(plain.resolved.configuration.name) as it is, in \(first.folder)")
        print("second: from \(time) on \(overrides.joined(separator: ", ")), in \(second.folder)")
        print(TextTable.render(comparison.table), terminator: "")
      }
    } catch let error as ComparisonError {
      printError(error.description)
      return .failure
    }
    if plain.resolved.configuration.replications == 1 {
      printError(
        "note: one replication gives no interval; add --both replications=10 or more")
    }
    let failed = (first.outcomes + second.outcomes).contains(where: \.isFailed)
    return failed ? .failure : .success
  }
}
