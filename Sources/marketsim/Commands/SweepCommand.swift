import ArgumentParser
import BuildIdentity
import Experiments
import Foundation
import Market
import Report
import Scenario
import Statistics

/// `marketsim sweep FILE…`: designs over scenarios in, tidy tables out.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run scenarios over designs of their parameters.",
    discussion: """
      A sweep goes to OUTPUT/NAME/ID, where ID follows from the scenario at every point, the design \
      and this build. A killed or interrupted one goes on where it stopped; until it is complete, \
      OUTPUT/NAME/ID.partial/journal.csv holds every finished run and may be read.

      Exit codes: 0 all expectations hold, 1 one failed or a run failed, 2 bad input, 3 interrupted \
      (finished runs are kept).
      """)

  @Argument(help: ArgumentHelp("Sweep files.", valueName: "FILE"))
  var files: [String]

  @OptionGroup var common: SweepArguments
  @OptionGroup var cluster: ClusterArguments

  @Flag(help: "Print what would run and what it would cost, and run nothing.")
  var plan = false

  @Option(
    help: ArgumentHelp(
      "Run one of N equal parts, as 2/8; marketsim merge joins them.", valueName: "I/N"))
  var shard: String?

  func validate() throws {
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard is \(shard); write it as I/N with 1 ≤ I ≤ N, as in 2/8")
    }
    if shard != nil, cluster.engine != .local {
      throw ValidationError("--shard is what --engine \(cluster.engine.rawValue) runs; give one")
    }
  }

  func run() throws {
    let sweeps = try LoadedSweep.load(files, common)
    if plan {
      for sweep in sweeps { try printPlan(sweep) }
      return
    }
    var exit = ExitCode.success
    Interruption.watch()
    for sweep in sweeps {
      let outcome = try run(sweep)
      if outcome == .interrupted { throw outcome }
      if outcome != .success { exit = outcome }
    }
    if exit != .success { throw exit }
  }

  private func run(_ sweep: LoadedSweep) throws -> ExitCode {
    if cluster.engine != .local {
      return try ShardFleet(sweep: sweep, common: common, cluster: cluster).run()
    }
    let name = sweep.resolved.plan.name
    let progress = ProgressLine(isShown: !common.quiet, title: name, noun: "runs")
    var options = common.options(for: sweep)
    if let shard { options.shard = Shard(shard) ?? .whole }
    do {
      let result = try sweep.engine().run(options, progress: progress.show)
      progress.clear()
      return SweepReport(result, name: name).print(quiet: common.quiet, json: common.json)
    } catch {
      progress.clear()
      return try LoadedSweep.exitCode(of: error)
    }
  }

  /// Prints the size of a sweep and its cost, from two seconds of its first, middle and last point.
  private func printPlan(_ sweep: LoadedSweep) throws {
    let plan = sweep.resolved.plan
    let part = shard.flatMap { Shard($0) } ?? .whole
    let runs = plan.runCount(in: part)
    let cost = try sweep.estimatedSecondsPerRun()
    let hours = cost * Double(runs) / Double(common.workers)
    print("\(plan.name): \(try plan.id())")
    print("  scenario \(sweep.resolved.scenario)")
    for factor in plan.design.factors {
      print("  \(factor.path): \(factor.text(at: 0)) … \(factor.text(at: 1))")
    }
    let more = plan.precision.map { ", up to \($0.limit) where the mean is not yet precise" } ?? ""
    print(
      "  \(plan.runs.count) points, \(plan.replications) replications each\(more): \(runs) runs"
        + (part == .whole ? "" : " in shard \(part.number) of \(part.count)"))
    print(
      "  about \(TextTable.text(of: cost)) s a run, "
        + "\(ProgressLine.clock(hours)) on \(common.workers) workers")
  }
}

/// What `sweep` and the commands that run sweeps for it share.
struct SweepArguments: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Override a value at every point.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(name: .shortAndLong, help: "Folder of all results.")
  var output = "Results"

  @Option(name: .shortAndLong, help: "Threads, one run each; changes no byte of the results.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Repeat a sweep that is finished already.")
  var force = false

  @Flag(help: "Run more than 10,000 runs.")
  var yes = false

  @Flag(
    exclusivity: .chooseLast,
    help: "Go on after a failed run and keep it as a row (the default), or stop at it.")
  var failures = FailurePolicy.keepGoing

  @Flag(name: .shortAndLong, help: "Print neither progress nor summary.")
  var quiet = false

  @Flag(help: "Print the sensitivity table as JSON, one object a line.")
  var json = false

  enum FailurePolicy: String, EnumerableFlag {
    case keepGoing
    case failFast
  }

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output is empty; name a folder") }
    guard workers >= 1 else { throw ValidationError("--workers is \(workers); give 1 or more") }
  }

  func options(for sweep: LoadedSweep) -> SweepOptions {
    var options = SweepOptions()
    options.workers = workers
    options.root = output
    options.isForced = force
    options.stopsAtFailure = failures == .failFast
    options.version = MarketsimCommand.version
    options.provenance = [
      ("sweep_file", .text(sweep.path)),
      ("overrides", .list(overrides.map { .text($0) })),
    ]
    return options
  }
}
