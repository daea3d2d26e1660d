import Quantities
import Testing

@testable import EVM

@Suite("A user operation") struct UserOperationTests {
  private static let call: [UInt8] =
    [0xe3, 0xe4, 0xb9, 0xfb] + [UInt8](repeating: 0, count: 31) + [9]

  private static func envelope(_ call: [UInt8], isSponsored: Bool = false) -> UserOperationEnvelope
  {
    UserOperationEnvelope(
      calldata: (call, call), isSponsored: isSponsored, on: .baseMainnet, key: 3)
  }

  @Test("pays the entry point's loop and its checks, and not the base of a transaction")
  func gas() {
    let rules = UserOperationRules(
      bundleSize: 4, verificationGas: Gas(20_000), paymasterGas: Gas(15_000))
    let envelope = UserOperationEnvelope(gas: Gas(9_000), fastLZSize: 0, bundleFastLZSize: 0)
    let own = rules.gas(callGas: Gas(68_000), in: envelope, isSponsored: false)
    #expect(own == Gas(68_000 - 21_000 + 9_000 + 18_300 + 20_000))
    let sponsored = rules.gas(callGas: Gas(68_000), in: envelope, isSponsored: true)
    #expect(sponsored == own + Gas(15_000))
  }

  @Test("is wrapped in the words of its struct: counted by hand for a call without zeros")
  func envelopeByHand() {
    // 36 bytes of call: execute holds 4 + 3 · 32 + 32 + 64 = 196 bytes, padded to 224. The operation
    // is 11 head words, two empty strings of a word, execute with its length 256, and the signature
    // with its length 128: 352 + 64 + 256 + 128 = 800 bytes, and its offset in the array 32.
    let call = [UInt8](repeating: 1, count: 36)
    let envelope = Self.envelope(call)
    let bytes = 832
    let zeros = (Double(envelope.gas.units) - 26 * 4 - 16 * Double(bytes - 36)) / -12
    // The gas fixes the number of zero bytes around the call; they must be whole and plausible:
    // nine numbers of a word have at least 29 zeros each.
    #expect(zeros == zeros.rounded())
    #expect(zeros > 9 * 29 && zeros < Double(bytes - 36 - 65 - 40))
  }

  @Test("weighs more with a paymaster's data, and as much as its call grows")
  func weights() {
    let plain = Self.envelope(Self.call)
    let sponsored = Self.envelope(Self.call, isSponsored: true)
    #expect(sponsored.gas > plain.gas)
    #expect(sponsored.fastLZSize > plain.fastLZSize + 80)
    // A signature of 65 random bytes cannot be compressed away.
    #expect(plain.fastLZSize > 65)
    #expect(plain.bundleFastLZSize > 65)
    let longer = Self.envelope(Self.call + [UInt8](repeating: 7, count: 320))
    #expect(longer.gas >= plain.gas)
  }
}
