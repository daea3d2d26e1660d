internal import Contracts
internal import Quantities

/// A value that a scenario gives to a parameter of the protocol, and where it says so.
struct ProtocolSetting: Sendable {
  var parameter: ProtocolParameter
  var value: UInt256
  /// Currency of an amount, else empty.
  var unit = ""
  var location: SourceLocation
  var path: DocumentPath

  static func key(named name: String, _ parameter: ProtocolParameter) -> Key<[ProtocolSetting]> {
    Key(
      name, kind(of: parameter).map { [$0] }, optional: parameter.standards,
      "\(parameter.meaning) \(parameter.source).")
  }

  static func group(
    named name: String, _ parameters: [ProtocolParameter]
  ) -> Key<[ProtocolSetting]> {
    let members = parameters.map {
      key(named: String($0.key.split(separator: ".")[1]), $0)
    }
    let shape = SectionShape<[ProtocolSetting]>(
      declaration: SectionDeclaration(
        name: name, doc: "A group of the protocol's rules.", keys: members.map(\.declaration))
    ) { section in members.flatMap { section.optional($0) ?? [] } }
    return Key(
      name, shape.kind, optional: "as in the profile",
      parameters.map(\.meaning).joined(separator: " "))
  }

  /// Complains about an amount in a currency that the rules do not use for it.
  func checkUnit(under rules: ProtocolRules, _ reading: Reading) {
    guard case .amount(let currency, _, _) = parameter.measure, !unit.isEmpty,
      unit != currency.name(under: rules)
    else { return }
    reading.complain(
      at: location, "\(path)", "is in \(unit), and stakes are \(currency.name(under: rules)) here",
      do: "write \(parameter.text(of: value, under: rules))")
  }

  private static func kind(of parameter: ProtocolParameter) -> Kind<ProtocolSetting> {
    Kind(notation: parameter.notation) { tree, path, reading in
      guard let text = tree.text, !text.isEmpty else {
        let state = tree.text == nil ? "is \(tree.kindName)" : "has no value"
        reading.complain(
          at: tree.location, "\(path)", state, do: "give \(parameter.notation.phrase)")
        return nil
      }
      guard let (value, unit) = parameter.read(text, tree, path, reading) else { return nil }
      guard parameter.allows(value) else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text), which is out of range",
          do: "allowed \(parameter.range(inUnitOf: unit))")
        return nil
      }
      return ProtocolSetting(
        parameter: parameter, value: value, unit: unit, location: tree.location, path: path)
    }
  }
}

