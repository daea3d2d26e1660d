internal import EVM
internal import Market
internal import Quantities

/// Arguments of a script's calls: parts of the document, until the function says what they are.
enum ScriptArgument {
  /// A list of anything, kept as it is written.
  static let kind = Kind<[DocumentTree]>(
    notation: .list(.text, range: 0...100)
  ) { tree, path, reading in
    if let items = tree.items { return items }
    reading.complain(
      at: tree.location, "\(path)", "is \(tree.kindName), not a list",
      do: "give a list with an element for each parameter")
    return nil
  }

  /// Nil after a complaint.
  static func value(
    _ tree: DocumentTree, as type: ABIType, _ section: Section
  ) -> ScriptConfiguration.Argument? {
    switch type {
    case .array(let element):
      return list(tree, Array(repeating: element, count: tree.items?.count ?? 0), section)
    case .tuple(let types): return list(tree, types, section)
    case .bytes: if let items = tree.items { return encoded(items, in: tree, section) }
    default: break
    }
    guard let text = tree.text else { return refuse(tree, "a plain value", section) }
    if text.hasPrefix("$") { return result(String(text.dropFirst()), tree, as: type, section) }
    switch type {
    // A time is never negative, and no function takes one as a signed number.
    case .int where text.hasPrefix("now+"): return refuse(tree, "a whole number", section)
    case .uint, .int: return number(text) ?? refuseNumber(text, tree, section)
    case .bool:
      return text == "true" || text == "false"
        ? .flag(text == "true") : refuse(tree, "true or false", section)
    case .address: return .account(text)
    case .string: return .text(text)
    case .bytes, .fixedBytes:
      return bytes(text).map { .bytes($0) } ?? refuse(tree, "bytes, as 0x12ab", section)
    case .array, .tuple: return nil
    }
  }

  /// A function's signature and its arguments.
  private static func encoded(
    _ items: [DocumentTree], in tree: DocumentTree, _ section: Section
  ) -> ScriptConfiguration.Argument? {
    guard let function = items.first?.text, let types = ABIType.parameters(ofSignature: function),
      types.count == items.count - 1
    else { return refuse(tree, "bytes, or a list of a function and its arguments", section) }
    let values = zip(types, items.dropFirst()).map { value($1, as: $0, section) }
    let whole = values.compactMap(\.self)
    return whole.count == values.count ? .encoded(function: function, whole) : nil
  }

  /// What a call must return: its type says which of the readings is meant.
  static func returned(_ text: String) -> ScriptConfiguration.Argument {
    switch text {
    case "true": .flag(true)
    case "false": .flag(false)
    default: number(text) ?? .account(text)
    }
  }

  private static func list(
    _ tree: DocumentTree, _ types: [ABIType], _ section: Section
  ) -> ScriptConfiguration.Argument? {
    guard let items = tree.items, items.count == types.count else {
      return refuse(tree, "a list of \(types.count)", section)
    }
    let values = zip(types, items).map { value($1, as: $0, section) }
    let whole = values.compactMap(\.self)
    return whole.count == values.count ? .list(whole) : nil
  }

  private static func refuse(
    _ tree: DocumentTree, _ wanted: String, _ section: Section
  ) -> ScriptConfiguration.Argument? {
    section.reading.complain(
      at: tree.location, "\(section.path.appending("arguments"))",
      "has \(tree.kindName) where the function takes another type", do: "write \(wanted)")
    return nil
  }

  /// Results that are kept are numbers and words of 32 bytes.
  private static func result(
    _ name: String, _ tree: DocumentTree, as type: ABIType, _ section: Section
  ) -> ScriptConfiguration.Argument? {
    switch type {
    case .uint, .fixedBytes: .result(of: name)
    default: refuse(tree, "the value itself: results are numbers or 32 bytes", section)
    }
  }

  private static func refuseNumber(
    _ text: String, _ tree: DocumentTree, _ section: Section
  ) -> ScriptConfiguration.Argument? {
    let isLong = text.count(where: \.isASCIIDigit) > DecimalNumber.digitLimit
    let parts = DecimalNumber.prefix(of: text[...])
    let size = parts.map { $0.number.double * Double(scale(ofUnit: $0.rest) ?? 0) }
    guard isLong || size ?? 0 >= 1e37 else { return refuse(tree, "a whole number", section) }
    section.reading.complain(
      at: tree.location, "\(section.path.appending("arguments"))",
      "has \(text.quotedForMessage), which is more than a script can pass",
      do: "write at most \(DecimalNumber.digitLimit) digits, and less than 1e37 in base units")
    return nil
  }

  /// `5`, `1.5 ETH`, `1000 FAB`, `3 USDC` or `now+1h`.
  private static func number(_ text: String) -> ScriptConfiguration.Argument? {
    if text.hasPrefix("now+") {
      guard let (number, rest) = DecimalNumber.prefix(of: text.dropFirst(4)),
        let unit = Unit.duration.first(where: { $0.name == rest }),
        let ticks = number.magnitude(times: unit.scale)
      else { return nil }
      return .secondsFromNow(UInt64(ticks / 1_000_000_000))
    }
    guard let (number, rest) = DecimalNumber.prefix(of: text[...]), !number.isNegative else {
      return nil
    }
    return scale(ofUnit: rest).flatMap { number.magnitude(times: $0) }.map { .number(UInt256($0)) }
  }

  /// Base units in one of what a text names behind a number; nil for other units.
  private static func scale(ofUnit text: Substring) -> UInt128? {
    switch text.drop(while: { $0 == " " }) {
    case "": 1
    case "ETH", "FAB": 1_000_000_000_000_000_000
    case "USDC": 1_000_000
    default: nil
    }
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    guard text.hasPrefix("0x"), text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var rest = text.dropFirst(2)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
