public import Quantities

/// Values as a scenario writes them: `1%`, `30d`, `1000 FAB`, `treasury`.
extension ProtocolParameter {
  public func text(of value: UInt256, under rules: ProtocolRules) -> String {
    switch measure {
    case .flag: return value.isZero ? "false" : "true"
    case .count: return "\(value)"
    case .time(_, let zero):
      if value.isZero, let zero { return zero }
      return Self.time(value)
    case .share: return Self.decimal(value, places: 2) + "%"
    case .amount(let currency, _, let mayBeUnlimited):
      if mayBeUnlimited, value == .max { return Self.unlimited }
      return Self.decimal(value, places: currency.decimals) + " " + currency.name(under: rules)
    case .choice(let words):
      guard let position = value.narrow, position < UInt64(words.count) else { return "\(value)" }
      return words[Int(position)]
    }
  }

  /// Unit of the values, empty for flags and words.
  public func unit(under rules: ProtocolRules) -> String {
    switch measure {
    case .flag, .choice: ""
    case .count(_, let unit): unit
    case .time: "s, min, h, d"
    case .share: "%"
    case .amount(let currency, _, _): currency.name(under: rules)
    }
  }

  /// What is allowed: `0%–100%`, `off or 1s–3650d`, `treasury, burn`.
  public func range(under rules: ProtocolRules) -> String {
    switch measure {
    case .flag: return "true, false"
    case .count(let range, _):
      return "\(range.lowerBound)–\(range.upperBound)"
    case .share(let range):
      return "\(text(of: UInt256(range.lowerBound), under: rules))–"
        + text(of: UInt256(range.upperBound), under: rules)
    case .time(let range, let zero):
      let words = zero.map { "\($0) or " } ?? ""
      return "\(words)\(Self.time(UInt256(range.lowerBound)))–"
        + Self.time(UInt256(range.upperBound))
    case .amount(_, let range, let mayBeUnlimited):
      let words = mayBeUnlimited ? "\(Self.unlimited) or " : ""
      return "\(words)\(text(of: range.lowerBound, under: rules))–"
        + text(of: range.upperBound, under: rules)
    case .choice(let words): return words.joined(separator: ", ")
    }
  }

  public static var unlimited: String { "unlimited" }

  /// In the largest unit that gives a whole number.
  private static func time(_ seconds: UInt256) -> String {
    let units: [(seconds: UInt256, name: String)] = [(86_400, "d"), (3_600, "h"), (60, "min")]
    for unit in units where !seconds.isZero && (seconds % unit.seconds).isZero {
      return "\(seconds / unit.seconds)\(unit.name)"
    }
    return "\(seconds)s"
  }

  /// Moves the point `places` to the left and drops zeros behind it.
  private static func decimal(_ value: UInt256, places: Int) -> String {
    var digits = Array("\(value)")
    while digits.count <= places { digits.insert("0", at: 0) }
    var fraction = digits[(digits.count - places)...]
    while fraction.last == "0" { fraction.removeLast() }
    let whole = String(digits[..<(digits.count - places)])
    return fraction.isEmpty ? whole : "\(whole).\(String(fraction))"
  }
}
