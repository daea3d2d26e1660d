import ArgumentParser

/// Compares the program with what is known from elsewhere.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Compare the program with what is known from elsewhere.",
    subcommands: [ValidateAnalyticCommand.self, ValidateInferenceCommand.self],
    defaultSubcommand: ValidateAnalyticCommand.self)
}
