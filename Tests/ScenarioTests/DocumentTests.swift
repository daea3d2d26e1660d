import Market
import Quantities
import Testing

@testable import Scenario

@Suite("A scenario's document")
struct DocumentTests {
  @Test(
    "is refused when it cannot be read",
    arguments: [
      (FileProblem.missing, "does not exist"), (.isDirectory, "is a directory"),
      (.tooLarge(limit: 9), "is larger than 9 bytes"),
      (.unreadable(reason: "permission denied"), "cannot be read: permission denied"),
    ])
  func unreadable(problem: FileProblem, words: String) {
    #expect {
      try ScenarioFile.load(path: "a.yaml") { _, _ in .failure(problem) }
    } throws: {
      "\($0)" == "a.yaml: error: the file \(words); give the path of a scenario file"
    }
  }

  @Test(
    "is refused when it is no scenario of version 1",
    arguments: [
      ("", "s.yaml:1:1: error: the file is empty; start it with \"marketsim: 1\""),
      ("# only this\n", "s.yaml:1:1: error: the file is empty; start it with \"marketsim: 1\""),
      (
        "name: x\n", "s.yaml:1:1: error: marketsim is missing; start the file with \"marketsim: 1\""
      ),
      (
        "- 1\n",
        "s.yaml:1:1: error: the file holds a list, not a scenario; "
          + "start it with \"marketsim: 1\" and give one key a line"
      ),
      (
        "marketsim: 2\nnonsense: 1\n",
        "s.yaml:1:12: error: marketsim is \"2\", a version of the format that is not known; write 1"
      ),
    ])
  func version(text: String, complaint: String) {
    #expect(Fixture.complaints(text) == [complaint])
  }

  @Test(
    "shows where its syntax breaks",
    arguments: [
      (
        "marketsim: 1\nname: [a\nseed: 7\n",
        "s.yaml:3:5: error: the text is not valid YAML: while parsing a flow sequence from 2:7, "
          + "did not find expected ',' or ']'; mend the syntax here"
      ),
      (
        "marketsim: 1\nname: \"a\n",
        "s.yaml:3:1: error: the text is not valid YAML: while scanning a quoted scalar from 2:7, "
          + "found unexpected end of stream; mend the syntax here"
      ),
      (
        "marketsim: 1\n\tname: a\n",
        "s.yaml:2:1: error: the text is not valid YAML: while scanning a plain scalar from 1:12, "
          + "found a tab character that violates indentation; mend the syntax here"
      ),
      (
        "marketsim: 1\nname: a\u{1}b\n",
        "s.yaml:2:8: error: the text is not valid YAML: control characters are not allowed; "
          + "mend the syntax here"
      ),
      (
        "marketsim: 1\n---\nname: a\n",
        "s.yaml:2:1: error: the text is not valid YAML: expected a single document in the stream "
          + "from 1:1, but found another document; mend the syntax here"
      ),
      (
        "marketsim: *one\n",
        "s.yaml:1:12: error: the text is not valid YAML: found undefined alias; "
          + "mend the syntax here"
      ),
    ])
  func syntax(text: String, complaint: String) {
    #expect(Fixture.complaints(text) == [complaint])
  }

  @Test("shows where it stops being UTF-8") func encoding() {
    let bytes = Array("marketsim: 1\nnäme: ".utf8) + [0xC3, 0x28]
    #expect {
      try ScenarioFile.load(path: "a.yaml") { _, _ in .success(bytes) }
    } throws: {
      "\($0)" == "a.yaml:2:7: error: the file is not UTF-8 text; save it as UTF-8"
    }
  }

  @Test("may start with a byte order mark and end lines as Windows does") func windows() throws {
    let text = "\u{FEFF}" + Fixture.minimal.replacing("\n", with: "\r\n")
    let scenario = try Fixture.load(text)
    #expect(scenario == (try Fixture.load(Fixture.minimal)))
    let spoilt = text.replacing("seed: 7", with: "seed: 7\r\nseed: 8")
    #expect(
      Fixture.complaints(spoilt) == [
        "s.yaml:4:1: error: seed is given twice, first in line 3; keep one of them"
      ])
  }

  @Test("is refused when it is nested too deeply or repeats itself too often") func depth() {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(
      Fixture.complaints("marketsim: 1\nname: \(deep)\n") == [
        "s.yaml:2:71: error: the text is nested too deeply or has too many parts; "
          + "stay within 64 levels and 200000 parts"
      ])
    #expect(Fixture.complaints("marketsim: 1\nname: \(String(repeating: "[", count: 5_000))") != [])
    var bomb = "marketsim: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let repeated = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(repeated)]\n"
    }
    let complaints = Fixture.complaints(bomb)
    #expect(complaints.count == 1)
    #expect(complaints.first?.contains("too many parts") == true)
  }

  @Test("may use anchors") func anchors() throws {
    let text = Fixture.minimal(
      "duration: 1h", as: "duration: &span 1h\noutputs: {sampleInterval: *span}")
    #expect(try Fixture.load(text).configuration.outputs.sampleInterval == .hours(1))
  }
}
