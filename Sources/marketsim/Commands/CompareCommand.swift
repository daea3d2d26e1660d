import ArgumentParser
import Experiments
import Foundation
import Report

/// `marketsim compare A B`: what differs between two runs, the clearest first.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs metric by metric.",
    discussion: """
      A and B are folders of finished runs, or SWEEP@POINT for a point of a sweep. Runs of one seed \
      saw the same random numbers: their replications are pairs. Others are compared as independent \
      samples. Rows are sorted by the difference over its half-width.
      """)

  @Argument(help: ArgumentHelp("The first run.", valueName: "A"))
  var first: String

  @Argument(help: ArgumentHelp("The second run.", valueName: "B"))
  var second: String

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func run() throws {
    do {
      let comparison = try RunComparison(first, second)
      if json {
        FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(comparison.table)))
      } else {
        print(TextTable.render(comparison.table), terminator: "")
      }
      if !comparison.isPaired {
        printError("warning: the seeds differ, so the runs are compared as independent samples")
      }
    } catch let error as ComparisonError {
      printError(error.description)
      throw ExitCode.badInput
    }
  }
}
