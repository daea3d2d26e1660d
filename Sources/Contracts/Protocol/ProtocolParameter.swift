public import Quantities

/// One rule of the protocol as users name it: what it means, what it may be, what code and
/// documentation say, and where it stands in `ProtocolRules`.
///
/// Everything that is said about a rule comes from here: the keys of `protocol:` in scenarios,
/// their errors and schema, `marketsim list protocol`, the targets of governance, and the setup of
/// conformance cases.
public struct ProtocolParameter: Sendable {
  /// As in a scenario, with a dot before the member of a group: `slash`, `maxPayment.eth`.
  public let key: String
  public let meaning: String
  public let measure: Measure
  /// What the reference code does.
  public let code: String
  /// What the documentation says; † marks a choice made where it is silent or contradicts itself.
  public let documentation: String
  /// Findings (`F16`) and sections of the documented profile (`Slashing`).
  public let source: String
  /// Contracts that follow the rule; empty for rules of people and their tools.
  public let contracts: [ContractType]
  /// Key of the switch without which this one means nothing.
  public let needs: String?
  let read: @Sendable (ProtocolRules) -> UInt256
  let write: @Sendable (inout ProtocolRules, UInt256) -> Void

  public enum Measure: Sendable {
    case flag
    /// A whole number; `unit` in the plural, empty where the meaning says it.
    case count(ClosedRange<UInt64>, unit: String)
    /// Whole seconds; `zero` is the word for 0, which is then allowed besides the range.
    case time(ClosedRange<UInt64>, zero: String?)
    /// Basis points.
    case share(ClosedRange<UInt64>)
    /// Base units; the word `unlimited` stands for the greatest number.
    case amount(Currency, ClosedRange<UInt256>, mayBeUnlimited: Bool)
    /// The raw value is the position.
    case choice([String])
  }

  public enum Currency: Sendable {
    case eth
    case usdc
    case fab
    case gov
    /// ETH or FAB, as the profile's hosts stake.
    case stake
  }

  /// The raw value in some rules: flags are 0 and 1, choices positions.
  public func value(in rules: ProtocolRules) -> UInt256 { read(rules) }

  /// Sets the raw value.
  ///
  /// - Precondition: `allows(value)`.
  public func set(_ value: UInt256, in rules: inout ProtocolRules) {
    precondition(allows(value), "\(key) cannot be \(value)")
    write(&rules, value)
  }

  public func allows(_ value: UInt256) -> Bool {
    switch measure {
    case .flag: return value <= 1
    case .count(let range, _), .share(let range):
      return value.narrow.map(range.contains) ?? false
    case .time(let range, let zero):
      return (value.isZero && zero != nil) || value.narrow.map(range.contains) ?? false
    case .amount(_, let range, let mayBeUnlimited):
      return range.contains(value) || (mayBeUnlimited && value == .max)
    case .choice(let words): return value < UInt256(words.count)
    }
  }

  /// Whether the profile runs a contract that follows the rule, and has what the rule needs.
  public func exists(in profile: ProtocolProfile) -> Bool {
    if let needs, let switchNeeded = Self.named(needs), !switchNeeded.exists(in: profile) {
      return false
    }
    return contracts.isEmpty || contracts.contains { profile.contracts.contains($0) }
  }

  public static func named(_ key: String) -> ProtocolParameter? { byKey[key].map { all[$0] } }

  /// Place in `all`.
  var number: UInt64 {
    guard let place = Self.byKey[key] else { preconditionFailure("\(key) is not in the table") }
    return UInt64(place)
  }

  /// Every parameter, in the order of the documented profile: numbers first, then findings.
  public static let all: [ProtocolParameter] =
    money + hosts + posting + proofs + reputation + disputes + breakers + governance + accounts
    + moneyFindings + hostFindings + jobFindings + trustFindings + governanceFindings

  private static let byKey = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.key, $0) })
}
