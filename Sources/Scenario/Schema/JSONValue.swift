/// A JSON value whose objects keep the order in which they were built.
indirect enum JSONValue: Sendable {
  typealias Member = (key: String, value: JSONValue)

  case text(String)
  /// A number's decimals as they are to be printed.
  case number(String)
  case flag(Bool)
  case list([JSONValue])
  case object([Member])

  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }

  /// RFC 8259 text, two spaces a level; lists without objects stay on one line.
  func rendered(indent: Int = 0) -> String {
    let inner = String(repeating: "  ", count: indent + 1)
    let outer = String(repeating: "  ", count: indent)
    switch self {
    case .text(let text): return Self.quoted(text)
    case .number(let digits): return digits
    case .flag(let isTrue): return isTrue ? "true" : "false"
    case .list(let items):
      let isFlat = items.allSatisfy { if case .object = $0 { false } else { true } }
      let parts = items.map { $0.rendered(indent: indent + 1) }
      return isFlat
        ? "[" + parts.joined(separator: ", ") + "]"
        : "[\n" + parts.map { inner + $0 }.joined(separator: ",\n") + "\n\(outer)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let parts = members.map {
        "\(inner)\(Self.quoted($0.key)): \($0.value.rendered(indent: indent + 1))"
      }
      return "{\n" + parts.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
