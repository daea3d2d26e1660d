import ArgumentParser
import BuildIdentity
import Experiments
import Foundation
import Market
import Report
import Scenario
import Statistics

/// Runs the shards of a sweep as processes elsewhere, again where they fail, and merges them.
///
/// A finished shard is a folder that was renamed into place, so whatever happened to a process or a
/// node, what is missing can be seen and only that is run again; each goes on from its journal.
struct ShardFleet {
  let sweep: LoadedSweep
  let common: SweepArguments
  let cluster: ClusterArguments

  /// Rounds after which shards that still do not finish are given up.
  private static let rounds = 4

  func run() throws -> ExitCode {
    let plan = sweep.resolved.plan
    let shards = try SweepShards(plan, root: common.output, count: cluster.shards)
    if !shards.isMerged || common.force {
      for round in 0..<Self.rounds {
        let missing = shards.missing
        if missing.isEmpty { break }
        if !common.quiet, round > 0 {
          printError("\(plan.name): \(missing.count) shards did not finish; running them again")
        }
        guard try submit(missing, shards) else { return .success }
        if Interruption.isRequested { return .interrupted }
      }
      let missing = shards.missing
      guard missing.isEmpty else {
        printError(
          "\(plan.name): error: shards \(missing.prefix(20).map(String.init).joined(separator: ", ")) "
            + "do not finish; see the logs in \(work(shards)), then run the same command again")
        return .failure
      }
    }
    do {
      var options = common.options(for: sweep)
      options.provenance.append(("engine", .text(cluster.engine.rawValue)))
      let result = try SweepMerge(shards.folders, metrics: .market, build: BuildIdentity.digest)
        .run(options)
      return SweepReport(result, name: plan.name).print(quiet: common.quiet, json: common.json)
    } catch {
      return try LoadedSweep.exitCode(of: error)
    }
  }

  private func work(_ shards: SweepShards) -> String { shards.merged + ".cluster" }

  /// - Returns: False when detached.
  private func submit(_ missing: [Int], _ shards: SweepShards) throws -> Bool {
    let folder = work(shards)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      printError("\(folder): error: cannot create folder: \(error.localizedDescription)")
      throw ExitCode.badInput
    }
    let script = folder + "/shard.sh"
    try Data(self.script.utf8).write(to: URL(fileURLWithPath: script))
    switch cluster.engine {
    case .local: preconditionFailure("a local sweep has no fleet")
    case .slurm:
      var arguments = ["sbatch", "--parsable"]
      if !cluster.detach { arguments.append("--wait") }
      if let partition = cluster.partition { arguments.append("--partition=\(partition)") }
      let limit = cluster.nodes.map { "%\($0)" } ?? ""
      arguments += [
        "--job-name=marketsim-\(sweep.resolved.plan.name)", "--requeue",
        "--array=\(missing.map(String.init).joined(separator: ","))\(limit)",
        "--cpus-per-task=\(common.workers)", "--output=\(folder)/%a.log", script,
      ]
      let status = try Self.run(arguments)
      if cluster.detach {
        guard status == 0 else { throw ExitCode.badInput }
        return false
      }
    case .parallel:
      _ = try Self.run(
        [
          "parallel", "--sshloginfile", Self.absolute(cluster.hosts ?? ":"), "--jobs", "1",
          "--retries", "3", "--results", folder + "/{}.log", "sh", script, "{}", ":::",
        ] + missing.map(String.init))
    }
    return true
  }

  /// Runs one shard, whose number Slurm or an argument gives.
  private var script: String {
    let program = Self.programPath
    var words = [
      program, "sweep", Self.absolute(sweep.path), "--output", Self.absolute(common.output),
      "--workers", String(common.workers), "--quiet", "--yes",
    ]
    for text in common.overrides { words += ["--set", text] }
    if common.force { words.append("--force") }
    let command = words.map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/sh
      # One shard of a sweep; a failed run is a row of it, not a failure of the shard.
      cd \(Self.quoted(FileManager.default.currentDirectoryPath)) || exit 2
      \(command) --shard "${SLURM_ARRAY_TASK_ID:-$1}/\(cluster.shards)"
      status=$?
      [ "$status" -eq 1 ] && exit 0
      exit "$status"

      """
  }

  private static var programPath: String {
    if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      return path
    }
    return absolute(CommandLine.arguments[0])
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// - Throws: `ExitCode.badInput` when there is no such program.
  private static func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    do { try process.run() } catch {
      printError("error: cannot run \(arguments[0]): \(error.localizedDescription)")
      throw ExitCode.badInput
    }
    while process.isRunning {
      if Interruption.isRequested { process.interrupt() }
      usleep(100_000)
    }
    // What env says when it does not find the program.
    if process.terminationStatus == 127 {
      printError("error: \(arguments[0]) is not installed here, or not on the PATH")
      throw ExitCode.badInput
    }
    return process.terminationStatus
  }
}
