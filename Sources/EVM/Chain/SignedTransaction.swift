public import Quantities

/// An EIP-1559 transaction as the L1 sees it, synthesised to weigh the data fee of a typed call.
///
/// The signature is 64 bytes that look random, since a compressor cannot tell them from real ones.
public struct SignedTransaction: Hashable, Sendable {
  public var chainID: UInt64
  public var nonce: UInt64
  public var tipMaximum: Wei
  public var feeMaximum: Wei
  public var gasLimit: Gas
  /// 20 bytes; empty to create a contract.
  public var recipient: [UInt8]
  public var value: Wei
  public var calldata: [UInt8]
  /// Chooses the signature.
  public var signatureKey: UInt64

  public init(
    chainID: UInt64, nonce: UInt64, tipMaximum: Wei, feeMaximum: Wei, gasLimit: Gas,
    recipient: [UInt8], value: Wei = .zero, calldata: [UInt8], signatureKey: UInt64
  ) {
    self.chainID = chainID
    self.nonce = nonce
    self.tipMaximum = tipMaximum
    self.feeMaximum = feeMaximum
    self.gasLimit = gasLimit
    self.recipient = recipient
    self.value = value
    self.calldata = calldata
    self.signatureKey = signatureKey
  }

  /// `calldata` sent under typical terms: nonce, fees, gas limit and recipient follow from `key`.
  public static func typical(
    calldata: [UInt8], value: Wei = .zero, on chain: ChainParameters, key: UInt64
  ) -> SignedTransaction {
    var bytes = SyntheticBytes(key: key)
    return SignedTransaction(
      chainID: chain.chainID, nonce: bytes.nextWord() % 1_000,
      tipMaximum: chain.backgroundTip,
      feeMaximum: Wei(2 * chain.backgroundReferenceBaseFee.rawValue) + chain.backgroundTip,
      gasLimit: Gas(100_000 + bytes.nextWord() % 400_000), recipient: bytes.next(count: 20),
      value: value, calldata: calldata, signatureKey: bytes.nextWord())
  }

  /// The EIP-2718 envelope: type 2, then the RLP list of fields, an empty access list and signature.
  ///
  /// - Source: EIP-1559, EIP-2718.
  public var encoded: [UInt8] {
    var signature = SyntheticBytes(key: signatureKey)
    let parity = signature.nextWord() & 1
    let r = signature.next(count: 32)
    return encoded(parity: parity, r: r, s: signature.next(count: 32))
  }

  /// The envelope with this signature.
  func encoded(parity: UInt64, r: [UInt8], s: [UInt8]) -> [UInt8] {
    let fields: [RLP.Item] = [
      .integer(UInt128(chainID)), .integer(UInt128(nonce)), .integer(tipMaximum.rawValue),
      .integer(feeMaximum.rawValue), .integer(UInt128(gasLimit.units)), .bytes(recipient),
      .integer(value.rawValue), .bytes(calldata), .list([]), .integer(UInt128(parity)),
      .bytes(withoutLeadingZeros(r)), .bytes(withoutLeadingZeros(s)),
    ]
    return [0x02] + RLP.encode(.list(fields))
  }

  /// FastLZ size of `encoded`, bytes.
  public var fastLZSize: UInt32 { FastLZ.compressedLength(of: encoded) }

  private func withoutLeadingZeros(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes.drop { $0 == 0 })
  }
}
