public import Quantities

/// How the table declares its rows: one function for each kind of field.
extension ProtocolParameter {
  static func flag(
    _ key: String, _ field: any WritableKeyPath<ProtocolRules, Bool> & Sendable, _ meaning: String,
    code: String, documentation: String, source: String, in contracts: [ContractType],
    needs: String? = nil
  ) -> ProtocolParameter {
    ProtocolParameter(
      key: key, meaning: meaning, measure: .flag, code: code, documentation: documentation,
      source: source, contracts: contracts, needs: needs,
      read: { $0[keyPath: field] ? 1 : 0 }, write: { $0[keyPath: field] = !$1.isZero })
  }

  static func number(
    _ key: String, _ field: any WritableKeyPath<ProtocolRules, UInt64> & Sendable,
    _ measure: Measure,
    _ meaning: String, code: String, documentation: String, source: String,
    in contracts: [ContractType], needs: String? = nil
  ) -> ProtocolParameter {
    ProtocolParameter(
      key: key, meaning: meaning, measure: measure, code: code, documentation: documentation,
      source: source, contracts: contracts, needs: needs,
      read: { UInt256($0[keyPath: field]) },
      // `set` lets in what the range of a 64-bit field allows only.
      write: { $0[keyPath: field] = UInt64(truncatingIfNeeded: $1.low) })
  }

  static func amount(
    _ key: String, _ field: any WritableKeyPath<ProtocolRules, UInt256> & Sendable,
    _ measure: Measure,
    _ meaning: String, code: String, documentation: String, source: String,
    in contracts: [ContractType], needs: String? = nil
  ) -> ProtocolParameter {
    ProtocolParameter(
      key: key, meaning: meaning, measure: measure, code: code, documentation: documentation,
      source: source, contracts: contracts, needs: needs,
      read: { $0[keyPath: field] }, write: { $0[keyPath: field] = $1 })
  }

  static func choice<Value: RawRepresentable & CaseIterable & SendableMetatype>(
    _ key: String, _ field: any WritableKeyPath<ProtocolRules, Value> & Sendable, _ meaning: String,
    code: String, documentation: String, source: String, in contracts: [ContractType],
    needs: String? = nil
  ) -> ProtocolParameter where Value.RawValue == UInt8 {
    ProtocolParameter(
      key: key, meaning: meaning, measure: .choice(Value.allCases.map { "\($0)" }), code: code,
      documentation: documentation, source: source, contracts: contracts, needs: needs,
      read: { UInt256($0[keyPath: field].rawValue) },
      write: { rules, raw in
        let value = Value(rawValue: UInt8(truncatingIfNeeded: raw.low))
        guard let value else { preconditionFailure("choices are numbered from 0") }
        rules[keyPath: field] = value
      })
  }
}

extension ProtocolParameter.Measure {
  /// Whole tokens from `lower` to a thousand million.
  static func tokens(
    _ currency: ProtocolParameter.Currency, from lower: UInt256 = 0, mayBeUnlimited: Bool = false
  ) -> Self {
    let most = UInt256(1_000_000_000) * currency.unit
    return .amount(currency, lower...most, mayBeUnlimited: mayBeUnlimited)
  }

  /// Up to ten years, from `lower` seconds.
  static func seconds(from lower: UInt64 = 0, zero: String? = nil) -> Self {
    .time(lower...315_360_000, zero: zero)
  }

  static var percentage: Self { .share(0...10_000) }
}

extension ProtocolParameter.Currency {
  /// Base units of one token.
  public var unit: UInt256 {
    switch self {
    case .usdc: 1_000_000
    case .eth, .fab, .gov, .stake: 1_000_000_000_000_000_000
    }
  }

  public var decimals: Int { self == .usdc ? 6 : 18 }

  public func name(under rules: ProtocolRules) -> String {
    switch self {
    case .eth: "ETH"
    case .usdc: "USDC"
    case .fab: "FAB"
    case .gov: "GOV"
    case .stake: rules.stakesInFAB ? "FAB" : "ETH"
    }
  }
}
