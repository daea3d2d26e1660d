import Quantities
import Testing

@testable import EVM

@Suite("Recovering a signer") struct Secp256k1Tests {
  private static let order = UInt256(
    high: 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFE, low: 0xBAAE_DCE6_AF48_A03B_BFD2_5E8C_D036_4141)
  /// The example of evm.codes for the precompiled contract at address 1.
  private static let hash = UInt256(
    high: 0x456E_9AEA_5E19_7A1F_1AF7_A3E8_5A32_12FA, low: 0x4049_A3BA_34C2_289B_4C86_0FC0_B0C6_4EF3)
  private static let r = UInt256(
    high: 0x9242_685B_F161_793C_C256_03C2_31BC_2F56, low: 0x8EB6_30EA_16AA_137D_2664_AC80_3882_5608)
  private static let s = UInt256(
    high: 0x4F8A_E3BD_7535_248D_0BD4_4829_8CC2_E207, low: 0x1E56_992D_0774_DC34_0C36_8AE9_5085_2ADA)

  @Test("finds the known address") func knownAnswer() throws {
    let address = try #require(
      Secp256k1.signer(hash: Self.hash, v: 28, r: Self.r, s: Self.s))
    #expect(
      UInt256(bigEndian: address)
        == UInt256(high: 0x7156_526F, low: 0xBD7A_3C72_969B_54F6_4E42_C10F_BB76_8C8A))
  }

  @Test("accepts the mirrored signature with the other parity") func mirrored() {
    let mirrored = Secp256k1.signer(hash: Self.hash, v: 27, r: Self.r, s: Self.order - Self.s)
    #expect(mirrored == Secp256k1.signer(hash: Self.hash, v: 28, r: Self.r, s: Self.s))
  }

  @Test("finds another address under the other parity") func otherParity() {
    let other = Secp256k1.signer(hash: Self.hash, v: 27, r: Self.r, s: Self.s)
    #expect(other != nil)
    #expect(other != Secp256k1.signer(hash: Self.hash, v: 28, r: Self.r, s: Self.s))
  }

  @Test("refuses what no key signs") func refused() {
    for v in [UInt8(0), 1, 26, 29] {
      #expect(Secp256k1.signer(hash: Self.hash, v: v, r: Self.r, s: Self.s) == nil)
    }
    for wrong in [UInt256.zero, Self.order, .max] {
      #expect(Secp256k1.signer(hash: Self.hash, v: 28, r: wrong, s: Self.s) == nil)
      #expect(Secp256k1.signer(hash: Self.hash, v: 28, r: Self.r, s: wrong) == nil)
    }
    // x = 5 is on no point of the curve.
    #expect(Secp256k1.signer(hash: Self.hash, v: 28, r: 5, s: Self.s) == nil)
  }
}

@Suite("Arithmetic modulo a prime") struct PrimeFieldTests {
  private static let field = PrimeField(
    prime: UInt256(
      high: 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFE,
      low: 0xBAAE_DCE6_AF48_A03B_BFD2_5E8C_D036_4141
    ))

  /// Reproducible elements with both halves full.
  private static let samples: [UInt256] =
    (1...40).map { index in
      UInt256(bigEndian: Keccak.hash([UInt8(index)]))
    }.map { field.reduce($0) } + [0, 1, field.prime - 1]

  @Test("multiplies as adding again and again does") func product() {
    for (a, b) in zip(Self.samples, Self.samples.reversed()) {
      var sum = UInt256.zero
      for bit in b.bits {
        sum = Self.field.sum(sum, sum)
        if bit { sum = Self.field.sum(sum, a) }
      }
      #expect(Self.field.product(a, b) == sum, "\(a) times \(b)")
    }
  }

  @Test("inverts every element but zero, and undoes subtraction") func inverse() {
    for a in Self.samples where !a.isZero {
      #expect(Self.field.product(a, Self.field.inverse(a)) == 1, "\(a)")
      #expect(Self.field.sum(Self.field.difference(7, a), a) == 7, "\(a)")
    }
  }
}
