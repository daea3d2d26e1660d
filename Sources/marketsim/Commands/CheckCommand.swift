import ArgumentParser
import Market
import Scenario

/// Reads scenarios without running them and reports every problem that they have.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read scenario files and report every problem.",
    discussion: "Exits 0 when all are right and 2 when one is not.")

  @Argument(help: ArgumentHelp("Scenario files.", valueName: "FILE"))
  var files: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override a value, as in hosts.home.count=10 or renters[0].arrivals.trace=requests.csv.",
      valueName: "path=value"))
  var overrides: [String] = []

  func run() throws {
    var isRight = true
    for file in files {
      do throws(ScenarioErrors) {
        let scenario = try ScenarioFile.load(
          path: file, overrides: overrides, metrics: LoadedScenario.metricNames,
          readFile: DiskFile.read)
        print("\(file): ok\n\(ScenarioOutline(scenario.configuration))")
      } catch {
        isRight = false
        printError(error.description)
      }
    }
    if !isRight { throw ExitCode.badInput }
  }
}
