import EVM
import Quantities
import Testing

@testable import Contracts

/// The market's typed path against the decoded one, on twin worlds.
@Suite("A typed transaction") struct TypedTransactionTests {
  private static let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1)

  /// Two equal worlds with the profile deployed, a funded renter and a funded host.
  private struct Twins: ~Copyable {
    var typed = World()
    var decoded = World()
    let stake = ProtocolRules().minStake
    let contracts: FABDeployment
    let renter: AccountID
    let host: AccountID

    init() {
      contracts = FABDeployment(in: &typed, block: TypedTransactionTests.block)
      _ = FABDeployment(in: &decoded, block: TypedTransactionTests.block)
      renter = typed.addAccount(eth: 1_000)
      host = typed.addAccount(eth: 1_000)
      _ = decoded.addAccount(eth: 1_000)
      _ = decoded.addAccount(eth: 1_000)
      typed.mintAtGenesis(5_000_000, of: contracts.usdc, to: renter)
      decoded.mintAtGenesis(5_000_000, of: contracts.usdc, to: renter)
      typed.mintAtGenesis(stake + 7, of: contracts.fab, to: host)
      decoded.mintAtGenesis(stake + 7, of: contracts.fab, to: host)
    }

    mutating func string(_ text: String) -> StringID { typed.evm.strings.intern(text) }

    /// Sends both forms and expects equal gas, events and success.
    mutating func expectSame(
      _ call: ContractCall, from sender: AccountID, to target: AccountID, _ signature: String,
      _ arguments: [ABIValue]
    ) {
      let block = TypedTransactionTests.block
      let receipt = typed.send(call, from: sender, to: target, block: block)
      let outcome = decoded.transact(
        from: sender, to: target, signature: signature, arguments: arguments, value: .zero,
        block: block, gasLimit: 30_000_000)
      let events = typed.logs.map { typed.decoded($0) }
      let finding = typed.auditFinding
      #expect(UInt64(receipt.gasUsed) == outcome.gas.used, "\(signature)")
      #expect(events == outcome.events, "\(signature)")
      if case .success = outcome.result {
        #expect(receipt.failure == nil, "\(signature)")
      } else {
        #expect(receipt.failure != nil, "\(signature)")
      }
      #expect(finding == nil)
    }
  }

  private static let postJob = """
    postJobWithToken((string,string,uint256,uint256,uint32,string),\
    (uint256,uint256,uint256,bool),address,uint256)
    """

  @Test("costs and does what the decoded call does, through the life of a job")
  func lifeOfAJob() {
    var twins = Twins()
    let contracts = twins.contracts
    let (renter, host) = (twins.renter, twins.host)
    func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }

    for _ in 0..<2 {
      // The second registration fails, and must cost the same as well.
      twins.expectSame(
        .approve(spender: contracts.hostRegistry, amount: twins.stake + 7),
        from: host, to: contracts.fab, "approve(address,uint256)",
        [.address(contracts.hostRegistry), .uint(twins.stake + 7)])
      let metadata = String(repeating: "m", count: 40)
      twins.expectSame(
        .registerNode(metadata: twins.string(metadata)), from: host, to: contracts.hostRegistry,
        "registerNode(string)", [text(metadata)])
    }
    twins.expectSame(
      .stake(amount: 7), from: host, to: contracts.hostRegistry, "stake(uint256)", [.uint(7)])
    twins.expectSame(
      .updateMetadata(twins.string("new")), from: host, to: contracts.hostRegistry,
      "updateMetadata(string)", [text("new")])
    twins.expectSame(
      .approve(spender: contracts.marketplace, amount: 1_000_000), from: renter,
      to: contracts.usdc, "approve(address,uint256)",
      [.address(contracts.marketplace), .uint(1_000_000)])
    let posting = JobPosting(
      model: twins.string("llama2-7b"), prompt: twins.string(String(repeating: "q", count: 46)),
      maxTokens: 1_000, temperature: 7_000, seed: 42, resultFormat: twins.string("json"),
      maxTimeToComplete: 3_600, requiresProof: true, minGPUMemory: 16, minReputationScore: 300)
    twins.expectSame(
      .postJobWithToken(posting, token: contracts.usdc, amount: 1_000_000), from: renter,
      to: contracts.marketplace, Self.postJob,
      [
        .tuple([
          .init("modelId", text("llama2-7b")),
          .init("prompt", text(String(repeating: "q", count: 46))),
          .init("maxTokens", .uint(1_000)), .init("temperature", .uint(7_000)),
          .init("seed", .uint(42)), .init("resultFormat", text("json")),
        ]),
        .tuple([
          .init("minGPUMemory", .uint(16)), .init("minReputationScore", .uint(300)),
          .init("maxTimeToComplete", .uint(3_600)), .init("requiresProof", .bool(true)),
        ]),
        .address(contracts.usdc), .uint(1_000_000),
      ])
    twins.expectSame(
      .claimJob(1), from: host, to: contracts.marketplace, "claimJob(uint256)", [.uint(1)])
    twins.expectSame(
      .completeJob(
        1, resultHash: twins.string("result"), proof: CallBytes(length: 300, nonzeroCount: 200)),
      from: host, to: contracts.marketplace, "completeJob(uint256,string,bytes)",
      [
        .uint(1), text("result"),
        .bytes([UInt8](repeating: 1, count: 200) + [UInt8](repeating: 0, count: 100)),
      ])
    twins.expectSame(
      .rateHost(host, job: 1, rating: 5, feedback: twins.string("fast")), from: renter,
      to: contracts.reputation, "rateHost(address,uint256,uint8,string)",
      [.address(host), .uint(1), .uint(5), text("fast")])
    twins.expectSame(
      .transfer(to: host, amount: 5), from: renter, to: contracts.usdc,
      "transfer(address,uint256)", [.address(host), .uint(5)])
    twins.expectSame(
      .unregisterNode, from: host, to: contracts.hostRegistry, "unregisterNode()", [])
    // Nobody's function, and a plain account that has none.
    twins.expectSame(
      .claimJob(1), from: host, to: contracts.usdc, "claimJob(uint256)", [.uint(1)])
    twins.expectSame(.sendETH, from: host, to: renter, "receive()", [])
  }

  @Test("consumes exactly its limit when gas runs out, wherever that is")
  func outOfGas() {
    var twins = Twins()
    let contracts = twins.contracts
    let call = ContractCall.transfer(to: twins.host, amount: 5)
    let digest = balances(twins.typed, of: [twins.renter, twins.host], contracts.usdc)
    let sender = twins.renter
    let need: Int64 = {
      var other = Twins()
      return other.typed.send(call, from: other.renter, to: contracts.usdc, block: Self.block)
        .gasUsed
    }()
    for limit in stride(from: Int64(21_000), to: need, by: 997) {
      let receipt = twins.typed.send(
        call, from: sender, to: contracts.usdc, gasLimit: limit, block: Self.block)
      #expect(receipt.failure == .outOfGas)
      #expect(receipt.gasUsed == limit)
      let after = balances(twins.typed, of: [twins.renter, twins.host], contracts.usdc)
      #expect(after == digest)
    }
    let receipt = twins.typed.send(
      call, from: sender, to: contracts.usdc, gasLimit: need, block: Self.block)
    #expect(receipt == Receipt(failure: nil, gasUsed: need, returned: 0))
  }

  @Test("pays the calldata floor where the block has one") func floor() {
    var twins = Twins()
    let metadata = twins.string(String(repeating: "m", count: 9_000))
    var block = Self.block
    let call = ContractCall.updateMetadata(metadata)
    let plain = twins.typed.send(
      call, from: twins.host, to: twins.contracts.hostRegistry, block: block)
    block.hasCalldataFloor = true
    let floored = twins.typed.send(
      call, from: twins.host, to: twins.contracts.hostRegistry, block: block)
    // 4 + 32 + 32 + 9,024 bytes, of which 24 + 31 + 30 are zero; 40 gas a byte, 10 a zero byte.
    let zeros: Int64 = 24 + 31 + 30
    let bytes: Int64 = 4 + 32 + 32 + 9_024
    #expect(plain.failure == .reverted(.notRegistered))
    #expect(floored.failure == plain.failure)
    #expect(floored.gasUsed == 21_000 + (bytes - zeros) * 40 + zeros * 10)
    #expect(plain.gasUsed < floored.gasUsed)
  }

  private func balances(
    _ world: borrowing World, of accounts: [AccountID], _ token: AccountID
  ) -> [UInt256] { accounts.map { world.tokenBalance(of: $0, token: token) } }
}

