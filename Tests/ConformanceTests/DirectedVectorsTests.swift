import Foundation
import Testing

@testable import Conformance

@Suite("The directed vectors") struct DirectedVectorsTests {
  static let files = [
    "node_registry", "node_registry_fab", "payment_escrow", "job_marketplace_fab",
    "job_marketplace", "reputation_system", "governance_token", "proof_system", "governance",
    "base_account", "gaps", "integration", "random-1003", "random-1015",
  ]

  /// The contracts are calibrated to these files; one percent is what is asked of any workload.
  static let largestGasError = 0.002

  @Test("match in every step, with gas within 0.2 percent", arguments: files)
  func committed(name: String) throws {
    let folder = try #require(Bundle.module.url(forResource: "Vectors", withExtension: nil))
    let suffix = name.hasPrefix("random") ? "jsonl.gz" : "jsonl"
    let report = try expectMatch(folder.appendingPathComponent("\(name).\(suffix)").path)
    #expect(report.gas.count > 20)
    #expect(report.gas.max <= Self.largestGasError, "\(report.text)")
    #expect(report.skippedCases.isEmpty)
  }

  /// Whether this checkout has the whole set of vectors beside it.
  static let sharedFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/conformance/vectors")
  static var sharedFiles: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: sharedFolder.path)
    return (names ?? []).filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz") }.sorted()
  }

  @Test(
    "match in the whole shared set, as far as their contracts are built", arguments: sharedFiles)
  func shared(name: String) throws {
    let report = try expectMatch(Self.sharedFolder.appendingPathComponent(name).path)
    #expect(report.gas.max <= 0.01, "\(report.text)")
  }

  private func expectMatch(_ path: String) throws -> FileReport {
    let report = try VectorFile.replay(path)
    #expect(report.mismatches == 0, "\(report.text)")
    #expect(report.matched + report.skippedSteps == report.steps)
    return report
  }
}
