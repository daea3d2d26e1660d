import ArgumentParser
import Scenario

/// Prints what a scenario file may hold.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files, for completion in editors.")

  @Flag(help: "Print the key reference of Scenarios/README.md instead.")
  var markdown = false

  func run() {
    print(markdown ? ScenarioSchema.keyReference() : ScenarioSchema.json(), terminator: "")
  }
}
