import ArgumentParser
import EVM
import Foundation
import Report
import Statistics

/// Prints every number of the network presets with its source and date.
struct ListNetworksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "networks",
    abstract: "Print the numbers of the network presets, each with its source and date.",
    discussion: """
      A preset is the value of chain.network in a scenario. A dash in since marks a choice of the \
      model, which no network states.
      """)

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func run() throws {
    let table = Self.table()
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(table)))
    } else {
      print(TextTable.render(table), terminator: "")
    }
  }

  static func table() -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "networks", "Numbers of the network presets.",
        columns: [
          Column("network", .text, "Preset."), Column("parameter", .text, "What it is."),
          Column("value", .text, "As the preset holds it."), Column("unit", .text, "Of the value."),
          Column("since", .text, "In force since, or when seen."),
          Column("source", .text, "Who says so."),
        ]))
    for network in ChainParameters.presetNames {
      for figure in ChainParameters.figures(of: network) ?? [] {
        for text in [
          network, figure.parameter, figure.value, figure.unit, figure.since, figure.source,
        ] {
          table.append(text)
        }
        table.endRow()
      }
    }
    return table
  }
}
