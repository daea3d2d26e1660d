import EVM
import Quantities

/// One host and one renter who go through jobs under one profile, to see what each step costs.
struct GasRehearsal: ~Copyable {
  private var world: World
  private let profile: ProtocolProfile
  private var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
  private let contracts: Addresses
  private let renter: AccountID
  private let host: AccountID
  private var rows: [TypicalGas] = []
  private var jobs: UInt64 = 0

  private struct Addresses {
    var fab: AccountID
    var usdc: AccountID
    var registry: AccountID
    var marketplace: AccountID
    var proofs: AccountID?
    var verifier: AccountID
  }

  private static var ether: UInt256 { 1_000_000_000_000_000_000 }
  private static var price: UInt256 { 1_000_000_000_000_000 }

  init(_ profile: ProtocolProfile) {
    var world = World(rules: profile.rules)
    let start = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    switch profile {
    case .referenceFAB:
      let made = FABDeployment(in: &world, block: start)
      contracts = Addresses(
        fab: made.fab, usdc: made.usdc, registry: made.hostRegistry,
        marketplace: made.marketplace, proofs: nil, verifier: .zero)
    case .referenceETH, .documented:
      let made = SystemDeployment(in: &world, block: start)
      contracts = Addresses(
        fab: made.fab, usdc: made.usdc, registry: made.nodeRegistry,
        marketplace: made.marketplace, proofs: made.proofs, verifier: made.verifier)
    }
    renter = world.addAccount(eth: Self.ether * 1_000)
    host = world.addAccount(eth: Self.ether * 1_000)
    world.mintAtGenesis(Self.ether * 10_000, of: contracts.fab, to: host)
    world.mintAtGenesis(1_000_000_000, of: contracts.usdc, to: renter)
    self.world = world
    self.profile = profile
  }

  consuming func run() -> [TypicalGas] {
    approve(contracts.fab, by: host, for: contracts.registry)
    approve(contracts.usdc, by: renter, for: contracts.marketplace)
    register()
    for round in 1...3 {
      let isMeasured = round == 3
      if profile != .referenceFAB { liveThroughETHJob(isMeasured) }
      liveThroughUSDCJob(isMeasured)
      if profile == .documented { liveThroughProvenJob(isMeasured) }
    }
    return rows
  }

  /// Sends a call that must succeed; a named step goes into the figures.
  private mutating func send(
    _ step: TypicalGas.Step?, _ signature: String, _ note: String = "", to target: AccountID,
    by sender: AccountID, _ arguments: [ABIValue], value: UInt256 = .zero
  ) {
    block.timestamp += 60
    block.number += 30
    let outcome = world.transact(
      from: sender, to: target, signature: signature, arguments: arguments, value: value,
      block: block, gasLimit: 10_000_000)
    guard case .success = outcome.result else {
      preconditionFailure("\(signature) fails under \(profile.rawValue): \(outcome.result)")
    }
    guard let step else { return }
    let name = signature.prefix { $0 != "(" } + (note.isEmpty ? "" : ", " + note)
    rows.append(
      TypicalGas(
        step: step, profile: profile, call: String(name), gasUsed: Int64(outcome.gas.used)))
  }

  private mutating func approve(
    _ token: AccountID, by owner: AccountID, for spender: AccountID
  ) {
    send(
      nil, "approve(address,uint256)", to: token, by: owner, [.address(spender), .uint(.max)])
  }

  private mutating func register() {
    let metadata = Self.text("gpu=rtx4090;region=eu;models=llama2-7b;v=1".prefix(40))
    switch profile {
    case .referenceFAB:
      send(.registration, "registerNode(string)", to: contracts.registry, by: host, [metadata])
    case .referenceETH:
      send(
        .registration, "registerNode(string,string[],string)", to: contracts.registry, by: host,
        [metadata, .array([Self.text("llama2-7b")]), Self.text("eu")], value: world.rules.minStake)
    case .documented:
      send(
        .registration, "registerNode(string,string[],string,uint256,uint256)",
        to: contracts.registry, by: host,
        [
          metadata, .array([Self.text("llama2-7b")]), Self.text("eu"), .uint(24),
          .uint(world.rules.minStake),
        ])
    }
  }

