import Foundation
import Testing

@testable import Conformance

@Suite("Several vector files") struct TotalTests {
  @Test("add up to what one file with all their cases shows") func total() throws {
    let spoiled = SmallVector.line.replacing(#""ret":["40"]"#, with: #""ret":["41"]"#)
    var (first, second, both) = (
      FileReport(file: "a"), FileReport(file: "b"), FileReport(file: "both")
    )
    try VectorFile.replay(Array(SmallVector.line.utf8), into: &first)
    try VectorFile.replay(Array(spoiled.utf8), into: &second)
    for line in [SmallVector.line, spoiled] {
      try VectorFile.replay(Array(line.utf8), into: &both)
    }
    var total = FileReport(total: [first, second])
    #expect(total.steps == 2 * first.steps && total.steps > 0)
    #expect(first.mismatches == 0 && total.mismatches == 1)
    #expect(total.file == "2 files")
    total.file = "both"
    #expect(total.text == both.text)
    #expect(total.json == both.json)
  }

  @Test("are those of a folder, by name, and nothing else in it") func folder() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: folder) }
    #expect(throws: VectorError.self) { try VectorFile.names(in: folder) }
    for name in ["b.jsonl.gz", "a.jsonl", "README.md"] {
      _ = manager.createFile(atPath: "\(folder)/\(name)", contents: Data())
    }
    let expected = ["\(folder)/a.jsonl", "\(folder)/b.jsonl.gz"]
    #expect(try VectorFile.names(in: folder) == expected)
    #expect(try VectorFile.names(in: "\(folder)/") == expected)
    #expect(try VectorFile.names(in: "a.jsonl") == ["a.jsonl"])
    #expect(try VectorFile.names(in: "-") == ["-"])
  }
}
