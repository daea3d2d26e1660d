import ArgumentParser

@main
struct MarketsimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "marketsim",
    abstract: "Deterministic simulator of a peer-to-peer marketplace for LLM inference.",
    subcommands: [
      CheckCommand.self,
      SchemaCommand.self,
      BenchCommand.self,
      ConformanceCommand.self,
    ])
}
