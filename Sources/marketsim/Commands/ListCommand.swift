import ArgumentParser

/// Prints what the program knows, as tables.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print what the program knows.",
    subcommands: [
      ListProtocolCommand.self, ListGPUsCommand.self, ListModelsCommand.self,
      ListEnginesCommand.self, ListProofsCommand.self, ListGasCommand.self,
      ListNetworksCommand.self, ListMetricsCommand.self, ListScenariosCommand.self,
    ])
}
