import Quantities

/// Solidity's ABI encoding of decoded values, off the hot path: for sizes of calldata.
///
/// - Source: Solidity documentation, contract ABI specification, formal specification of the
///   encoding.
public enum ABIEncoder {
  /// Calldata of a call: the 4-byte selector, then the arguments.
  ///
  /// - Precondition: `selector` has 4 bytes.
  public static func calldata(selector: [UInt8], arguments: [ABIValue]) -> [UInt8] {
    precondition(selector.count == 4, "a function selector has four bytes")
    return selector + encode(arguments)
  }

  /// The values as the members of one tuple, heads first and then tails.
  public static func encode(_ values: [ABIValue]) -> [UInt8] {
    let bodies = values.map(body)
    let headCount = zip(values, bodies).reduce(0) { total, next in
      total + (isDynamic(next.0) ? 32 : next.1.count)
    }
    var heads: [UInt8] = []
    var tails: [UInt8] = []
    for (value, body) in zip(values, bodies) {
      if isDynamic(value) {
        heads += word(UInt256(headCount + tails.count))
        tails += body
      } else {
        heads += body
      }
    }
    return heads + tails
  }

  private static func body(_ value: ABIValue) -> [UInt8] {
    switch value {
    case .uint(let number): word(number)
    case .int(let bits): word(bits)
    case .bool(let flag): word(flag ? 1 : 0)
    case .address(let account): [UInt8](repeating: 0, count: 12) + account.syntheticAddress
    case .fixedBytes(let bytes): padded(bytes)
    case .bytes(let bytes), .string(let bytes): word(UInt256(bytes.count)) + padded(bytes)
    case .array(let elements): word(UInt256(elements.count)) + encode(elements)
    case .tuple(let fields): encode(fields.map(\.value))
    }
  }

  private static func isDynamic(_ value: ABIValue) -> Bool {
    switch value {
    case .bytes, .string, .array: true
    case .tuple(let fields): fields.contains { isDynamic($0.value) }
    default: false
    }
  }

  private static func word(_ value: UInt256) -> [UInt8] {
    (0..<32).map { index in
      let half = index < 16 ? value.high : value.low
      return UInt8(truncatingIfNeeded: half >> (8 * (15 - index % 16)))
    }
  }

  /// Filled with zeros on the right to whole words.
  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
  }
}
