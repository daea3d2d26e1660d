import ArgumentParser
import Experiments
import Foundation
import Report
import Statistics

/// What a person is told about a sweep that came to an end.
struct SweepReport {
  private let result: SweepResult
  private let name: String

  init(_ result: SweepResult, name: String) {
    self.result = result
    self.name = name
  }

  func print(quiet: Bool, json: Bool) -> ExitCode {
    if result.status == .interrupted || result.status == .stoppedAtFailure {
      let why = result.status == .interrupted ? "interrupted" : "stopped at a failed run"
      printError(
        "\(name): \(why); \(result.runs) runs are kept in \(result.folder), and the same command "
          + "goes on from there")
      return result.status == .interrupted ? .interrupted : .failure
    }
    if json, let sensitivity = result.sensitivity {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(sensitivity)))
    } else if !quiet {
      printSummary()
    }
    if result.failed > 0 {
      printError(
        "\(name): \(result.failed) of \(result.runs) runs failed; results.csv says which and why")
    }
    let broken = result.verdicts.filter { !$0.holds }
    for verdict in broken.prefix(20) {
      printError("\(name): point \(verdict.point): expectation fails: \(verdict.description)")
    }
    if broken.count > 20 { printError("\(name): \(broken.count - 20) more fail") }
    return broken.isEmpty && result.failed == 0 ? .success : .failure
  }

  private func printSummary() {
    let resumed = result.resumed > 0 ? ", \(result.resumed) of them kept from before" : ""
    Swift.print("\(name): \(result.points) points, \(result.runs) runs\(resumed)")
    let held = result.verdicts.count { $0.holds }
    if !result.verdicts.isEmpty {
      Swift.print("expectations: \(held) of \(result.verdicts.count) hold")
    }
    let how = result.status == .alreadyFinished ? "found finished" : "written"
    Swift.print("results \(how) in \(result.folder)")
  }
}
