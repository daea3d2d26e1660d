import ArgumentParser
import Contracts
import Foundation
import Report
import Statistics

/// Prints every rule of the protocol with its value in each profile.
struct ListProtocolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocol",
    abstract: "Print every rule of the protocol with its value in each profile.",
    discussion: """
      A rule is a key of protocol: in a scenario. A dash says that the profile's market runs no \
      contract that follows the rule: setting it there is refused. Sources are findings (F16) and \
      sections of the documented profile; † marks a choice where the documentation is silent or \
      contradicts itself.
      """)

  @Argument(help: "Keys to print; all when none is given.")
  var keys: [String] = []

  @Flag(help: "Print one JSON object a line.")
  var json = false

  func run() throws {
    let parameters = try selected()
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(Self.table(of: parameters))))
    } else if keys.isEmpty {
      print(TextTable.render(Self.overview(of: parameters)), terminator: "")
    } else {
      print(parameters.map(Self.page).joined(separator: "\n"))
    }
  }

  private func selected() throws -> [ProtocolParameter] {
    if keys.isEmpty { return ProtocolParameter.all }
    return try keys.map { key in
      guard let parameter = ProtocolParameter.named(key) else {
        printError("error: \(key) is no rule of the protocol; marketsim list protocol prints all")
        throw ExitCode.badInput
      }
      return parameter
    }
  }

  /// Every column, for machines.
  static func table(of parameters: [ProtocolParameter]) -> ResultTable {
    var table = ResultTable(
      schema(
        ["parameter", "meaning", "unit", "range"] + ProtocolProfile.allCases.map(\.rawValue)
          + ["code", "documentation", "source", "contracts", "needs"]))
    for parameter in parameters {
      let rules = ProtocolProfile.documented.rules
      table.append(parameter.key)
      table.append(parameter.meaning)
      table.append(parameter.unit(under: rules))
      table.append(parameter.range(under: rules))
      appendValues(of: parameter, to: &table)
      table.append(parameter.code)
      table.append(parameter.documentation)
      table.append(parameter.source)
      table.append(parameter.contracts.map(\.rawValue).joined(separator: " "))
      if let needs = parameter.needs { table.append(needs) } else { table.appendAbsent() }
      table.endRow()
    }
    return table
  }

  /// The columns that fit a terminal.
  private static func overview(of parameters: [ProtocolParameter]) -> ResultTable {
    var table = ResultTable(
      schema(
        ["parameter"] + ProtocolProfile.allCases.map(\.rawValue)
          + ["unit", "range", "source", "meaning"]))
    for parameter in parameters {
      table.append(parameter.key)
      appendValues(of: parameter, to: &table)
      table.append(parameter.unit(under: ProtocolProfile.documented.rules))
      table.append(parameter.range(under: ProtocolProfile.documented.rules))
      table.append(parameter.source)
      table.append(parameter.meaning)
      table.endRow()
    }
    return table
  }

  private static func appendValues(of parameter: ProtocolParameter, to table: inout ResultTable) {
    for profile in ProtocolProfile.allCases {
      if parameter.exists(in: profile) {
        let rules = profile.rules
        table.append(parameter.text(of: parameter.value(in: rules), under: rules))
      } else {
        table.appendAbsent()
      }
    }
  }

  private static func schema(_ headers: [String]) -> TableSchema {
    TableSchema(
      "protocol", "A rule of the protocol.", columns: headers.map { Column($0, .text, $0) })
  }

  /// One rule in full.
  private static func page(of parameter: ProtocolParameter) -> String {
    let rules = ProtocolProfile.documented.rules
    var lines = [parameter.key, "  \(parameter.meaning)"]
    for profile in ProtocolProfile.allCases where parameter.exists(in: profile) {
      let value = parameter.text(of: parameter.value(in: profile.rules), under: profile.rules)
      lines.append("  \(profile.rawValue): \(value)")
    }
    lines.append("  allowed: \(parameter.range(under: rules))")
    lines.append("  code: \(parameter.code)")
    lines.append("  documentation: \(parameter.documentation)")
    lines.append("  source: \(parameter.source)")
    if let needs = parameter.needs { lines.append("  needs: \(needs)") }
    return lines.joined(separator: "\n")
  }
}
