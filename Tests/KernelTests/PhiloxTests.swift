import Testing

@testable import Kernel

@Suite("Philox 4x64-10") struct PhiloxTests {
  /// - Source: `kat_vectors` of Random123, lines `philox4x64 10`.
  static let knownAnswers: [(counter: Philox.Block, key: (UInt64, UInt64), block: Philox.Block)] = [
    (
      (0, 0, 0, 0), (0, 0),
      (
        0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b,
        0x7e68_b68a_ec7b_a23b
      )
    ),
    (
      (.max, .max, .max, .max), (.max, .max),
      (
        0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6,
        0xa09c_aebf_594f_0ba0
      )
    ),
    (
      (
        0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0,
        0x082e_fa98_ec4e_6c89
      ),
      (0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c),
      (
        0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5,
        0x57bd_43b5_e52b_7fe6
      )
    ),
  ]

  @Test("gives the published answers", arguments: 0..<3) func known(index: Int) {
    let (counter, key, expected) = Self.knownAnswers[index]
    #expect(Philox.block(counter: counter, key: key) == expected)
    #expect(Philox.twoBlocks(counter: counter, key: key).0 == expected)
  }

  @Test("draws two blocks in step as it draws them apart") func pairs() {
    var draw = TestGenerator(state: 5)
    for _ in 0..<100 {
      let counter = (draw.next(), draw.next(), draw.next(), draw.next())
      let key = (draw.next(), draw.next())
      let pair = Philox.twoBlocks(counter: counter, key: key)
      #expect(pair.0 == Philox.block(counter: counter, key: key))
      let successor = (counter.0 &+ 1, counter.1, counter.2, counter.3)
      #expect(pair.1 == Philox.block(counter: successor, key: key))
    }
  }
}