extension ProtocolParameter {
  /// The raw value that a text stands for, before its range is checked, and the unit of an amount;
  /// nil after a complaint.
  fileprivate func read(
    _ text: String, _ tree: DocumentTree, _ path: DocumentPath, _ reading: Reading
  ) -> (value: UInt256, unit: String)? {
    if let word, text != word, text.startsAsWord {
      reading.complain(
        at: tree.location, "\(path)", "is \(text.quotedForMessage)",
        do: Nearest.advice(for: text, amongWords: [word], or: notation))
      return nil
    }
    switch measure {
    case .flag: return Kind<Bool>.flag.read(tree, path, reading).map { ($0 ? 1 : 0, "") }
    case .choice(let words):
      return Kind<Int>.word(words.enumerated().map { ($1, $0) }).read(tree, path, reading)
        .map { (UInt256($0), "") }
    case .count(_, let unit):
      return whole(
        DecimalNumber.prefix(of: text[...]), text, "a whole number of \(unit)", tree,
        path, reading
      ).map { ($0, "") }
    case .share:
      let number = DecimalNumber.fraction(text)
      return whole(
        number.map { ($0, "") }, scale: 10_000, text, "a whole number of basis points (0.01%)",
        tree, path, reading
      ).map { ($0, "") }
    case .time:
      if text == word { return (0, "") }
      let quantity = Quantity(
        text, units: Unit.duration, example: "1h", at: tree.location, path, reading)
      guard let quantity else { return nil }
      let ticks = quantity.number.magnitude(times: quantity.unit.scale)
      guard !quantity.number.isNegative, let ticks, ticks % 1_000_000_000 == 0 else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text), no whole number of seconds ≥ 0",
          do: "allowed \(range(under: ProtocolRules()))")
        return nil
      }
      return (UInt256(ticks / 1_000_000_000), "")
    case .amount(let currency, _, _):
      if text == word { return (.max, "") }
      let quantity = Quantity(
        text, units: currency.names.map { Unit(name: $0, scale: 1) },
        example: "10 \(currency.names[0])", at: tree.location, path, reading)
      guard let quantity else { return nil }
      return whole(
        (quantity.number, ""), scale: UInt128(currency.unit.low), text,
        "an amount of at most \(currency.decimals) decimals", tree, path, reading
      ).map { ($0, quantity.unit.name) }
    }
  }

  /// The word that may stand in place of a number.
  private var word: String? {
    switch measure {
    case .time(_, let zero): zero
    case .amount(_, _, let mayBeUnlimited): mayBeUnlimited ? Self.unlimited : nil
    case .flag, .count, .share, .choice: nil
    }
  }

  private func whole(
    _ parsed: (number: DecimalNumber, rest: Substring)?, scale: UInt128 = 1, _ text: String,
    _ what: String, _ tree: DocumentTree, _ path: DocumentPath, _ reading: Reading
  ) -> UInt256? {
    if let (number, rest) = parsed, rest.isEmpty, let value = number.magnitude(times: scale),
      !number.isNegative || value == 0
    {
      return UInt256(value)
    }
    // Beyond 10³⁷ the number itself is the problem, not its decimals.
    let isOutside =
      parsed.map { $0.rest.isEmpty && ($0.number.isNegative || $0.number.double > 1e30) } ?? false
    reading.complain(
      at: tree.location, "\(path)",
      isOutside ? "is \(text), which is out of range" : "is \(text.quotedForMessage), not \(what)",
      do: "allowed \(range(under: ProtocolRules()))")
    return nil
  }

  /// The range with amounts in the unit that the text used.
  fileprivate func range(inUnitOf unit: String) -> String {
    var rules = ProtocolRules()
    rules.stakesInFAB = unit == "FAB"
    return range(under: rules)
  }

  /// How the reader writes values.
  fileprivate var notation: Notation {
    switch measure {
    case .flag: .flag
    case .choice(let words): .word(words)
    case .count(let range, _): .integer(lower: range.lowerBound, upper: range.upperBound)
    case .share: .fraction(.from(0, to: 1))
    case .time:
      Self.either(
        .quantity(
          units: Unit.duration.map(\.name), range: range(under: ProtocolRules()), example: "1h"),
        or: word)
    case .amount(let currency, _, _):
      Self.either(
        .quantity(
          units: currency.names, range: range(under: ProtocolRules()),
          example: "10 \(currency.names[0])"),
        or: word)
    }
  }

  private static func either(_ notation: Notation, or word: String?) -> Notation {
    word.map { .either([notation, .word([$0])]) } ?? notation
  }

  /// The value in each profile that has the parameter, once where they agree.
  fileprivate var standards: String {
    let values = ProtocolProfile.allCases.filter(exists).map { profile in
      (profile.rawValue, text(of: value(in: profile.rules), under: profile.rules))
    }
    if let first = values.first, values.allSatisfy({ $0.1 == first.1 }) { return first.1 }
    return values.map { "\($0.1) (\($0.0))" }.joined(separator: ", ")
  }
}

extension ProtocolParameter.Currency {
  /// Units that a text may carry.
  fileprivate var names: [String] {
    switch self {
    case .stake: ["FAB", "ETH"]
    case .eth, .usdc, .fab, .gov: [name(under: ProtocolRules())]
    }
  }
}
