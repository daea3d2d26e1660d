import ArgumentParser
import Experiments
import Market
import Statistics

/// Prints `Results/README.md` from the declarations of metrics and tables.
struct GuideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results-guide", abstract: "Print the guide to results folders.",
    shouldDisplay: false)

  static let onRequest: Set<String> = ["jobs", "transactions", "events"]

  static var text: String {
    ResultsGuide.markdown(metrics: .market, tables: TableSchema.market, onRequest: onRequest)
  }

  func run() { print(Self.text, terminator: "") }
}
