/// Reads one line of JSON Lines.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// Vectors nest about a dozen deep; beyond this a hostile line could exhaust the stack.
  private static let deepestNesting = 64

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func parse(_ line: [UInt8]) throws(JSONProblem) -> JSONNode {
    var parser = JSONParser(line)
    let node = try parser.value()
    parser.skipSpace()
    guard parser.position == line.count else { throw parser.problem("text after the end") }
    return node
  }

  private mutating func value() throws(JSONProblem) -> JSONNode {
    skipSpace()
    let start = position
    guard let byte = peek else { throw problem("the line ends inside a value") }
    let value: JSONNode.Value
    switch byte {
    case UInt8(ascii: "{"): value = .object(try members())
    case UInt8(ascii: "["): value = .array(try elements())
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(number())
    default: throw problem("not the start of a value")
    }
    return JSONNode(offset: start, value: value)
  }

  private mutating func open() throws(JSONProblem) {
    guard depth < Self.deepestNesting else { throw problem("nested too deep") }
    depth += 1
    position += 1
    skipSpace()
  }

  private mutating func close(_ letter: UnicodeScalar) -> Bool {
    guard accept(letter) else { return false }
    depth -= 1
    return true
  }

  private mutating func members() throws(JSONProblem) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    try open()
    if close("}") { return members }
    repeat {
      skipSpace()
      let start = position
      guard peek == UInt8(ascii: "\"") else { throw problem("expected a key") }
      let key = String(decoding: try string(), as: UTF8.self)
      guard !members.contains(where: { $0.key == key }) else {
        throw JSONProblem(offset: start, message: "key \"\(key)\" occurs twice")
      }
      skipSpace()
      guard accept(":") else { throw problem("expected \":\"") }
      members.append(JSONNode.Member(key: key, value: try value()))
      skipSpace()
    } while accept(",")
    guard close("}") else { throw problem("expected \",\" or \"}\"") }
    return members
  }

  private mutating func elements() throws(JSONProblem) -> [JSONNode] {
    var elements: [JSONNode] = []
    try open()
    if close("]") { return elements }
    repeat {
      elements.append(try value())
      skipSpace()
    } while accept(",")
    guard close("]") else { throw problem("expected \",\" or \"]\"") }
    return elements
  }

  private mutating func string() throws(JSONProblem) -> [UInt8] {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard String(validating: text, as: UTF8.self) != nil else {
          throw JSONProblem(offset: start, message: "the string is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw problem("a control character inside a string")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw problem("the line ends inside a string")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
    let start = position
    position += 1
    guard let letter = peek else { throw problem("the line ends inside a string") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = UInt32(try hexadecimalUnit())
      if (0xD800..<0xDC00).contains(scalar), accept("\\"), accept("u") {
        let low = UInt32(try hexadecimalUnit())
        if (0xDC00..<0xE000).contains(low) {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        }
      }
      guard let scalar = UnicodeScalar(scalar) else {
        throw JSONProblem(offset: start, message: "half of a surrogate pair")
      }
      text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    default: throw JSONProblem(offset: start, message: "unknown escape")
    }
  }

  private mutating func hexadecimalUnit() throws(JSONProblem) -> UInt16 {
    let end = position + 4
    guard end <= bytes.count,
      let unit = UInt16(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw problem("expected four hexadecimal digits") }
    position = end
    return unit
  }

  private mutating func number() -> String {
    let start = position
    while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func word(
    _ word: String, _ value: JSONNode.Value
  ) throws(JSONProblem) -> JSONNode.Value {
    guard bytes[position...].starts(with: word.utf8) else { throw problem("expected \(word)") }
    position += word.utf8.count
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func accept(_ letter: UnicodeScalar) -> Bool {
    guard peek == UInt8(ascii: letter) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0D, 0x0A].contains(byte) { position += 1 }
  }

  private func problem(_ message: String) -> JSONProblem {
    JSONProblem(offset: position, message: message)
  }
}
