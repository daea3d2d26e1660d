import Testing

@testable import Conformance

@Suite("Replaying a vector") struct SpoiledVectorTests {
  @Test("matches every step of a right vector, arming and reverts included") func right() throws {
    let report = try replay(SmallVector.line)
    #expect(report.text.contains("mismatches 0"), "\(report.text)")
    #expect(report.cases == 1)
    #expect(report.steps == 7)
    #expect(report.matched == 7)
    #expect(report.skippedSteps == 0)
  }

  /// What is spoiled, how, where it must be found, and as what.
  struct Spoiling: CustomTestStringConvertible, Sendable {
    var original: String
    var spoiled: String
    var place: Mismatch.Place
    var field: String
    var testDescription: String { "\(field) in \(place)" }
  }

  @Test(
    "finds each kind of difference where it is",
    arguments: [
      Spoiling(
        original: #""ret":[true]"#, spoiled: #""ret":[false]"#, place: .step(0), field: "ret[0]"),
      Spoiling(
        original: #""to":"bob","value":"40""#, spoiled: #""to":"bob","value":"41""#,
        place: .step(0), field: "events[0].value"),
      Spoiling(
        original: #""from":"alice","to":"bob","value":"40""#,
        spoiled: #""to":"bob","from":"alice","value":"40""#, place: .step(0), field: "events[0]"),
      Spoiling(
        original: #""c":"FAB","e":"Transfer""#, spoiled: #""c":"Hosts","e":"Transfer""#,
        place: .step(0), field: "events[0]"),
      Spoiling(
        original: #""ret":[],"events":[]"#,
        spoiled: #""ret":[],"events":[{"c":"FAB","e":"X","args":{}}]"#, place: .step(3),
        field: "events[0]"),
      Spoiling(
        original: #""bal":{"alice":{"fab":"60"},"bob""#,
        spoiled: #""bal":{"alice":{"fab":"61"},"bob""#, place: .step(0),
        field: "balance of alice in fab"),
      // A change that the vector does not name.
      Spoiling(
        original: #""bal":{"bob":{"eth":"991"},"PaymentEscrow":{"eth":"9"}}"#,
        spoiled: #""bal":{"bob":{"eth":"991"}}"#, place: .step(3),
        field: "balance of PaymentEscrow in eth"),
      // A change that did not happen.
      Spoiling(
        original: #""message":"Empty metadata"},"bal":{}"#,
        spoiled: #""message":"Empty metadata"},"bal":{"deployer":{"eth":"1"}}"#, place: .step(2),
        field: "balance of deployer in eth"),
      Spoiling(
        original: #""message":"Empty metadata""#, spoiled: #""message":"empty metadata""#,
        place: .step(2), field: "revert"),
      Spoiling(
        original: #"{"kind":"Error","message":"Empty metadata"}"#, spoiled: #"{"kind":"Empty"}"#,
        place: .step(2), field: "revert"),
      Spoiling(
        original: #""balance":"60","needed""#, spoiled: #""balance":"59","needed""#,
        place: .step(1), field: "revert.balance"),
      Spoiling(
        original: #""name":"ERC20InsufficientBalance""#, spoiled: #""name":"Other""#,
        place: .step(1), field: "revert"),
      Spoiling(
        original: #""args":["bob"],"ok":true,"ret":["40"]"#,
        spoiled: #""args":["bob"],"ok":true,"ret":["41"]"#, place: .step(4), field: "ret[0]"),
      Spoiling(
        original: #""ok":true,"ret":[],"events":[]"#,
        spoiled: #""ok":false,"revert":{"kind":"Empty"},"events":[]"#, place: .step(3),
        field: "result"),
      Spoiling(
        original: #""message":"Invalid token address""#, spoiled: #""message":"Invalid token""#,
        place: .step(6), field: "revert"),
      Spoiling(
        original: #""ret":["7"]"#, spoiled: #""ret":["8"]"#, place: .finalCall(0),
        field: "ret[0]"),
      Spoiling(
        original: #""bob":{"eth":"991","fab":"40"}"#, spoiled: #""bob":{"eth":"991","fab":"41"}"#,
        place: .finalBalances, field: "balance of bob in fab"),
      Spoiling(
        original: #""from":"alice","to":"FAB","fn":"approve"#,
        spoiled: #""from":"ZERO","to":"FAB","fn":"approve"#, place: .setup, field: "result"),
    ])
  func differences(_ spoiling: Spoiling) throws {
    #expect(SmallVector.line.ranges(of: spoiling.original).count == 1, "ambiguous")
    let report = try replay(
      SmallVector.line.replacing(spoiling.original, with: spoiling.spoiled))
    let first = try #require(report.firstMismatches.first)
    #expect(first.place == spoiling.place)
    #expect(first.differences.first?.field == spoiling.field)
    #expect(report.mismatches >= 1)
  }

  @Test("skips a case whose contracts are not built, and counts none of it as matched")
  func unsupported() throws {
    let line = SmallVector.line.replacing(#""type":"PaymentEscrow""#, with: #""type":"Oracle""#)
    let report = try replay(line)
    #expect(report.cases == 1)
    #expect(report.steps == 7)
    #expect(report.matched == 0)
    #expect(report.skippedSteps == 7)
    #expect(report.skippedCases.map(\.reason) == ["contract types not built yet: Oracle"])
    #expect(report.mismatches == 0)
  }

  @Test("is the same twice") func repeatable() throws {
    let line = SmallVector.line.replacing(#""ret":["40"]"#, with: #""ret":["41"]"#)
    let first = try replay(line)
    let second = try replay(line)
    #expect(first.text == second.text)
    #expect(first.json == second.json)
  }

  private func replay(_ line: String) throws -> FileReport {
    var report = FileReport(file: "small")
    try VectorFile.replay(Array(line.utf8), into: &report)
    return report
  }
}
