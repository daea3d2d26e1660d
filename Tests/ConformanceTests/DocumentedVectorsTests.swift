import Contracts
import Foundation
import Quantities
import Testing

@testable import Conformance

/// Cases written by hand from the page that the profile implements: `python3 write.py` in
/// Vectors/documented writes the files anew.
@Suite("The golden cases of the documented profile") struct DocumentedVectorsTests {
  static var folder: URL? {
    Bundle.module.url(forResource: "Vectors", withExtension: nil)?
      .appendingPathComponent("documented")
  }
  static var files: [String] {
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) }
    return (names ?? []).filter { $0.hasSuffix(".jsonl") }.sorted()
  }

  @Test("hold in every step, call and balance", arguments: files) func hold(name: String) throws {
    let folder = try #require(Self.folder)
    let report = try VectorFile.replay(folder.appendingPathComponent(name).path)
    #expect(report.mismatches == 0, "\(report.text)")
    #expect(report.matched == report.steps, "\(report.text)")
  }

  @Test("are as many as the page needs, each with its own name") func count() throws {
    let folder = try #require(Self.folder)
    var names: [String] = []
    for file in Self.files {
      var source = try LineSource(folder.appendingPathComponent(file).path)
      while let line = try source.next() {
        let root = try JSONParser.parse(line)
        names.append(try root.required("id").text())
        #expect(try root.required("setup").required("profile").text() == "documented")
      }
    }
    #expect(Set(names).count == names.count)
    #expect(names.count >= 250)
  }
}

@Suite("Every rule of the documented profile") struct RuleCoverageTests {
  /// The rules of people and their tools, which no contract follows; the numbers that a constructor
  /// takes, so that the rule is only what a deployment passes on; and the size of a bundle, which is
  /// the bundler's affair.
  static let elsewhere: Set = [
    "promptByHash", "reputationModel", "arbiter.delay", "arbiter.accuracy",
    "arbiter.adversarial", "arbiter.jurors", "fee", "minStake", "bundleSize",
  ]
  #if DEBUG
    static let isOptimised = false
  #else
    static let isOptimised = true
  #endif
  /// Rules that decide nothing while others stand beside them. With a record of its own in the escrow
  /// (`escrowPerJob`) every payment of a job, whoever asks for it and by which function, goes through
  /// that record, which is in the job's token and is left once: what five rules would each forbid
  /// finds the record closed. And under `decayApplied` everything that writes a score dates it first,
  /// so that no score is ever met without a date, which is the only thing that
  /// `scoreSurvivesFirstRecord` asks about.
  static let overshadowed: Set = [
    "paysOnce", "batchPaysOnce", "disputePaysOnce", "releaseInJobToken", "abandonedInJobToken",
    "scoreSurvivesFirstRecord",
  ]
  /// Rules of contracts that the documented profile does not deploy.
  static let lacking = Set(
    ProtocolParameter.all.filter { !$0.exists(in: .documented) }.map(\.key))

  /// What would be left of a rule that nobody holds? Every case is run for every rule until one
  /// notices, which only optimised code does in time.
  @Test(
    "is noticed by a golden case when it alone is another", .enabled(if: Self.isOptimised))
  func noticed() throws {
    let folder = try #require(DocumentedVectorsTests.folder)
    var cases: [JSONNode] = []
    for file in DocumentedVectorsTests.files {
      var source = try LineSource(folder.appendingPathComponent(file).path)
      while let line = try source.next() { cases.append(try JSONParser.parse(line)) }
    }
    for parameter in ProtocolParameter.all
    where !Self.elsewhere.contains(parameter.key) && !Self.lacking.contains(parameter.key)
      && !Self.overshadowed.contains(parameter.key)
    {
      let other = try #require(neighbour(of: parameter), "\(parameter.key)")
      let isNoticed = try cases.contains { try notices($0, parameter, other) }
      #expect(isNoticed, "\(parameter.key): no case notices \(other)")
    }
  }

  /// The smallest other value: one more where there is more, else one less.
  private func neighbour(of parameter: ProtocolParameter) -> UInt256? {
    let value = parameter.value(in: ProtocolProfile.documented.rules)
    if case .flag = parameter.measure { return value.isZero ? 1 : 0 }
    let (more, overflow) = value.addingReportingOverflow(1)
    if !overflow, parameter.allows(more) { return more }
    if !value.isZero, parameter.allows(value - 1) { return value - 1 }
    // `off` and `deadline` stand apart from the range.
    return [60, 1, 0].first { $0 != value && parameter.allows($0) }
  }

  private func notices(
    _ root: JSONNode, _ parameter: ProtocolParameter, _ value: UInt256
  ) throws -> Bool {
    switch try CasePreparation(root, adjust: { parameter.set(value, in: &$0) }) {
    case .skipped: return false
    case .failed: return true
    case .ready(var prepared): return !prepared.replay().mismatches.isEmpty
    }
  }
}

@Suite("The rules of a case") struct RuleReaderTests {
  private func rules(_ setup: String) throws -> JSONProblem? {
    do throws(JSONProblem) {
      _ = try RuleReader.rules(of: try JSONParser.parse(Array(setup.utf8)))
      return nil
    } catch {
      return error
    }
  }

  @Test("are the reference's unless the setup names a profile") func standard() throws {
    let setup = try JSONParser.parse(Array(#"{"t":1}"#.utf8))
    #expect(try RuleReader.rules(of: setup).escrowPerJob == false)
  }

  @Test("change one by one") func changes() throws {
    let setup = try JSONParser.parse(
      Array(
        #"{"profile":"documented","protocol":{"slash":"2000","slashTo":"burn","feeOnce":false}}"#
          .utf8))
    let rules = try RuleReader.rules(of: setup)
    #expect(rules.slash == 2_000)
    #expect(rules.slashTo == .burn)
    #expect(!rules.feeOnce)
    #expect(rules.escrowPerJob)
  }

  @Test(
    "are refused where they are wrong, at their place",
    arguments: [
      (#"{"profile":"docs"}"#, 11, "is not a profile"),
      (#"{"protocol":{"slash":"1"}}"#, 12, "needs a \"profile\""),
      (#"{"profile":"documented","protocol":{"slush":"1"}}"#, 44, "is no rule of the protocol"),
      (
        #"{"profile":"documented","protocol":{"slash":"10001"}}"#, 44,
        "slash is out of range; allowed 0%–100%"
      ),
      (#"{"profile":"documented","protocol":{"slash":5}}"#, 44, "decimal string"),
      (#"{"profile":"documented","protocol":{"slashTo":"bank"}}"#, 46, "treasury, burn"),
      (#"{"profile":"documented","protocol":{"feeOnce":"1"}}"#, 46, "true or false"),
    ])
  func refused(setup: String, offset: Int, words: String) throws {
    let problem = try #require(try rules(setup))
    #expect(problem.offset == offset)
    #expect(problem.message.contains(words), "\(problem.message)")
  }
}
