/// A JSON value that remembers where it stood, so that every complaint can name a column.
///
/// Foundation's decoders keep neither the position of a value nor the order of an object's keys, and
/// the order of event and error arguments is part of what vectors assert.
struct JSONNode {
  /// Bytes from the start of the line, from 0.
  var offset: Int
  var value: Value

  enum Value {
    case null
    case bool(Bool)
    /// As written.
    case number(String)
    /// UTF-8 bytes: `String` equality would merge canonically equivalent texts.
    case string([UInt8])
    case array([JSONNode])
    /// In the order of the text; no key occurs twice.
    case object([Member])
  }

  struct Member {
    var key: String
    var value: JSONNode
  }
}

/// What is wrong with a line, and where on it.
struct JSONProblem: Error {
  /// Bytes from the start of the line, from 0.
  var offset: Int
  var message: String
}

extension JSONNode {
  func optional(_ key: String) throws(JSONProblem) -> JSONNode? {
    try object().first { $0.key == key }?.value
  }

  func required(_ key: String) throws(JSONProblem) -> JSONNode {
    guard let value = try optional(key) else { throw problem("key \"\(key)\" is missing") }
    return value
  }

  func object() throws(JSONProblem) -> [Member] {
    guard case .object(let members) = value else { throw expected("an object") }
    return members
  }

  func array() throws(JSONProblem) -> [JSONNode] {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements
  }

  func bytes() throws(JSONProblem) -> [UInt8] {
    guard case .string(let bytes) = value else { throw expected("a string") }
    return bytes
  }

  func text() throws(JSONProblem) -> String {
    String(decoding: try bytes(), as: UTF8.self)
  }

  func bool() throws(JSONProblem) -> Bool {
    guard case .bool(let flag) = value else { throw expected("true or false") }
    return flag
  }

  /// A whole number written as a JSON number, 0 … 2⁶⁴ − 1.
  func natural() throws(JSONProblem) -> UInt64 {
    guard case .number(let digits) = value, let number = UInt64(digits) else {
      throw expected("a whole number below 2^64")
    }
    return number
  }

  /// Bytes written as `0x` and an even number of hexadecimal digits.
  func hexadecimal() throws(JSONProblem) -> [UInt8] {
    guard case .string(let text) = value, let bytes = [UInt8](hexadecimal: text) else {
      throw expected("0x and pairs of hexadecimal digits")
    }
    return bytes
  }

  func problem(_ message: String) -> JSONProblem { JSONProblem(offset: offset, message: message) }

  func expected(_ kind: String) -> JSONProblem { problem("\(rendered) is not \(kind)") }

  /// The value as JSON, shortened where it is long.
  var rendered: String { Rendering.shortened(Rendering.text(of: self)) }
}

extension [UInt8] {
  /// Nil unless `text` is `0x` and pairs of hexadecimal digits.
  init?(hexadecimal text: [UInt8]) {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "0"),
      text[1] == UInt8(ascii: "x")
    else { return nil }
    self = []
    reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
      guard let high = Character(UnicodeScalar(text[index])).hexDigitValue,
        let low = Character(UnicodeScalar(text[index + 1])).hexDigitValue
      else { return nil }
      append(UInt8(high << 4 | low))
    }
  }
}
