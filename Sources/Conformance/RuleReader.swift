import Contracts
import Quantities

/// The rules of a case: those of the reference code unless its setup names a profile.
///
/// `"profile":"documented"` chooses; `"protocol":{"slash":"2000","slashTo":"burn"}` changes single
/// rules. Values are decimal strings of base units, seconds or basis points, `true` and `false` for
/// switches, and words for choices.
enum RuleReader {
  ///
  /// - Parameter adjust: Changes the profile before the case does: tests ask what a case notices.
  static func rules(
    of setup: JSONNode, adjust: (inout ProtocolRules) -> Void = { _ in }
  ) throws(JSONProblem) -> ProtocolRules {
    guard let name = try setup.optional("profile") else {
      if let changes = try setup.optional("protocol") {
        throw changes.problem("\"protocol\" needs a \"profile\" to change")
      }
      return ProtocolRules()
    }
    let names = ProtocolProfile.allCases.map(\.rawValue).joined(separator: ", ")
    guard let profile = ProtocolProfile(rawValue: try name.text()) else {
      throw name.expected("a profile: \(names)")
    }
    var rules = profile.rules
    adjust(&rules)
    for change in try setup.optional("protocol")?.object() ?? [] {
      try apply(change, to: &rules)
    }
    return rules
  }

  private static func apply(
    _ change: JSONNode.Member, to rules: inout ProtocolRules
  ) throws(JSONProblem) {
    guard let parameter = ProtocolParameter.named(change.key) else {
      throw change.value.problem("\"\(change.key)\" is no rule of the protocol")
    }
    let value = try value(of: parameter, change.value)
    guard parameter.allows(value) else {
      throw change.value.problem(
        "\(change.key) is out of range; allowed \(parameter.range(under: rules))")
    }
    parameter.set(value, in: &rules)
  }

  private static func value(
    of parameter: ProtocolParameter, _ node: JSONNode
  ) throws(JSONProblem) -> UInt256 {
    switch parameter.measure {
    case .flag: return try node.bool() ? 1 : 0
    case .choice(let words):
      guard let place = words.firstIndex(of: try node.text()) else {
        throw node.expected("one of \(words.joined(separator: ", "))")
      }
      return UInt256(place)
    case .count, .time, .share, .amount: return try node.amount()
    }
  }
}
