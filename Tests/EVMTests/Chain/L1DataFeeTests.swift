import EVM
import Quantities
import Testing

@Suite("The L1 data fee") struct L1DataFeeTests {
  @Test("equals the receipts of Base Mainnet") func receipts() {
    // Block 49,800,527: l1GasUsed 6,492, hence 405.78 estimated bytes, hence FastLZ size 536.
    let august = ChainParameters.baseMainnet.l1.with(
      l1BaseFee: Wei(0x5f1_9cf3), blobBaseFee: Wei(0x56_d33b))
    #expect(august.fee(fastLZSize: 536) == Wei(0xe8db_cf6a))
    // A plain transfer: l1GasUsed 1,600, the minimum of 100 bytes.
    let september = ChainParameters.baseMainnet.l1.with(
      l1BaseFee: Wei(0x11f2_1102), blobBaseFee: Wei(0x10f_0349))
    #expect(september.fee(fastLZSize: 120) == Wei(0xb0ea_cdc6))
  }

  @Test("charges 100 bytes at least, up to a FastLZ size of 170") func minimum() {
    #expect(L1DataPrice.estimatedSize(fastLZSize: 0) == 100_000_000)
    #expect(L1DataPrice.estimatedSize(fastLZSize: 170) == 100_000_000)
    #expect(L1DataPrice.estimatedSize(fastLZSize: 171) == 100_455_900)
  }

  @Test("multiplies the operator's scalar by 100 and adds its constant") func operatorFee() {
    let rule = OperatorFeeRule(scalar: 3, constant: Wei(500))
    #expect(rule.fee(for: Gas(21_000)) == Wei(21_000 * 3 * 100 + 500))
    #expect(ChainParameters.baseMainnet.operatorFee.fee(for: Gas(21_000)) == .zero)
  }
}
