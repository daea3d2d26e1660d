import Contracts
import EVM
import Quantities

/// Turns the JSON arguments of a call into decoded values of the types its signature names.
enum ArgumentReader {
  /// - Parameter signature: Full signature, such as `approve(address,uint256)`.
  static func arguments(
    _ node: JSONNode, signature: JSONNode, names: inout AccountNames, world: inout World
  ) throws(JSONProblem) -> [ABIValue] {
    guard let types = ABIType.parameters(ofSignature: try signature.text()) else {
      throw signature.expected("a function signature")
    }
    return try values(node, of: types, names: &names, world: &world)
  }

  static func values(
    _ node: JSONNode, of types: [ABIType], names: inout AccountNames, world: inout World
  ) throws(JSONProblem) -> [ABIValue] {
    let nodes = try node.array()
    guard nodes.count == types.count else {
      throw node.problem("\(nodes.count) arguments where the signature has \(types.count)")
    }
    var values: [ABIValue] = []
    for (node, type) in zip(nodes, types) {
      values.append(try value(node, of: type, names: &names, world: &world))
    }
    return values
  }

  static func value(
    _ node: JSONNode, of type: ABIType, names: inout AccountNames, world: inout World
  ) throws(JSONProblem) -> ABIValue {
    switch type {
    // Numbers too large for their type are sent as they are: the contract's decoder refuses them.
    case .uint: return .uint(try node.amount())
    case .int: return .int(bits: try node.signedAmount())
    case .bool: return .bool(try node.bool())
    case .address: return .address(try account(node, names: &names, world: &world))
    case .string: return .string(try node.bytes())
    case .bytes: return .bytes(try encodedCall(node).hexadecimal())
    case .fixedBytes(let count):
      let bytes = try node.hexadecimal()
      guard bytes.count == count else { throw node.expected("\(count) bytes") }
      return .fixedBytes(bytes)
    case .array(let element):
      var elements: [ABIValue] = []
      for node in try node.array() {
        elements.append(try value(node, of: element, names: &names, world: &world))
      }
      return .array(elements)
    case .tuple(let members):
      let fields = try node.object()
      guard fields.count == members.count else {
        throw node.problem("\(fields.count) fields where the signature has \(members.count)")
      }
      var values: [ABIValue.Field] = []
      for (field, type) in zip(fields, members) {
        values.append(
          ABIValue.Field(
            field.key, try value(field.value, of: type, names: &names, world: &world)))
      }
      return .tuple(values)
    }
  }

  /// A `bytes` argument may come with the call that it encodes; the bytes are what is sent.
  private static func encodedCall(_ node: JSONNode) throws(JSONProblem) -> JSONNode {
    if case .object = node.value { return try node.required("hex") }
    return node
  }

  private static func account(
    _ node: JSONNode, names: inout AccountNames, world: inout World
  ) throws(JSONProblem) -> AccountID {
    let text = try node.text()
    if let known = names[text] { return known }
    guard let address = [UInt8](hexadecimal: Array(text.utf8)), address.count == 20 else {
      throw node.expected("an account of this case or an address")
    }
    let account = address.allSatisfy { $0 == 0 } ? .zero : world.reserve(address: address)
    names.bind(text, to: account)
    return account
  }
}

extension JSONNode {
  /// A decimal string, 0 … 2²⁵⁶ − 1.
  func amount() throws(JSONProblem) -> UInt256 {
    guard case .string(let digits) = value,
      let amount = UInt256(decimal: String(decoding: digits, as: UTF8.self))
    else { throw expected("a decimal string below 2^256") }
    return amount
  }

  /// A decimal string with an optional minus sign, as two's complement.
  func signedAmount() throws(JSONProblem) -> UInt256 {
    guard case .string(let digits) = value,
      let amount = UInt256(signedDecimal: String(decoding: digits, as: UTF8.self))
    else { throw expected("a decimal string of a 256-bit integer") }
    return amount
  }
}

extension UInt256 {
  /// Two's complement of a decimal from −2²⁵⁵ to 2²⁵⁵ − 1.
  init?(signedDecimal text: String) {
    let isNegative = text.hasPrefix("-")
    guard let magnitude = UInt256(decimal: isNegative ? String(text.dropFirst()) : text) else {
      return nil
    }
    let limit = UInt256(high: 1 << 127, low: 0)
    guard isNegative ? magnitude <= limit : magnitude < limit else { return nil }
    self = isNegative ? -magnitude : magnitude
  }
}
