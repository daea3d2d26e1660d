import Quantities
import Testing

@testable import EVM

/// Bytes of a hexadecimal text.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// The transaction 0x8eb9dd4e…16b594 of OP Mainnet, as op-geth's tests have it.
let contractCall = bytes(
  """
  02f901550a758302df1483be21b88304743f94f8
  0e51afb613d764fa61751affd3313c190a86bb870151bd62fd12adb8
  e41ef24f3f0000000000000000000000000000000000000000000000
  00000000000000006e000000000000000000000000af88d065e77c8c
  c2239327c5edb3a432268e5831000000000000000000000000000000
  000000000000000000000000000003c1e50000000000000000000000
  00000000000000000000000000000000000000000000000000000000
  000000000000000000000000000000000000000000000000a0000000
  00000000000000000000000000000000000000000000000000000000
  148c89ed219d02f1a5be012c689b4f5b731827bebe00000000000000
  0000000000c001a033fd89cb37c31b2cba46b6466e040c61fc9b2a36
  75a7f5f493ebd5ad77c497f8a07cdf65680e238392693019b4092f61
  0222e71b7cec06449cb922b93b6a12744e
  """)

@Suite("A signed transaction") struct SignedTransactionTests {
  @Test("encodes as a real one does, byte for byte") func realTransaction() {
    let transaction = SignedTransaction(
      chainID: 10, nonce: 0x75, tipMaximum: Wei(0x02df14), feeMaximum: Wei(0xbe21b8),
      gasLimit: Gas(0x04743f), recipient: bytes("f80e51afb613d764fa61751affd3313c190a86bb"),
      value: Wei(0x0151_bd62_fd12_ad), calldata: Array(contractCall[49..<(49 + 228)]),
      signatureKey: 0)
    // The envelope ends … 01 a0 r a0 s.
    let r = Array(contractCall[(contractCall.count - 65)..<(contractCall.count - 33)])
    #expect(transaction.encoded(parity: 1, r: r, s: Array(contractCall.suffix(32))) == contractCall)
  }

  @Test("depends on its key alone") func determinism() {
    let once = SignedTransaction.typical(calldata: [1, 2, 3, 4], on: .baseMainnet, key: 7)
    let again = SignedTransaction.typical(calldata: [1, 2, 3, 4], on: .baseMainnet, key: 7)
    let other = SignedTransaction.typical(calldata: [1, 2, 3, 4], on: .baseMainnet, key: 8)
    #expect(once.encoded == again.encoded)
    #expect(once.encoded != other.encoded)
  }
}
