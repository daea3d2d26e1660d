import ArgumentParser
import Contracts
import Foundation
import Report
import Statistics

/// Prints what the steps of a job cost in each profile, beside what the documentation calls typical.
struct ListGasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gas",
    abstract: "Print typical gas costs, documented and measured, in each profile.",
    discussion: """
      Measured by running the contracts when you ask: the third job between the same host and \
      renter, with content ids for prompt and result, and no L1 data fee. Documented figures are \
      those of docs/technical/README.md of the reference revision; its completion is with proof, \
      which takes several transactions.
      """)

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func run() throws {
    let table = Self.table(of: TypicalGas.measure())
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(table)))
    } else {
      print(TextTable.render(table), terminator: "")
    }
  }

  static func table(of rows: [TypicalGas]) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "gas", "Typical gas costs.",
        columns: [
          Column("profile", .text, "Rules of the protocol."),
          Column("step", .text, "Step of a job."),
          Column("call", .text, "Function, and what is special about the call."),
          Column("documented_gas", .integer, "What the documentation calls typical."),
          Column("measured_gas", .integer, "Charged to the sender, after the refund."),
          Column("deviation_percent", .real, "Measured over documented, less 1."),
        ]))
    for row in rows {
      table.append(row.profile.rawValue)
      table.append(row.step.rawValue)
      table.append(row.call)
      table.append(row.step.documentedGas)
      table.append(row.gasUsed)
      table.append((row.deviation * 1_000).rounded() / 10)
      table.endRow()
    }
    return table
  }
}
