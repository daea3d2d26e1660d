public import Quantities

/// A decoded Solidity value, for callers outside the hot path: vectors, calls carried as data, logs
/// in human form. Contracts themselves take typed arguments.
///
/// Accounts are dense identifiers of the chain state that decoded the value; strings and bytes are
/// raw bytes, so that lengths count as the contracts count them.
public enum ABIValue: Hashable, Sendable {
  case uint(UInt256)
  /// Two's complement: the value is `bits` as the EVM holds it.
  case int(bits: UInt256)
  case bool(Bool)
  case address(AccountID)
  case fixedBytes([UInt8])
  case bytes([UInt8])
  case string([UInt8])
  case array([ABIValue])
  /// Fields in declaration order, with their names where the interface gives them.
  case tuple([Field])

  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: ABIValue

    public init(_ name: String, _ value: ABIValue) {
      self.name = name
      self.value = value
    }
  }
}
