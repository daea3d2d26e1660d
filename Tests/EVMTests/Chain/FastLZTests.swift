import Testing

@testable import EVM

@Suite("FastLZ length") struct FastLZTests {
  @Test("equals op-geth's known answers") func knownAnswers() {
    #expect(FastLZ.compressedLength(of: []) == 0)
    #expect(FastLZ.compressedLength(of: [UInt8](repeating: 1, count: 1_000)) == 21)
    #expect(FastLZ.compressedLength(of: [UInt8](repeating: 0, count: 1_000)) == 21)
    let emptyTransaction = bytes("dd80808094095e7baea6a6c7c4c2dfeb977efac326af552d878080808080")
    #expect(FastLZ.compressedLength(of: emptyTransaction) == 31)
    #expect(FastLZ.compressedLength(of: contractCall) == 202)
  }

  @Test("of bytes without repetition is one more per 32, rounded up") func literals() {
    for count in [1, 12, 13, 31, 32, 33, 64, 200] {
      let input = (0..<count).map { UInt8($0) }
      #expect(FastLZ.compressedLength(of: input) == UInt32(count + (count + 31) / 32))
    }
  }
}
