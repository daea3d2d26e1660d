import ArgumentParser

@main
struct MarketsimCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "marketsim",
    abstract: "Deterministic simulator of a peer-to-peer marketplace for LLM inference.",
    version: version,
    subcommands: [
      RunCommand.self,
      GuideCommand.self,
      CheckCommand.self,
      SchemaCommand.self,
      ListCommand.self,
      BenchCommand.self,
      ConformanceCommand.self,
      ReplayCommand.self,
    ])
}
