import Testing

@testable import Conformance

@Suite("The reader of a vector line") struct JSONParserTests {
  @Test("keeps the order of keys and the column of every value") func orderAndColumns() throws {
    let root = try parse(#"{"b":1, "a":[true,"x"]}"#)
    let members = try root.object()
    #expect(members.map(\.key) == ["b", "a"])
    #expect(members.map(\.value.offset) == [5, 12])
    #expect(try members[1].value.array().map(\.offset) == [13, 18])
  }

  @Test(
    "decodes escapes to UTF-8 bytes",
    arguments: [
      (#""\u00e9""#, [0xC3, 0xA9]), (#""\ud83d\ude00""#, [0xF0, 0x9F, 0x98, 0x80]),
      (#""\u0000\n\/\"\\""#, [0, 0x0A, 0x2F, 0x22, 0x5C]), (#""中""#, [0xE4, 0xB8, 0xAD]),
    ] as [(String, [UInt8])])
  func escapes(text: String, bytes: [UInt8]) throws {
    #expect(try parse(text).bytes() == bytes)
  }

  @Test(
    "names the column at which a malformed line stops making sense",
    arguments: [
      ("", 0), (#"{"a":1"#, 6), (#"{"a":1,}"#, 7), (#"{"a":1,"a":2}"#, 7), (#"{"a" 1}"#, 5),
      ("[1 2]", 3), (#""ab"#, 3), (#""\x""#, 1), (#""\ud800""#, 1), ("tru", 0), ("{} {}", 3),
      ("\"\u{1}\"", 1),
    ] as [(String, Int)])
  func malformed(text: String, offset: Int) {
    let problem = #expect(throws: JSONProblem.self) { try parse(text) }
    #expect(problem?.offset == offset)
  }

  @Test("refuses bytes that are not UTF-8") func invalidText() {
    #expect(throws: JSONProblem.self) {
      try JSONParser.parse([UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])
    }
  }

  @Test("refuses nesting that could exhaust the stack") func deepNesting() throws {
    #expect(throws: Never.self) { try nested(64) }
    #expect(throws: JSONProblem.self) { try nested(65) }
    #expect(throws: JSONProblem.self) { try nested(100_000) }
  }

  private func nested(_ depth: Int) throws {
    _ = try parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
  }

  private func parse(_ text: String) throws -> JSONNode { try JSONParser.parse(Array(text.utf8)) }
}
