import ArgumentParser
import Experiments
import Foundation
import Market
import Scenario

/// `marketsim verify FILE`: whether a scenario always gives the same result.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a scenario again and again and find the first difference.",
    discussion: """
      Runs every replication twice, comparing event by event, then all on several workers, comparing \
      event digests and every metric to the last bit. Writes nothing.

      Exit codes: 0 always the same, 1 something differs, 2 bad input, 3 interrupted.
      """)

  @Argument(help: ArgumentHelp("Scenario files.", valueName: "FILE"))
  var files: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Override a value.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(name: .shortAndLong, help: "Threads of the run that is compared with one.")
  var workers = max(2, ProcessInfo.processInfo.activeProcessorCount)

  @Flag(name: .shortAndLong, help: "Print no progress.")
  var quiet = false

  func validate() throws {
    guard workers >= 2 else { throw ValidationError("--workers is \(workers); give 2 or more") }
  }

  func run() throws {
    Interruption.watch()
    var isSame = true
    for scenario in try LoadedScenario.load(files, overrides: overrides) {
      var configuration = scenario.resolved.configuration
      configuration.outputs.events = true
      let line = ProgressLine(isShown: !quiet, title: configuration.name)
      let verification = Verification(
        try MarketModel(configuration), replications: configuration.replications,
        workers: workers, trace: "events")
      let outcome = try verification.run(progress: line.show(share:))
      line.clear()
      switch outcome {
      case .same(let digests, let events):
        print(
          "\(configuration.name): the same \(events) events and metrics in \(digests.count) "
            + "replications, run twice and on \(workers) workers; digests "
            + digests.prefix(3).joined(separator: " ") + (digests.count > 3 ? " …" : ""))
      case .different(let divergence):
        isSame = false
        printError("\(configuration.name): \(divergence.description)")
      case .interrupted: throw ExitCode.interrupted
      }
    }
    if !isSame { throw ExitCode.failure }
  }
}
