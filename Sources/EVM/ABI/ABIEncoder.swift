import Quantities

/// Solidity's ABI encoding of decoded values, off the hot path: for conformance vectors, calls
/// carried as data, and sizes of calldata.
///
/// - Source: Solidity documentation, contract ABI specification, formal specification of the
///   encoding.
public struct ABIEncoder: Sendable {
  /// 20 bytes of each account in the order of their numbers; whoever is beyond has the address
  /// that stands for its number.
  private let addresses: [UInt8]

  /// - Parameter addresses: 20 bytes an account; empty when no chain gives accounts addresses.
  public init(addresses: [UInt8] = []) { self.addresses = addresses }

  /// Calldata of a call: the 4-byte selector, then the arguments.
  ///
  /// - Precondition: `selector` has 4 bytes.
  public func calldata(selector: [UInt8], arguments: [ABIValue]) -> [UInt8] {
    precondition(selector.count == 4, "a function selector has four bytes")
    return selector + encode(arguments)
  }

  /// The values as the members of one tuple, heads first and then tails.
  public func encode(_ values: [ABIValue]) -> [UInt8] {
    let bodies = values.map(body)
    let headCount = zip(values, bodies).reduce(0) { total, next in
      total + (next.0.isDynamic ? 32 : next.1.count)
    }
    var heads: [UInt8] = []
    var tails: [UInt8] = []
    for (value, body) in zip(values, bodies) {
      if value.isDynamic {
        heads += UInt256(headCount + tails.count).bigEndianBytes
        tails += body
      } else {
        heads += body
      }
    }
    return heads + tails
  }

  private func body(_ value: ABIValue) -> [UInt8] {
    switch value {
    case .uint(let number): number.bigEndianBytes
    case .int(let bits): bits.bigEndianBytes
    case .bool(let flag): UInt256(flag ? 1 : 0).bigEndianBytes
    case .address(let account): [UInt8](repeating: 0, count: 12) + address(of: account)
    case .fixedBytes(let bytes): padded(bytes)
    case .bytes(let bytes), .string(let bytes):
      UInt256(bytes.count).bigEndianBytes + padded(bytes)
    case .array(let elements): UInt256(elements.count).bigEndianBytes + encode(elements)
    case .tuple(let fields): encode(fields.map(\.value))
    }
  }

  private func address(of account: AccountID) -> ArraySlice<UInt8> {
    let start = Int(account.index) * 20
    return start < addresses.count
      ? addresses[start..<start + 20] : account.syntheticAddress[...]
  }

  /// Filled with zeros on the right to whole words.
  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
  }
}

extension Machine {
  /// The first four bytes of the hash of a signature.
  public static func selector(_ signature: String) -> [UInt8] {
    Array(Keccak.hash(signature.utf8).prefix(4))
  }

  /// The values' encoding with the addresses of this chain.
  public func encode(_ values: [ABIValue]) -> [UInt8] {
    ABIEncoder(addresses: addresses).encode(values)
  }
}

extension ABIValue {
  var isDynamic: Bool {
    switch self {
    case .bytes, .string, .array: true
    case .tuple(let fields): fields.contains { $0.value.isDynamic }
    default: false
    }
  }
}
