import Foundation
import Market
import Quantities
import Testing

@testable import Scenario

@Suite("The scenarios that ship")
struct ShippedScenarioTests {
  @Test("are right, given what they ask for") func load() throws {
    let names = try Repository.scenarios()
    #expect(names.contains("baseline.yaml"))
    for name in names {
      let needs = name == "trace-hour.yaml" ? ["renters.chat.arrivals.trace=/trace.csv"] : []
      let scenario = try ScenarioFile.load(path: "Scenarios/\(name)", overrides: needs) {
        $0 == "/trace.csv" ? .success(Array(Fixture.trace.utf8)) : Repository.read($0, limit: $1)
      }
      #expect(scenario.configuration.name == String(name.dropLast(5)))
    }
  }

  @Test("stand in the guide, one line each with the question it answers") func guide() throws {
    let guide = try Repository.text("Scenarios/README.md")
    for name in try Repository.scenarios() {
      #expect(guide.contains("| [\(name)](\(name)) | "), "\(name) is not in the table")
    }
  }

  /// Renewed by pasting the output of `marketsim schema --markdown`.
  @Test("are explained by the key reference of this build") func keyReference() throws {
    let guide = try Repository.text("Scenarios/README.md")
    #expect(guide.hasSuffix(ScenarioSchema.keyReference()))
  }

  @Test("can be read from the recorded hour, where it is at hand") func recordedHour() throws {
    let trace = Repository.root.appendingPathComponent("../shared/data/trace_azure2023_conv.csv")
    guard FileManager.default.fileExists(atPath: trace.path) else { return }
    let scenario = try ScenarioFile.load(
      path: "Scenarios/trace-hour.yaml",
      overrides: ["renters[0].arrivals.trace=\(trace.path)"], readFile: Repository.read)
    guard case .trace(let requests, _) = scenario.configuration.renters[0].arrivals else {
      Issue.record("no trace")
      return
    }
    #expect(requests.requests.count == 19_366)
    #expect(requests.requests.last?.arrival.nanoseconds == 3_501_721_900_000)
    #expect(requests.requests.last?.promptTokens == 197)
  }
}
