import Contracts
import EVM
import Kernel
import Quantities

/// Texts that the market's transactions carry, interned once: gas depends on their lengths, and no
/// contract compares them.
package struct MarketTexts {
  /// Of each model, as renters name it.
  let models: [StringID]
  /// A content identifier: "Qm" and 44 letters and digits.
  let contentIdentifier: StringID
  let resultFormat: StringID
  let feedback: StringID
  let metadata: StringID
  let region: StringID
  /// Emergency actions.
  let pause: StringID
  let unpause: StringID

  /// Public values of every proof: only whether they agree matters to a contract.
  static let proofModel: UInt256 = 1
  static let proofInput: UInt256 = 2
  static let proofOutput: UInt256 = 3
  /// Words of a succinct proof; Groth16 has eight.
  static let proofWords = 8
  static let contentIdentifierLength = 46
  /// UTF-8 bytes of prompt text a token, for prompts stored whole.
  static let bytesPerToken = 4
  private static let format = "json"
  private static let feedbackText = "ok"
  package static var metadataLength: Int { metadataText.utf8.count }
  private static let metadataText =
    #"{"endpoint":"https://host.example:8080","models":["llama3-8b"],"gpu":"rtx4090"}"#

  init(models names: [String], in world: inout World) {
    models = names.map { world.evm.strings.intern($0) }
    contentIdentifier = world.evm.strings.intern(
      "Qm" + String(repeating: "a", count: Self.contentIdentifierLength - 2))
    resultFormat = world.evm.strings.intern(Self.format)
    feedback = world.evm.strings.intern(Self.feedbackText)
    metadata = world.evm.strings.intern(Self.metadataText)
    region = world.evm.strings.intern("eu")
    pause = world.evm.strings.intern("pause")
    unpause = world.evm.strings.intern("unpause")
  }

  /// Calldata of each function for the L1 fee, with random-looking text of the given length where
  /// the function carries text that varies.
  ///
  /// - Source: ABI of the contracts; selectors are the first four bytes of keccak-256 of the
  ///   signatures.
  static func calldata(_ function: Int, _ textLength: Int, _ key: UInt64) -> [UInt8] {
    guard let function = MarketTransaction.Function(rawValue: UInt8(function)) else {
      preconditionFailure("no such function")
    }
    var stream = StreamSource(seed: key, replication: 0, name: "calldata").stream()
    let party = ABIValue.address(AccountID(UInt32(1 + stream.below(1_000_000))))
    let job = ABIValue.uint(UInt256(10_000 + stream.below(900_000)))
    let text = ABIValue.string(stream.text(count: textLength))
    switch function {
    case .postJob:
      return ABIEncoder().calldata(
        selector: [0xF6, 0x91, 0xA4, 0x39],
        arguments: posting(text, &stream) + [party, .uint(UInt256(stream.below(1_000_000)))])
    case .postJobInETH:
      let price = UInt256(1 + stream.below(1_000_000_000)) * UInt256(ETHFlow.weiPerUnit)
      return call(
        "postJob((string,string,uint256,uint256,uint32,string),(uint256,uint256,uint256,bool),"
          + "uint256)", posting(text, &stream) + [.uint(price)])
    case .claimJob:
      return ABIEncoder().calldata(selector: [0xE3, 0xE4, 0xB9, 0xFB], arguments: [job])
    case .completeJob:
      return ABIEncoder().calldata(
        selector: [0xF0, 0x30, 0xD9, 0x70], arguments: [job, text, .bytes([])])
    case .rateHost:
      return ABIEncoder().calldata(
        selector: [0x7D, 0xBC, 0x61, 0xD2],
        arguments: [party, job, .uint(5), .string(Array(feedbackText.utf8))])
    case .submitProof:
      let words = (0..<proofWords + 6).map { _ in ABIValue.uint(stream.wide()) }
      let proof = ABIValue.tuple([
        ABIValue.Field("instances", .array(Array(words[0..<3]))),
        ABIValue.Field("proof", .array(Array(words[6...]))),
        ABIValue.Field("vk", .array([])),
        ABIValue.Field("modelCommitment", words[3]), ABIValue.Field("inputHash", words[4]),
        ABIValue.Field("outputHash", words[5]),
      ])
      return call(
        "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))",
        [job, proof])
    case .verifyProof: return call("verifyProof(uint256)", [job])
    case .cancelJob: return call("cancelJob(uint256)", [job])
    case .failJob: return call("failJob(uint256)", [job])
    case .releasePayment: return call("releasePayment(uint256)", [job])
    case .disputeResult:
      return call(
        "disputeResult(uint256,string)", [job, .string(Array(feedbackText.utf8))])
    case .resolveDispute: return call("resolveDispute(uint256,bool)", [job, .bool(true)])
    case .unregisterNode: return call("unregisterNode()", [])
    case .withdrawStake: return call("withdrawStake()", [])
    case .transferStake:
      return call(
        "transfer(address,uint256)",
        [party, .uint(UInt256(stream.below(10_000)) * UInt256(100_000_000_000_000_000))])
    case .sendETH: return []
    case .approveRegistry, .approveMarketplace:
      return call("approve(address,uint256)", [party, .uint(.max)])
    case .registerNode:
      return call(
        "registerNode(string,string[],string,uint256,uint256)",
        [
          .string(Array(metadataText.utf8)), .array([.string(stream.text(count: 9))]),
          .string(Array("eu".utf8)), .uint(24),
          .uint(UInt256(1_000) * UInt256(1_000_000_000_000_000_000)),
        ])
    case .giveUp: return call("failJob(uint256)", [job])
    case .slashNode:
      return call(
        "slashNode(address,uint256,string)",
        [
          party, .uint(UInt256(stream.below(10_000)) * UInt256(100_000_000_000_000_000)),
          .string(Array(feedbackText.utf8)),
        ])
    case .unpause: return call("unpause()", [])
    case .pauseInEmergency, .endEmergency:
      let action = function == .pauseInEmergency ? "pause" : "unpause"
      return call(
        "executeEmergencyAction(string,address)", [.string(Array(action.utf8)), party])
    case .propose:
      let update = ABIValue.tuple([
        ABIValue.Field("targetContract", party),
        ABIValue.Field("functionSelector", .fixedBytes([1, 2, 3, 4])),
        ABIValue.Field("parameterName", .string(stream.text(count: 12))),
        ABIValue.Field("newValue", .uint(UInt256(1 + stream.below(1_000_000)))),
      ])
      return call(
        "proposeParameterUpdate((address,bytes4,string,uint256)[],string)",
        [.array([update]), .string(Array(feedbackText.utf8))])
    case .castVote: return call("castVote(uint256,bool)", [job, .bool(true)])
    case .queueProposal: return call("queue(uint256)", [job])
    case .challengeProof:
      return call(
        "challengeProof(uint256,bytes32,uint256)",
        [job, .uint(stream.wide()), .uint(UInt256(10) * UInt256(1_000_000_000_000_000_000))])
    case .resolveChallenge:
      return call("resolveChallenge(uint256,bool)", [job, .bool(true)])
    case .expireChallenge: return call("expireChallenge(uint256)", [job])
    case .executeProposal: return call("execute(uint256)", [job])
    case .topUp:
      return call(
        "topUp(uint256)", [.uint(UInt256(stream.below(10_000)) * UInt256(100_000_000_000_000_000))])
    }
  }

  /// Details and requirements.
  private static func posting(_ prompt: ABIValue, _ stream: inout RandomStream) -> [ABIValue] {
    let details = ABIValue.tuple([
      ABIValue.Field("modelId", .string(stream.text(count: 9))),
      ABIValue.Field("prompt", prompt),
      ABIValue.Field("maxTokens", .uint(UInt256(1 + stream.below(1_000)))),
      ABIValue.Field("temperature", .uint(7_000)),
      ABIValue.Field("seed", .uint(UInt256(stream.below(1 << 32)))),
      ABIValue.Field("resultFormat", .string(Array(format.utf8))),
    ])
    let requirements = ABIValue.tuple([
      ABIValue.Field("minGPUMemory", .uint(0)),
      ABIValue.Field("minReputationScore", .uint(0)),
      ABIValue.Field("maxTimeToComplete", .uint(3_600)),
      ABIValue.Field("requiresProof", .bool(false)),
    ])
    return [details, requirements]
  }

  private static func call(_ signature: String, _ arguments: [ABIValue]) -> [UInt8] {
    ABIEncoder().calldata(
      selector: Array(Keccak.hash(signature.utf8).prefix(4)), arguments: arguments)
  }
}

extension RandomStream {
  fileprivate mutating func wide() -> UInt256 {
    UInt256(
      high: UInt128(nextWord()) << 64 | UInt128(nextWord()),
      low: UInt128(nextWord()) << 64 | UInt128(nextWord()))
  }

  /// Letters and digits, as model names and content identifiers are written.
  fileprivate mutating func text(count: Int) -> [UInt8] {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789".utf8)
    return (0..<count).map { _ in alphabet[below(alphabet.count)] }
  }
}
