import ArgumentParser
import Foundation
import Report
import Scenario
import Statistics

/// Prints the scenarios and sweeps of a folder: what each asks, and what must hold.
struct ListScenariosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenarios",
    abstract:
      "Print the scenarios and sweeps of a folder: the question of each, and what must hold.",
    discussion: "Folders within it are read too.")

  @Argument(help: "Folder with scenario files.")
  var folder = "Scenarios"

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func run() throws {
    let cards = try Self.files(in: folder).compactMap { path in
      try ScenarioCard.read(path: path, readFile: DiskFile.read)
    }
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(Self.table(of: cards))))
    } else {
      for card in cards { print(card.description) }
    }
  }

  /// Scenario files below a folder, sorted by path.
  static func files(in folder: String) throws -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      printError("\(folder): error: is no folder that can be read; give one with scenario files")
      throw ExitCode.badInput
    }
    return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
      .map { folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0 }
  }

  static func table(of cards: [ScenarioCard]) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "scenarios", "Scenarios of a folder.",
        columns: [
          Column("name", .text, "Name of the scenario or sweep."),
          Column("kind", .text, "`scenario` or `sweep`."),
          Column("question", .text, "What it asks."),
          Column("expectations", .text, "What must hold, separated by semicolons."),
          Column("file", .text, "Path."),
        ]))
    for card in cards {
      for text in [
        card.name, card.isSweep ? "sweep" : "scenario", card.question,
        card.expectations.joined(separator: "; "), card.path,
      ] {
        table.append(text)
      }
      table.endRow()
    }
    return table
  }
}
