import EVM
import Quantities

/// Vector values as text for messages: JSON as it stands, decoded values in the vectors' own form.
enum Rendering {
  static func text(of node: JSONNode) -> String {
    switch node.value {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .number(let digits): digits
    case .string(let bytes): quoted(bytes)
    case .array(let elements): "[\(elements.map(text).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\"\($0.key)\":\(text(of: $0.value))" }.joined(separator: ","))}"
    }
  }

  static func text(of value: ABIValue, names: AccountNames) -> String {
    switch value {
    case .uint(let number): "\"\(number)\""
    case .int(let bits): "\"\(signed(bits))\""
    case .bool(let flag): "\(flag)"
    case .address(let account): "\"\(names.name(of: account))\""
    case .fixedBytes(let bytes), .bytes(let bytes): "\"\(hexadecimal(bytes))\""
    case .string(let bytes): quoted(bytes)
    case .array(let elements):
      "[\(elements.map { text(of: $0, names: names) }.joined(separator: ","))]"
    case .tuple(let fields): text(of: fields, names: names)
    }
  }

  static func text(of fields: [ABIValue.Field], names: AccountNames) -> String {
    let members = fields.map { "\"\($0.name)\":\(text(of: $0.value, names: names))" }
    return "{\(members.joined(separator: ","))}"
  }

  /// Two's complement as a decimal with its sign.
  static func signed(_ bits: UInt256) -> String {
    bits.high >> 127 == 1 ? "-\(-bits)" : "\(bits)"
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    "0x"
      + bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  static func quoted(_ bytes: [UInt8]) -> String {
    var text = "\""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case UnicodeScalar(0)..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Long metadata would drown a message; both ends tell more than the start alone.
  static func shortened(_ text: String) -> String {
    let limit = 400
    guard text.count > limit else { return text }
    return "\(text.prefix(limit * 3 / 4))…\(text.suffix(limit / 4)) (\(text.utf8.count) bytes)"
  }
}
