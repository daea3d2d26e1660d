import ArgumentParser
import Scenario

/// Prints what a scenario file may hold.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario or sweep files, for completion in editors.")

  @Flag(help: "Of sweep files.")
  var sweep = false

  @Flag(help: "Print the key reference of the files' README.md instead.")
  var markdown = false

  func run() {
    let text =
      switch (sweep, markdown) {
      case (false, false): ScenarioSchema.json()
      case (false, true): ScenarioSchema.keyReference()
      case (true, false): ScenarioSchema.sweepJSON()
      case (true, true): ScenarioSchema.sweepKeyReference()
      }
    print(text, terminator: "")
  }
}
