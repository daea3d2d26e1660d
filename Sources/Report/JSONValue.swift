/// A JSON document that this program writes, such as a manifest; keys keep the order given.
public indirect enum JSONValue: Sendable {
  case null
  case flag(Bool)
  case integer(Int64)
  /// `null` unless finite.
  case real(Double)
  case text(String)
  case list([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// UTF-8 with two-space indent and a final newline.
  public func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private func append(to bytes: inout [UInt8], indent: Int) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .flag(let value): bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    case .integer(let value): DecimalText.append(value, to: &bytes)
    case .real(let value) where !value.isFinite: bytes.append(contentsOf: "null".utf8)
    case .real(let value): DecimalText.append(value, to: &bytes)
    case .text(let value): JSONLinesEncoder.appendString(Array(value.utf8)[...], to: &bytes)
    case .list(let values):
      Self.appendBlock(values, open: "[", close: "]", indent: indent, to: &bytes) { value, bytes in
        value.append(to: &bytes, indent: indent + 2)
      }
    case .object(let members):
      Self.appendBlock(members, open: "{", close: "}", indent: indent, to: &bytes) {
        member, bytes in
        JSONLinesEncoder.appendString(Array(member.key.utf8)[...], to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.append(to: &bytes, indent: indent + 2)
      }
    }
  }

  private static func appendBlock<Element>(
    _ elements: [Element], open: Character, close: Character, indent: Int, to bytes: inout [UInt8],
    _ appendElement: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (index, element) in elements.enumerated() {
      bytes.append(contentsOf: index == 0 ? "\n".utf8 : ",\n".utf8)
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent + 2))
      appendElement(element, &bytes)
    }
    if !elements.isEmpty {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }
    bytes.append(contentsOf: close.utf8)
  }
}
