import Experiments
import Foundation
import Statistics
import Testing

@testable import Scenario

@Suite("The sweeps that ship") struct ShippedSweepTests {
  private static func names() throws -> [String] {
    let folder = Repository.root.appendingPathComponent("Scenarios/sweeps")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }

  @Test("are right at every point, but for the metrics that this test does not know") func load()
    throws
  {
    #expect(try Self.names().count >= 4)
    for name in try Self.names() {
      let whole = try Repository.text("Scenarios/sweeps/\(name)")
      // Names of metrics are checked where the market's are at hand.
      let kept = whole.split(separator: "\n", omittingEmptySubsequences: false).prefix {
        !$0.hasPrefix("metrics:")
      }
      let text = kept.joined(separator: "\n") + "\n"
      let sweep = try SweepFile.load(
        path: "Scenarios/sweeps/\(name)", metrics: MetricSet([]), build: "b"
      ) { path, limit in
        path.hasSuffix("sweeps/\(name)")
          ? .success(Array(text.utf8)) : Repository.read(path, limit: limit)
      }
      #expect(sweep.plan.name == String(name.dropLast(5)))
      #expect(Set(sweep.plan.runs).count == sweep.plan.runs.count)
    }
  }

  @Test("stand in the guide, one line each with the question") func guide() throws {
    let guide = try Repository.text("Scenarios/sweeps/README.md")
    for name in try Self.names() {
      #expect(guide.contains("| [\(name)](\(name)) | "), "\(name) is not in the table")
    }
  }

  /// Renewed by pasting the output of `marketsim schema --sweep --markdown`.
  @Test("are explained by the key reference of this build") func keyReference() throws {
    let guide = try Repository.text("Scenarios/sweeps/README.md")
    #expect(guide.hasSuffix(ScenarioSchema.sweepKeyReference()))
  }
}
