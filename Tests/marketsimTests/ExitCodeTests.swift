import Foundation
import Testing

/// The built program, run as a user runs it.
@Suite("Bad input to the program") struct ExitCodeTests {
  /// It lies beside the tests; nil where a test runner has moved them.
  private static var program: URL? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appendingPathComponent("marketsim")
    return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
  }

  private struct Ending {
    var code: Int32
    var complaint: String
  }

  private func run(_ arguments: [String]) throws -> Ending {
    let program: URL = try #require(Self.program, "marketsim is not built beside the tests")
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let data = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ending(code: process.terminationStatus, complaint: String(decoding: data, as: UTF8.self))
  }

  /// Writes a file that the body may read by its path.
  private func withFile(
    _ name: String, _ text: String, _ body: (String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("marketsim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    try body(file.path)
  }

  private static let vector = """
    {"format":"fabstir-conformance/1","id":"X","suite":"S","description":"d","setup":{"chainId":1,\
    "t":1,"b":1,"accounts":[{"name":"a","kind":"eoa",\
    "address":"0x00000000000000000000000000000000000000a1","eth":"0","fab":"0","usdc":"0"}],\
    "contracts":[{"name":"FAB","type":"TestToken",\
    "address":"0x00000000000000000000000000000000000000f1","from":"a","args":["F","F","18"]}],\
    "wiring":[]},"steps":[{"kind":"call","t":1,"b":1,"to":"FAB","fn":"totalSupply()","args":[],\
    "ok":true,"ret":["0"]}],"final":{"t":1,"b":1,"calls":[],"balances":{}}}
    """

  @Test("a sound vector file is none") func soundVector() throws {
    try withFile("sound.jsonl", Self.vector + "\n") { path in
      let ending = try run(["conformance", path])
      #expect(ending.code == 0, "\(ending.complaint)")
    }
  }

  @Test(
    "a vector file of another version, cut off, or with an unknown function exits 2 at its place",
    arguments: [
      ("fabstir-conformance/1", "fabstir-conformance/2"), ("totalSupply()", "totalSuply()"),
      (",\"balances\":{}}}", ""),
    ])
  func vectors(original: String, spoiled: String) throws {
    let line = Self.vector.replacingOccurrences(of: original, with: spoiled)
    let place = try #require(
      spoiled.isEmpty ? line.endIndex : line.range(of: spoiled)?.lowerBound)
    // Texts are located by their opening quote.
    let column = line.utf8.distance(from: line.startIndex, to: place) + (spoiled.isEmpty ? 1 : 0)
    try withFile("spoiled.jsonl", Self.vector + "\n" + line + "\n") { path in
      let ending = try run(["conformance", path])
      #expect(ending.code == 2)
      #expect(ending.complaint.contains("\(path):2:\(column): error: "), "\(ending.complaint)")
    }
  }

  @Test(
    "a protocol override out of its range exits 2 at its place and names the range",
    arguments: [
      ("fee: 101%", "0%–100%"), ("batchLimit: 0", "1–10000"), ("slash: 100.5%", "0%–100%"),
      ("challengePeriod: 4000d", "1s–3650d"),
    ])
  func overrides(text: String, range: String) throws {
    let scenario = """
      marketsim: 1
      name: spoiled
      duration: 1h
      protocol:
        profile: documented
        \(text)
      """
    let key = try #require(text.split(separator: ":").first)
    let column = key.utf8.count + 5
    try withFile("spoiled.yaml", scenario + "\n") { path in
      let ending = try run(["check", path])
      let complaint = ending.complaint.split(separator: "\n").first { $0.contains(":6:") }
      #expect(ending.code == 2)
      #expect(
        complaint?.hasPrefix("\(path):6:\(column): error: protocol.\(key)") == true,
        "\(ending.complaint)")
      #expect(complaint?.contains("allowed \(range)") == true, "\(ending.complaint)")
    }
  }
}
