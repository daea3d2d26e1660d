import ArgumentParser
import Foundation

@main
struct MarketsimCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "marketsim",
    abstract: "Deterministic simulator of a peer-to-peer marketplace for LLM inference.",
    version: version,
    subcommands: [
      RunCommand.self,
      SweepCommand.self,
      MergeCommand.self,
      FindCommand.self,
      CompareCommand.self,
      VerifyCommand.self,
      GuideCommand.self,
      CheckCommand.self,
      SchemaCommand.self,
      ListCommand.self,
      BenchCommand.self,
      ConformanceCommand.self,
      ReplayCommand.self,
      ValidateCommand.self,
      CalibrateCommand.self,
      EstimateCommand.self,
      FitCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // A command line that cannot be read is bad input like any other: 2, not sysexits' 64.
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
      Self.exit(withError: ExitCode(2))
    }
  }
}
