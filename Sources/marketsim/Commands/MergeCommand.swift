import ArgumentParser
import BuildIdentity
import Experiments
import Foundation
import Market
import Statistics

/// `marketsim merge DIR… --output DIR`: the shards of a sweep in, the sweep out.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the shards of a sweep.",
    discussion: """
      Writes OUTPUT/NAME/ID with the same bytes as if one process had run the sweep. All shards of \
      one division are needed, made by the build that merges them.

      Exit codes: 0 all expectations hold, 1 one failed or a run failed, 2 the shards cannot be \
      merged.
      """)

  @Argument(help: ArgumentHelp("Folders that end in .shard-I-of-N.", valueName: "DIR"))
  var folders: [String]

  @Option(name: .shortAndLong, help: "Folder of all results.")
  var output = "Results"

  @Flag(help: "Write the sweep again when it is there already.")
  var force = false

  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  @Flag(help: "Print the sensitivity table as JSON, one object a line.")
  var json = false

  func run() throws {
    var options = SweepOptions()
    options.root = output
    options.isForced = force
    options.version = MarketsimCommand.version
    let code: ExitCode
    do {
      let merge = SweepMerge(folders, metrics: .market, build: BuildIdentity.digest)
      let result = try merge.run(options)
      code = SweepReport(result, name: "merged").print(quiet: quiet, json: json)
    } catch {
      code = try LoadedSweep.exitCode(of: error)
    }
    if code != .success { throw code }
  }
}
