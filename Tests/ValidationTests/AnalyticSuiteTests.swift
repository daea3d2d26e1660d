import Statistics
import Testing

@testable import Validation

@Suite("The analytic suite") struct AnalyticSuiteTests {
  /// Fully in release, where intervals must be narrow as well; a hundredth of it in debug.
  private static var effort: ValidationEffort {
    var effort = ValidationEffort()
    #if DEBUG
      effort.scale = 0.01
    #endif
    return effort
  }

  @Test("holds", arguments: AnalyticSuite.checks.indices) func holds(index: Int) {
    let check = AnalyticSuite.checks[index]
    let rows = check.run(Self.effort)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(
        row.verdict == .holds,
        "\(check.name), \(row.quantity): expected \(row.expected), got \(row.got), \(row.verdict)")
    }
  }

  @Test("gives the same figures from the same seed, others from another") func seeds() throws {
    var effort = ValidationEffort()
    effort.scale = 0.001
    let check = try #require(AnalyticSuite.checks.first { $0.name == "erlang-a" })
    let once = check.run(effort).map(\.got)
    #expect(check.run(effort).map(\.got) == once)
    effort.seed = 99
    #expect(check.run(effort).map(\.got) != once)
  }

  @Test("names each check once and promises something") func names() {
    #expect(Set(AnalyticSuite.checks.map(\.name)).count == AnalyticSuite.checks.count)
    #expect(AnalyticSuite.checks.allSatisfy { $0.promise.hasSuffix(".") })
  }

  @Test("refuses intervals that miss, and wide ones at full effort") func verdicts() {
    let effort = ValidationEffort()
    func verdict(_ lower: Double, _ upper: Double, of value: Double, isProbability: Bool = false)
      -> ValidationRow.Verdict
    {
      ValidationRow(
        "q", expected: value,
        Estimate(value: (lower + upper) / 2, lower: lower, upper: upper, confidence: 0.999),
        effort, isProbability: isProbability
      ).verdict
    }
    #expect(verdict(0.991, 1.009, of: 1) == .holds)
    #expect(verdict(0.98, 1.02, of: 1) == .tooWide && verdict(1.001, 1.002, of: 1) == .misses)
    #expect(verdict(0.039, 0.0421, of: 0.04, isProbability: true) == .holds)
    #expect(verdict(0.039, 0.0421, of: 0.04) == .tooWide)
    #expect(verdict(-0.009, 0.009, of: 0) == .holds && verdict(-0.02, 0.02, of: 0) == .tooWide)
    #expect(verdict(.nan, .nan, of: 1) == .misses)
    #expect(ValidationRow("q", expected: 3, exactly: 3).verdict == .holds)
    #expect(ValidationRow("q", expected: 3, exactly: .nan).verdict == .misses)
  }
}
