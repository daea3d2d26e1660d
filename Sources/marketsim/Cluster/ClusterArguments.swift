import ArgumentParser
import Foundation

/// Where the shards of a sweep run, when not in this process.
struct ClusterArguments: ParsableArguments {
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case local
    case slurm
    case parallel
  }

  @Option(
    help: ArgumentHelp(
      "local: this process; slurm: a job array; parallel: GNU parallel over ssh. Both others need a "
        + "file system that all nodes share, and go on where they were stopped."))
  var engine = Engine.local

  @Option(help: "Shards, one process each; give each some seconds of work.")
  var shards = 16

  @Option(help: "Slurm partition.")
  var partition: String?

  @Option(help: "Slurm: at most so many shards at once.")
  var nodes: Int?

  @Option(
    help: ArgumentHelp("parallel: hosts, one a line, as --sshloginfile takes.", valueName: "FILE"))
  var hosts: String?

  @Flag(help: "Submit and return; the same command collects the results later.")
  var detach = false

  func validate() throws {
    guard (1...10_000).contains(shards) else {
      throw ValidationError("--shards is \(shards); give 1 to 10,000")
    }
    if let nodes, nodes < 1 { throw ValidationError("--nodes is \(nodes); give 1 or more") }
    if engine == .parallel, hosts == nil {
      throw ValidationError("--engine parallel needs --hosts FILE; a line \":\" is this machine")
    }
    if engine != .slurm, partition != nil || nodes != nil || detach {
      throw ValidationError("--partition, --nodes and --detach are for --engine slurm")
    }
    if engine != .parallel, hosts != nil {
      throw ValidationError("--hosts is for --engine parallel")
    }
  }
}