@Suite("The lifecycle mix") struct LifecycleMixTests {
  @Test("succeeds in every transaction, keeps the books and repeats to the gas")
  func repeats() {
    var gas: [Int64] = []
    for _ in 0..<2 {
      var mix = LifecycleMix(renters: 3, hosts: 2)
      mix.run(jobs: 50)
      let finding = mix.world.auditFinding
      let recount = mix.world.evm.recount()
      #expect(mix.failures == 0)
      #expect(finding == nil)
      #expect(recount == nil)
      gas.append(mix.gasUsed)
    }
    #expect(gas[0] == gas[1])
    // The measured gas of approve 46 k, post 236 k, claim 68 k, complete 200 k and rate 98 k, and two
    // more data words of 22 k in the prompt and of 2 k in the metadata and the result, within 3 %.
    #expect(abs(Double(gas[0]) / 50 - 702_000) < 21_000)
  }

  @Test("keeps at most 64 bytes of a completed and rated job") func memory() {
    var mix = LifecycleMix(renters: 1, hosts: 1)
    mix.run(jobs: 1_000)
    let before = mix.world.evm.tableMemory
    mix.run(jobs: 10_240)
    let after = mix.world.evm.tableMemory
    #expect(Double(after - before) / 10_240 <= 64.5)
  }
}

@Suite("The audit") struct AuditTests {
  @Test("finds money that no mint accounts for, and whose it is") func finding() throws {
    let block = BlockEnvironment(timestamp: 1, number: 1)
    var world = World()
    let contracts = FABDeployment(in: &world, block: block)
    let thief = world.addAccount(eth: 5)
    world.mintAtGenesis(10, of: contracts.usdc, to: thief)
    let token = world.tokens[world.evm.instance(of: contracts.usdc)]
    world.evm.begin(from: thief, gasLimit: 1_000_000, block: block)
    try world.evm.store(11, token.balance(of: thief))
    let finding = world.evm.audit()
    #expect(finding?.account == thief)
    #expect(finding?.ledger == token.ledger)
    #expect(finding?.sum == 11)
    #expect(finding?.supply == 10)
    let recount = world.evm.recount()
    #expect(recount == token.ledger)
  }

  @Test("follows minting in a transaction") func minting() {
    let block = BlockEnvironment(timestamp: 1, number: 1)
    var world = World()
    let contracts = FABDeployment(in: &world, block: block)
    let holder = world.addAccount(eth: 5)
    let outcome = world.transact(
      from: holder, to: contracts.usdc, signature: "mint(address,uint256)",
      arguments: [.address(holder), .uint(12)], value: .zero, block: block, gasLimit: 1_000_000)
    let balance = world.tokenBalance(of: holder, token: contracts.usdc)
    let recount = world.evm.recount()
    #expect(outcome.result == .success([]))
    #expect(balance == 12)
    #expect(recount == nil)
    #expect(world.auditFinding == nil)
  }
}
