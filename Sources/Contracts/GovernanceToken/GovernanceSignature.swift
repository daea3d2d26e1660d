import EVM
import Quantities

/// What a holder signs to delegate without sending a transaction.
///
/// - Source: EIP-712, with the reference's type `Delegation`.
enum GovernanceSignature {
  static let domainType = hash(
    of: "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
  static let delegationType = hash(
    of: "Delegation(address delegatee,uint256 nonce,uint256 expiry)")

  /// - Parameter contract: 20 bytes.
  static func domainSeparator(name: [UInt8], chainID: UInt64, contract: [UInt8]) -> UInt256 {
    hash(
      of: [
        domainType.bigEndianBytes, Keccak.hash(name), hash(of: "1").bigEndianBytes,
        UInt256(chainID).bigEndianBytes, [UInt8](repeating: 0, count: 12), contract,
      ].flatMap(\.self))
  }

  /// - Parameter delegatee: 20 bytes.
  static func digest(
    delegatee: [UInt8], nonce: UInt256, expiry: UInt256, domainSeparator: UInt256
  ) -> UInt256 {
    let content = hash(
      of: [
        delegationType.bigEndianBytes, [UInt8](repeating: 0, count: 12), delegatee,
        nonce.bigEndianBytes, expiry.bigEndianBytes,
      ].flatMap(\.self))
    return hash(of: [0x19, 0x01] + domainSeparator.bigEndianBytes + content.bigEndianBytes)
  }

  static func hash(of bytes: [UInt8]) -> UInt256 { UInt256(bigEndian: Keccak.hash(bytes)) }
  private static func hash(of text: String) -> UInt256 { hash(of: Array(text.utf8)) }
}
