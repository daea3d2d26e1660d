import ArgumentParser

/// Fits models of the outside world to recordings of it.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit workloads to recordings.",
    subcommands: [FitTraceCommand.self])
}
