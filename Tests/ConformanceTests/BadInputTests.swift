import Foundation
import Testing

@testable import Conformance

@Suite("A malformed vector file") struct BadInputTests {
  /// What is spoiled, how, and the text that the complaint's column must point at.
  static let spoilings: [(original: String, spoiled: String, at: String)] = [
    ("fabstir-conformance/1", "fabstir-conformance/2", "\"fabstir-conformance/2"),
    (
      #""kind":"eoa","address":"0x00000000000000000000000000000000000000a1""#,
      #""kind":"robot","address":"0x00000000000000000000000000000000000000a1""#, #""robot""#
    ),
    (#""eth":"1000","fab":"100""#, #""eth":"1e3","fab":"100""#, #""1e3""#),
    (#""args":["bob","40"]"#, #""args":["bob","4O"]"#, #""4O""#),
    (#""args":["bob","40"]"#, #""args":["nobody","40"]"#, #""nobody""#),
    (#""args":["bob","40"]"#, #""args":["bob"]"#, #"["bob"],"value""#),
    (#""fn":"registerNode(string)""#, #""fn":"registerNode(bytes)""#, #""registerNode(bytes)""#),
    (#""fn":"registerNode(string)""#, #""fn":"registerNode(string""#, #""registerNode(string""#),
    (#"{"kind":"call""#, #"{"kind":"peek""#, #""peek""#),
    (#""ok":true,"ret":["40"]"#, #""ret":["40"]"#, #"{"kind":"call""#),
    (
      #""revert":{"kind":"Error","message":"Empty"#, #""revert":{"kind":"Eror","message":"Empty"#,
      #""Eror""#
    ),
    (#""bal":{"alice":{"fab":"60"}"#, #""bal":{"alice":{"fab":"-60"}"#, #""-60""#),
    (#""bal":{"alice":{"fab":"60"}"#, #""bal":{"alice":{"gold":"60"}"#, #""60"},"bob""#),
    (#""t":104"#, #""t":1.5"#, "1.5"),
    (#""actor":"wallet""#, #""actor":"bob""#, #""bob","target""#),
    (
      #""name":"bob","kind""#, #""name":"alice","kind""#,
      #""alice","kind":"eoa","address":"0x00000000000000000000000000000000000000b1""#
    ),
    (
      "00000000000000000000000000000000000000b1", "00000000000000000000000000000000000000a1",
      #""0x00000000000000000000000000000000000000a1","eth":"1000","fab":"0""#
    ),
  ]

  @Test("is refused with the column of what is wrong", arguments: spoilings.indices)
  func located(index: Int) throws {
    let (original, spoiled, target) = Self.spoilings[index]
    #expect(SmallVector.line.ranges(of: original).count == 1, "ambiguous")
    let line = SmallVector.line.replacing(original, with: spoiled)
    let start = try #require(line.firstRange(of: target)?.lowerBound)
    let column = line.utf8.distance(from: line.startIndex, to: start) + 1
    try withFile([SmallVector.line, line]) { path in
      let error = #expect(throws: VectorError.self) { try VectorFile.replay(path) }
      #expect(error?.line == 2)
      #expect(error?.column == column)
      #expect(error?.description.hasPrefix("\(path):2:\(column): error: ") == true)
    }
  }

  @Test("is refused when its last line was cut off") func truncated() throws {
    let line = SmallVector.line
    for length in [1, line.utf8.count / 2, line.utf8.count - 1] {
      try withFile([line, String(line.utf8.prefix(length)) ?? ""]) { path in
        let error = #expect(throws: VectorError.self) { try VectorFile.replay(path) }
        #expect(error?.line == 2)
        #expect(error?.column == length + 1)
      }
    }
  }

  @Test("is refused when it is missing, empty, a folder or not gzip") func unreadable() throws {
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: VectorError(file: "/nowhere.jsonl", message: "no such file")) {
      try VectorFile.replay("/nowhere.jsonl")
    }
    #expect(throws: VectorError(file: folder, message: "is a folder")) {
      try VectorFile.replay(folder)
    }
    try withFile([]) { path in
      #expect(throws: VectorError(file: path, message: "holds no case")) {
        try VectorFile.replay(path)
      }
    }
    try withFile([SmallVector.line], suffix: ".jsonl.gz") { path in
      #expect(throws: VectorError(file: path, message: "is not a complete gzip file")) {
        try VectorFile.replay(path)
      }
    }
  }

  @Test("may end without a line end, and may be compressed") func accepted() throws {
    try withFile([SmallVector.line], suffix: ".jsonl", end: "") { path in
      #expect(try VectorFile.replay(path).matched == 7)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", "-k", path]
      try process.run()
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
      #expect(try VectorFile.replay(path + ".gz").matched == 7)
      // Half of a compressed file is an error, not half a result.
      let whole = try #require(FileManager.default.contents(atPath: path + ".gz"))
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path + ".gz"))
      #expect(throws: VectorError.self) { try VectorFile.replay(path + ".gz") }
    }
  }

  private func withFile(
    _ lines: [String], suffix: String = ".jsonl", end: String = "\n",
    _ body: (String) throws -> Void
  ) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("vector-\(UUID().uuidString)\(suffix)")
    defer { try? FileManager.default.removeItem(at: url) }
    let text = lines.isEmpty ? "" : lines.joined(separator: "\n") + end
    try Data(text.utf8).write(to: url)
    try body(url.path)
  }
}
