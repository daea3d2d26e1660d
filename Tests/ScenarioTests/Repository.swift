import Foundation

@testable import Scenario

/// Files of the checkout that the tests run in.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Reads files by their path from the root, or by absolute path.
  static func read(_ path: String, limit: Int) -> Result<[UInt8], FileProblem> {
    let url = path.hasPrefix("/") ? URL(fileURLWithPath: path) : root.appendingPathComponent(path)
    guard let data = try? Data(contentsOf: url) else { return .failure(.missing) }
    return .success(Array(data))
  }

  /// Names of the scenarios that ship, sorted.
  static func scenarios() throws -> [String] {
    try FileManager.default
      .contentsOfDirectory(atPath: root.appendingPathComponent("Scenarios").path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }
}
