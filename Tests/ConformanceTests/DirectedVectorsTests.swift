import Foundation
import Testing

@testable import Conformance

@Suite("The directed vectors") struct DirectedVectorsTests {
  static let files = [
    "node_registry", "node_registry_fab", "payment_escrow", "job_marketplace_fab",
    "reputation_system",
  ]

  @Test("match in every step", arguments: files)
  func committed(name: String) throws {
    let folder = try #require(Bundle.module.url(forResource: "Vectors", withExtension: nil))
    try expectMatch(folder.appendingPathComponent("\(name).jsonl").path)
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
    try expectMatch(Self.sharedFolder.appendingPathComponent(name).path)
  }

  private func expectMatch(_ path: String) throws {
    let report = try VectorFile.replay(path)
    #expect(report.mismatches == 0, "\(report.text)")
    #expect(report.matched + report.skippedSteps == report.steps)
  }
}
