import Contracts
import EVM
import Quantities

/// What one line of a vector file comes to before it is replayed.
enum CasePreparation: ~Copyable {
  case ready(PreparedCase)
  case skipped(SkippedCase)
  /// The setup itself did not do what the vector needs.
  case failed(Mismatch, steps: Int)
}

/// A case that is not replayed, and why.
public struct SkippedCase: Equatable, Sendable {
  public var id: String
  public var steps: Int
  public var reason: String
}

extension CasePreparation {
  static let format = "fabstir-conformance/1"

  /// - Parameter adjust: See `RuleReader.rules`.
  init(
    _ root: JSONNode, adjust: (inout ProtocolRules) -> Void = { _ in }
  ) throws(JSONProblem) {
    let format = try root.required("format")
    guard try format.text() == Self.format else { throw format.expected("\"\(Self.format)\"") }
    let id = try root.required("id").text()
    let setup = try root.required("setup")
    let steps = try root.required("steps").array()
    let missing = try Self.unsupportedTypes(
      setup: try setup.required("contracts").array(), steps: steps)
    guard missing.isEmpty else {
      let list = missing.joined(separator: ", ")
      self = .skipped(
        SkippedCase(id: id, steps: steps.count, reason: "contract types not built yet: \(list)"))
      return
    }
    // Cases written from a page, not recorded, say what moves and not every event.
    let isRecorded = try setup.optional("profile") == nil
    var builder = CaseBuilder(
      chainID: try setup.required("chainId").natural(),
      rules: try RuleReader.rules(of: setup, adjust: adjust),
      assertsSilence: isRecorded)
    try builder.addAccounts(try setup.required("accounts").array())
    try builder.reserveContracts(try setup.required("contracts").array(), steps: steps)
    do {
      try builder.runSetup(setup)
    } catch {
      switch error {
      case .malformed(let problem): throw problem
      case .failed(let label, let difference):
        let mismatch = Mismatch(
          caseID: id, place: .setup, label: label, differences: [difference])
        self = .failed(mismatch, steps: steps.count)
        return
      }
    }
    let decoded = try builder.steps(steps)
    let final = try root.required("final")
    let finalCalls = try builder.finalCalls(final)
    let finalBalances = try Expectation.Balance.list(
      try final.required("balances"), names: builder.names, watch: builder.watch)
    self = .ready(
      builder.finish(
        id: id, steps: decoded, finalCalls: finalCalls, finalBalances: finalBalances))
  }

  /// Types that the case deploys and this build lacks, each once, in order of appearance.
  private static func unsupportedTypes(
    setup: [JSONNode], steps: [JSONNode]
  ) throws(JSONProblem) -> [String] {
    let supported = World.supportedTypes
    var missing: [String] = []
    func note(_ node: JSONNode) throws(JSONProblem) {
      let type = try node.required("type").text()
      if !supported.contains(type), !missing.contains(type) { missing.append(type) }
    }
    for contract in setup { try note(contract) }
    for step in steps where try step.required("kind").text() == "deploy" { try note(step) }
    return missing
  }
}
