/// A Solidity type as function signatures spell it, such as `(string,uint256)[]`.
public indirect enum ABIType: Hashable, Sendable {
  /// `uintN`; contract enums are `uint8`.
  case uint(bits: Int)
  /// `intN`.
  case int(bits: Int)
  case bool
  case address
  /// `bytesN`, 1 ≤ N ≤ 32.
  case fixedBytes(count: Int)
  case bytes
  case string
  case array(of: ABIType)
  case tuple([ABIType])

  /// Nil when `text` is not a type of the kinds above.
  public init?(_ text: some StringProtocol) {
    if text.hasSuffix("[]") {
      guard let element = ABIType(text.dropLast(2)) else { return nil }
      self = .array(of: element)
    } else if text.hasPrefix("("), text.hasSuffix(")") {
      guard let members = ABIType.list(text.dropFirst().dropLast()) else { return nil }
      self = .tuple(members)
    } else if let plain = ABIType.plain(String(text)) {
      self = plain
    } else {
      return nil
    }
  }

  /// The parameter types of a full signature, such as `approve(address,uint256)`.
  public static func parameters(ofSignature signature: some StringProtocol) -> [ABIType]? {
    guard let open = signature.firstIndex(of: "("), signature.hasSuffix(")") else { return nil }
    return list(signature[signature.index(after: open)...].dropLast())
  }

  /// Types separated by commas outside parentheses.
  static func list(_ text: some StringProtocol) -> [ABIType]? {
    if text.isEmpty { return [] }
    var types: [ABIType] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth == 0:
        guard let type = ABIType(text[start..<index]) else { return nil }
        types.append(type)
        start = text.index(after: index)
      default: break
      }
    }
    guard let last = ABIType(text[start...]) else { return nil }
    return types + [last]
  }

  private static func plain(_ text: String) -> ABIType? {
    switch text {
    case "bool": return .bool
    case "address": return .address
    case "bytes": return .bytes
    case "string": return .string
    default: break
    }
    func width(after prefix: String) -> Int? {
      text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
    }
    if let count = width(after: "bytes"), (1...32).contains(count) {
      return .fixedBytes(count: count)
    }
    if let bits = width(after: "uint"), (8...256).contains(bits), bits % 8 == 0 {
      return .uint(bits: bits)
    }
    if let bits = width(after: "int"), (8...256).contains(bits), bits % 8 == 0 {
      return .int(bits: bits)
    }
    return nil
  }
}

extension ABIType: CustomStringConvertible {
  /// The canonical spelling that selectors hash.
  public var description: String {
    switch self {
    case .uint(let bits): "uint\(bits)"
    case .int(let bits): "int\(bits)"
    case .bool: "bool"
    case .address: "address"
    case .fixedBytes(let count): "bytes\(count)"
    case .bytes: "bytes"
    case .string: "string"
    case .array(let element): "\(element)[]"
    case .tuple(let members): "(\(members.map(\.description).joined(separator: ",")))"
    }
  }

  /// Whether the encoding has a tail, so that its head is an offset.
  public var isDynamic: Bool {
    switch self {
    case .bytes, .string, .array: true
    case .tuple(let members): members.contains { $0.isDynamic }
    default: false
    }
  }
}
