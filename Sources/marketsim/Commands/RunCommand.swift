import ArgumentParser
import BuildIdentity
import Experiments
import Foundation
import Market
import Report
import Scenario
import Statistics

/// `marketsim run FILE…`: scenarios in, result folders and a summary out.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run scenarios and write their results.",
    discussion: """
      Each run goes to OUTPUT/SCENARIO/ID, where ID follows from the resolved scenario, the seed and \
      this build: the same run is not repeated, and an interrupted one goes on where it stopped.

      With --fork-at TIME each scenario runs twice with the same draws: as it is, and with what --set \
      says in force from TIME on. What is printed is the paired difference. Keys that may change: \
      prices and fees of chain, numbers of protocol, verifiers.checkRate, patience and \
      willingnessToPay of renters, and demand.factor, outage and for as under changes in a scenario.

      Exit codes: 0 all expectations hold, 1 one failed or a replication failed, 2 bad input, \
      3 interrupted (finished replications are kept).
      """)

  @Argument(help: "Scenario files.")
  var files: [String]

  @Option(name: .customLong("set"), help: "Override PATH=VALUE, such as replications=2.")
  var overrides: [String] = []

  @Option(name: .customLong("fork-at"), help: "Set what --set says from this time on, such as 2h.")
  var forkAt: String?

  @Option(
    name: .customLong("both"),
    help: "With --fork-at: override PATH=VALUE from the start, in both runs.")
  var shared: [String] = []

  @Option(name: .shortAndLong, help: "Folder of all results.")
  var output = "Results"

  @Option(
    name: .shortAndLong, help: "Threads, one replication each; changes no byte of the results.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Repeat a run that is finished already.")
  var force = false

  @Flag(name: .shortAndLong, help: "Print neither progress nor summary.")
  var quiet = false

  @Flag(help: "Print the summary as JSON, one object a line.")
  var json = false

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output is empty; name a folder") }
    guard forkAt == nil || !overrides.isEmpty else {
      throw ValidationError("--fork-at changes nothing; say what with --set KEY=VALUE")
    }
    guard forkAt != nil || shared.isEmpty else {
      throw ValidationError("--both is for --fork-at; without it, write --set")
    }
    guard workers >= 1 else { throw ValidationError("--workers is \(workers); give 1 or more") }
  }

  func run() throws {
    if let forkAt { return try runForks(at: forkAt) }
    let scenarios = try LoadedScenario.load(files, overrides: overrides)
    var exit = ExitCode.success
    Interruption.watch()
    for scenario in scenarios {
      let outcome = try run(scenario)
      if outcome == .interrupted { throw ExitCode.interrupted }
      if outcome != .success { exit = outcome }
    }
    if exit != .success { throw exit }
  }

  private func run(_ scenario: LoadedScenario) throws -> ExitCode {
    guard let result = try result(of: scenario) else { return .badInput }
    return report(result, scenario.resolved.configuration)
  }

  /// - Returns: Nil after a complaint.
  func result(of scenario: LoadedScenario) throws -> RunResult? {
    let configuration = scenario.resolved.configuration
    let progress = ProgressLine(isShown: !quiet, title: configuration.name)
    do {
      let model = try MarketModel(configuration)
      let engine = ReplicationEngine(model, plan: plan(of: scenario, model))
      let result = try engine.run(progress: progress.show)
      progress.clear()
      return result
    } catch let problem as OutputError {
      progress.clear()
      printError(problem.description)
      return nil
    } catch let problem as RunError {
      progress.clear()
      printError(problem.description)
      return nil
    }
  }

  private func plan(of scenario: LoadedScenario, _ model: MarketModel) -> RunPlan {
    let configuration = scenario.resolved.configuration
    let outputs = configuration.outputs
    let tables = model.tables.map(\.name).filter { name in
      switch name {
      case "jobs": outputs.jobs
      case "transactions": outputs.transactions
      case "events": outputs.events
      default: true
      }
    }
    var plan = RunPlan(
      identity: RunIdentity(
        scenario: configuration.name, resolvedScenario: scenario.resolved.canonicalText,
        seed: configuration.seed, replications: configuration.replications, tables: tables,
        build: BuildIdentity.digest))
    plan.expectations = configuration.expectations
    plan.workers = workers
    plan.root = output
    plan.isForced = force
    plan.version = MarketsimCommand.version
    plan.provenance = [
      ("scenario_file", .text(scenario.path)),
      ("overrides", .list(overrides.map { .text($0) })),
    ]
    return plan
  }

  private func report(_ result: RunResult, _ configuration: MarketConfiguration) -> ExitCode {
    let verdicts = result.verdicts
    if !quiet || json { printSummary(result, verdicts) }
    for outcome in result.outcomes {
      if case .failed(let reason) = outcome.status {
        printError("\(configuration.name): replication \(outcome.replication) failed: \(reason)")
      }
    }
    if result.status == .interrupted {
      let kept = result.outcomes.count { $0.output != nil }
      printError(
        "\(configuration.name): interrupted; \(kept) of \(result.outcomes.count) replications are "
          + "kept in \(result.folder), and the same command goes on from there")
      return .interrupted
    }
    let short = result.outcomes.count { outcome in
      outcome.output?.values.number(named: "warm_up_undetermined") == 1
    }
    if short > 0 {
      printError(
        "\(configuration.name): warning: \(short) of \(result.outcomes.count) replications are too "
          + "short for MSER-5 to say where their warm-up ends; lengthen the duration or state the "
          + "warm-up, as in horizon: {steadyState: {warmUp: 2h}}")
    }
    for verdict in verdicts where !verdict.holds {
      printError("\(configuration.name): expectation fails: \(verdict.description)")
    }
    let isGood = verdicts.allSatisfy(\.holds) && !result.outcomes.contains(where: \.isFailed)
    return isGood ? .success : .failure
  }

  private func printSummary(_ result: RunResult, _ verdicts: [ExpectationVerdict]) {
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(result.summary)))
      return
    }
    print(TextTable.render(SummaryTable.overview(of: result)))
    if let note = result.intervalNote { print("note: \(note)") }
    for verdict in verdicts where verdict.holds { print("holds: \(verdict.description)") }
    let how = result.status == .alreadyFinished ? "found finished" : "written"
    print("results \(how) in \(result.folder)")
  }
}
