import Foundation
import Market
import Statistics
import Testing

@testable import Scenario

@Suite("The scenarios of defects") struct DefectScenarioTests {
  private static let names: [String] = {
    let folder = Repository.root.appendingPathComponent("Scenarios/defects").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test("show the damage under the reference and none under the documented rules", arguments: names)
  func holds(_ name: String) throws {
    let scenario = try ScenarioFile.load(
      path: "Scenarios/defects/\(name)", readFile: Repository.read)
    let configuration = scenario.configuration
    #expect(!configuration.expectations.isEmpty)
    let found = try MarketScenario(configuration).run(replication: 0, tables: .discarding)
    let values = try #require(found).values
    for expectation in configuration.expectations {
      let value = try #require(values.number(named: expectation.metric))
      switch expectation.bound {
      case .below(let limit): #expect(value < limit, "\(expectation.metric)")
      case .above(let limit): #expect(value > limit, "\(expectation.metric)")
      case .within(let lower, let upper):
        #expect(value >= lower && value <= upper, "\(expectation.metric)")
      }
    }
  }

  @Test("come in pairs, one for each set of rules") func pairs() {
    #expect(Self.names.count >= 18)
    for name in Self.names where !name.hasSuffix("-documented.yaml") {
      let twin = name.dropLast(5) + "-documented.yaml"
      #expect(Self.names.contains(String(twin)))
    }
  }
}
