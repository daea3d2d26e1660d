import Foundation
import Market
import Quantities
import Statistics
import Testing

@testable import Scenario

@Suite("The scenarios that ship")
struct ShippedScenarioTests {
  @Test("are right as they ship") func load() throws {
    let names = try Repository.scenarios()
    #expect(names.contains("baseline.yaml"))
    for name in names {
      let scenario = try ScenarioFile.load(
        path: "Scenarios/\(name)", readFile: Repository.read)
      #expect(scenario.configuration.name == String(name.dropLast(5)))
    }
  }

  /// At the size that the file names for tests; `make scenarios` runs them whole.
  @Test("keep what they expect", arguments: try quickNames()) func quick(_ name: String) throws {
    let scenario = try ScenarioFile.load(
      path: "Scenarios/\(name)", isTest: true, readFile: Repository.read)
    let configuration = scenario.configuration
    #expect(!configuration.expectations.isEmpty)
    let market = try MarketScenario(configuration)
    var numbers: [String: [Double]] = [:]
    for replication in 0..<configuration.replications {
      let outcome = try #require(try market.run(replication: replication, tables: .discarding))
      for expectation in configuration.expectations {
        numbers[expectation.metric, default: []].append(
          try #require(outcome.values.number(named: expectation.metric)))
      }
    }
    for expectation in configuration.expectations {
      let values = (numbers[expectation.metric] ?? []).filter { !$0.isNaN }
      let mean = values.reduce(0, +) / Double(values.count)
      let holds =
        switch expectation.bound {
        case .below(let limit): mean < limit
        case .above(let limit): mean > limit
        case .within(let lower, let upper): lower <= mean && mean <= upper
        }
      #expect(holds, "\(expectation.metric) is \(mean), \(expectation.bound)")
    }
  }

  private static func quickNames() throws -> [String] {
    try Repository.scenarios().filter { try Repository.text("Scenarios/\($0)").contains("\ntest:") }
  }

  @Test("ask a question each") func questions() throws {
    for name in try Repository.scenarios() {
      let card = try #require(
        try ScenarioCard.read(path: "Scenarios/\(name)", readFile: Repository.read))
      #expect(card.question.hasSuffix("?"), "\(name): \(card.question)")
      #expect(!card.expectations.isEmpty, "\(name)")
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
