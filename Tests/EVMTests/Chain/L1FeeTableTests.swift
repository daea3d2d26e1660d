import Quantities
import Testing

@testable import EVM

/// Five calls of the marketplace; the number of a case is its function number.
enum Call: Int, CaseIterable {
  case approve, registerNode, postJob, claimJob, completeJob

  var name: String {
    switch self {
    case .approve: "approve(address,uint256)"
    case .registerNode: "registerNode(string)"
    case .postJob: "postJobWithToken((…),(…),address,uint256)"
    case .claimJob: "claimJob(uint256)"
    case .completeJob: "completeJob(uint256,string,bytes)"
    }
  }

  static func calldata(_ function: Int, _ textLength: Int, _ key: UInt64) -> [UInt8] {
    var source = SyntheticBytes(key: key)
    let text = ABIValue.string(source.nextText(count: textLength))
    let account = ABIValue.address(AccountID(UInt32(truncatingIfNeeded: source.nextWord() | 1)))
    let job = ABIValue.uint(UInt256(source.nextWord() % 100_000))
    switch Call(rawValue: function)! {
    case .approve:
      return ABIEncoder().calldata(
        selector: [0x09, 0x5e, 0xa7, 0xb3], arguments: [account, .uint(1_000_000)])
    case .registerNode:
      return ABIEncoder().calldata(selector: [0x27, 0xc6, 0xf4, 0x3e], arguments: [text])
    case .postJob:
      let details: [ABIValue] = [
        .string(Array("llama3-8b@q4_k_m".utf8)), text, .uint(1_000), .uint(7_000), .uint(42),
        .string(Array("json".utf8)),
      ]
      let requirements: [ABIValue] = [.uint(16), .uint(0), .uint(3_600), .bool(false)]
      return ABIEncoder().calldata(
        selector: [0xf6, 0x91, 0xa4, 0x39],
        arguments: [
          .tuple(details.map { ABIValue.Field("", $0) }),
          .tuple(requirements.map { ABIValue.Field("", $0) }), account, .uint(250_000),
        ])
    case .claimJob:
      return ABIEncoder().calldata(selector: [0xe3, 0xe4, 0xb9, 0xfb], arguments: [job])
    case .completeJob:
      return ABIEncoder().calldata(
        selector: [0xf0, 0x30, 0xd9, 0x70], arguments: [job, text, .bytes([])])
    }
  }
}

@Suite("The table of L1 fees") struct L1FeeTableTests {
  static func table() -> L1FeeTable {
    L1FeeTable(functionCount: Call.allCases.count, on: .baseMainnet) {
      Call.calldata($0, $1, $2)
    }
  }

  @Test("agrees with sizes computed directly, for every length and in any order")
  func agreement() {
    var table = Self.table()
    for length in [46, 0, 31, 32, 33, 500, 46, 10_000] {
      for call in Call.allCases {
        let tabulated = table.size(function: call.rawValue, textLength: length)
        #expect(tabulated == table.directSize(function: call.rawValue, textLength: length))
        #expect(tabulated == table.size(function: call.rawValue, textLength: length))
      }
    }
  }

  @Test("keeps a size within 1 % of the mean over other senders", arguments: Call.allCases)
  func representative(call: Call) {
    var table = Self.table()
    let sizes = (0..<200).map { sample -> Double in
      let key = 0xfeed_0000 + UInt64(sample)
      return Double(
        SignedTransaction.typical(
          calldata: Call.calldata(call.rawValue, 46, key), on: .baseMainnet, key: key
        ).fastLZSize)
    }
    let mean = sizes.reduce(0, +) / 200
    let tabulated = Double(table.size(function: call.rawValue, textLength: 46))
    #expect(abs(tabulated - mean) < 0.01 * mean, "tabulated \(tabulated), mean \(mean)")
  }

  /// The formula by hand at 0.2 gwei L1 base fee and 9.15 Mwei blob base fee:
  /// 16 × 2,269 × 200,000,000 + 1,055,762 × 9,150,000 = 16,921,022,300,000, so 16.9210223 wei per
  /// millionth of an estimated byte, of which there are max(100,000,000, 836,500·size − 42,585,600).
  @Test(
    "charges five functions what the formula gives by hand",
    arguments: [
      (.approve, 0, 156, 1_692_102_230),  // 100,000,000 × 16.9210223
      (.registerNode, 64, 200, 2_110_295_143),  // 124,714,400 × 16.9210223
      (.postJob, 46, 313, 3_709_746_315),  // 219,238,900 × 16.9210223
      (.claimJob, 0, 127, 1_692_102_230),  // the minimum, as approve
      (.completeJob, 46, 204, 2_166_912_884),  // 128,060,400 × 16.9210223
    ] as [(Call, Int, UInt32, UInt128)])
  func byHand(call: Call, textLength: Int, size: UInt32, fee: UInt128) {
    var table = Self.table()
    #expect(table.size(function: call.rawValue, textLength: textLength) == size, "\(call.name)")
    #expect(table.fee(function: call.rawValue, textLength: textLength) == Wei(fee), "\(call.name)")
  }

  @Test("follows the L1 when its fees change") func repricing() {
    var table = Self.table()
    let before = table.fee(function: 0)
    table.price = table.price.with(l1BaseFee: Wei(400_000_000), blobBaseFee: Wei(18_300_000))
    let after = table.fee(function: 0)
    #expect(after.rawValue - 2 * before.rawValue <= 1)
  }
}
