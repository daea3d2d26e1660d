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
    #expect(Self.names.count >= 96)
    for name in Self.names where !name.hasSuffix("-documented.yaml") {
      let twin = name.dropLast(5) + "-documented.yaml"
      #expect(Self.names.contains(String(twin)))
    }
  }

  @Test("show every finding, or say why there is nothing to show") func findings() throws {
    let text = try Repository.text("Scenarios/defects/README.md")
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| F") }
    let findings = rows.flatMap { row in
      row.dropFirst(2).prefix { $0 != "|" }.split(separator: ",").map {
        String($0.filter { !$0.isWhitespace })
      }
    }
    #expect(findings.count == 62)
    #expect(Set(findings) == Set((1...62).map { "F\($0)" }))
    var shown: Set<String> = []
    for row in rows {
      for part in row.split(separator: "`").enumerated() where part.offset % 2 == 1 {
        shown.insert(String(part.element))
      }
    }
    let reference = Self.names.filter { !$0.hasSuffix("-documented.yaml") }
    #expect(shown == Set(reference.map { String($0.dropLast(5)) }))
  }
}