  private mutating func liveThroughETHJob(_ isMeasured: Bool) {
    send(
      isMeasured ? .creation : nil, "postJob(\(Self.details),\(Self.asked),uint256)", "ETH",
      to: contracts.marketplace, by: renter,
      [Self.job, Self.requirements(proof: false), .uint(Self.price)], value: Self.price)
    finish("ETH", isMeasured)
  }

  private mutating func liveThroughUSDCJob(_ isMeasured: Bool) {
    postUSDC(isMeasured, proof: false)
    finish("USDC", isMeasured)
  }

  private mutating func postUSDC(_ isMeasured: Bool, proof: Bool) {
    send(
      isMeasured ? .creation : nil,
      "postJobWithToken(\(Self.details),\(Self.asked),address,uint256)",
      proof ? "USDC with proof" : "USDC", to: contracts.marketplace, by: renter,
      [
        Self.job, Self.requirements(proof: proof), .address(contracts.usdc), .uint(1_000_000),
      ])
  }

  private mutating func finish(_ note: String, _ isMeasured: Bool) {
    jobs += 1
    let number = ABIValue.uint(UInt256(jobs))
    send(
      isMeasured ? .claim : nil, "claimJob(uint256)", note, to: contracts.marketplace, by: host,
      [number])
    complete(number, note, isMeasured)
  }

  private mutating func complete(_ job: ABIValue, _ note: String, _ isMeasured: Bool) {
    send(
      isMeasured ? .completion : nil, "completeJob(uint256,string,bytes)", note,
      to: contracts.marketplace, by: host,
      [job, Self.text("QmT5NvUtoM5nWFfrQdVrFtvGfKFmG7AHE8P34isapyhCxX"), .bytes([])])
  }

  /// The proof's own transactions stand beside the completion that they make possible.
  private mutating func liveThroughProvenJob(_ isMeasured: Bool) {
    guard let proofs = contracts.proofs else { return }
    let note = "USDC with proof"
    postUSDC(isMeasured, proof: true)
    jobs += 1
    let number = ABIValue.uint(UInt256(jobs))
    send(nil, "claimJob(uint256)", to: contracts.marketplace, by: host, [number])
    let step: TypicalGas.Step? = isMeasured ? .completion : nil
    send(
      step, "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))", note,
      to: proofs, by: host, [number, Self.proof])
    send(step, "verifyProof(uint256)", note, to: proofs, by: contracts.verifier, [number])
    complete(number, note, isMeasured)
    block.timestamp += world.rules.challengePeriod
    send(
      step, "releasePayment(uint256)", note, to: contracts.marketplace, by: renter, [number])
  }

  private static let details = "(string,string,uint256,uint256,uint32,string)"
  private static let asked = "(uint256,uint256,uint256,bool)"

  private static func text(_ string: some StringProtocol) -> ABIValue {
    .string(Array(string.utf8))
  }

  private static var job: ABIValue {
    .tuple([
      .init("modelId", text("llama2-7b")),
      .init("prompt", text("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")),
      .init("maxTokens", .uint(1_000)), .init("temperature", .uint(7_000)),
      .init("seed", .uint(42)), .init("resultFormat", text("json")),
    ])
  }

  private static func requirements(proof: Bool) -> ABIValue {
    .tuple([
      .init("minGPUMemory", .uint(16)), .init("minReputationScore", .uint(0)),
      .init("maxTimeToComplete", .uint(3_600)), .init("requiresProof", .bool(proof)),
    ])
  }

  /// Three instances that equal the commitments; proof and key as short as they can be.
  private static var proof: ABIValue {
    func word(_ value: UInt8) -> ABIValue {
      .fixedBytes([UInt8](repeating: value, count: 32))
    }
    func number(_ value: UInt8) -> ABIValue {
      .uint(UInt256(bigEndian: [UInt8](repeating: value, count: 32)))
    }
    return .tuple([
      .init("instances", .array([number(1), number(2), number(3)])), .init("proof", .array([])),
      .init("vk", .array([])), .init("modelCommitment", word(1)), .init("inputHash", word(2)),
      .init("outputHash", word(3)),
    ])
  }
}
