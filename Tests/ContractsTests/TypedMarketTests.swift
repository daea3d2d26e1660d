import EVM
import Quantities
import Testing

@testable import Contracts

/// The typed path of the original marketplace, its registry and accounts against the decoded one,
/// on twin worlds.
@Suite("A typed call of the ETH market") struct TypedMarketTests {
  private static let wei = UInt256(1_000_000_000_000_000_000)

  private struct Twins: ~Copyable {
    var typed = World(rules: ProtocolProfile.referenceETH.rules)
    var decoded = World(rules: ProtocolProfile.referenceETH.rules)
    var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    let contracts: ETHDeployment
    let renter: AccountID
    let host: AccountID

    init() {
      contracts = ETHDeployment(in: &typed, block: block)
      _ = ETHDeployment(in: &decoded, block: block)
      renter = typed.addAccount(eth: TypedMarketTests.wei * 100_000)
      host = typed.addAccount(eth: TypedMarketTests.wei * 100_000)
      for _ in 0..<2 { _ = decoded.addAccount(eth: TypedMarketTests.wei * 100_000) }
      typed.mintAtGenesis(5_000_000, of: contracts.usdc, to: renter)
      decoded.mintAtGenesis(5_000_000, of: contracts.usdc, to: renter)
      for account in [contracts.deployer, contracts.entryPoint] {
        typed.evm.mintETH(TypedMarketTests.wei * 1_000, to: account)
        decoded.evm.mintETH(TypedMarketTests.wei * 1_000, to: account)
      }
    }

    mutating func string(_ text: String) -> StringID { typed.evm.strings.intern(text) }

    /// Sends both forms and expects equal gas, events, result and returned number.
    mutating func expectSame(
      _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256 = .zero,
      succeeds: Bool = true, _ signature: String, _ arguments: [ABIValue]
    ) {
      block.timestamp += 12
      let receipt = typed.send(call, from: sender, to: target, value: value, block: block)
      let outcome = decoded.transact(
        from: sender, to: target, signature: signature, arguments: arguments, value: value,
        block: block, gasLimit: 30_000_000)
      let events = typed.logs.map { typed.decoded($0) }
      let findings = [typed.auditFinding, decoded.auditFinding]
      #expect(UInt64(receipt.gasUsed) == outcome.gas.used, "\(signature)")
      #expect(events == outcome.events, "\(signature)")
      #expect(findings == [nil, nil], "\(signature)")
      #expect((receipt.failure == nil) == succeeds, "\(signature)")
      switch outcome.result {
      case .success(let values):
        #expect(succeeds, "\(signature)")
        if case .uint(let number) = values.first {
          #expect(UInt256(receipt.returned) == number, "\(signature)")
        }
      case .reverted(let data):
        let failure = receipt.failure.map { typed.outcomeData(of: $0) }
        #expect(!succeeds && failure == data, "\(signature): \(data)")
      }
    }

    /// Registers the host with one model.
    mutating func registerHost() {
      let models = typed.makeModelList([string("llama2-7b")])
      let terms = NodeTerms(
        peerID: string(TypedMarketTests.longText), models: models, region: string("us-east"))
      expectSame(
        .registry(.registerNode(terms)), from: host, to: contracts.nodeRegistry,
        value: TypedMarketTests.wei * 100, "registerNode(string,string[],string)",
        [
          TypedMarketTests.text(TypedMarketTests.longText),
          .array([TypedMarketTests.text("llama2-7b")]), TypedMarketTests.text("us-east"),
        ])
      typed.discard(models)
    }

    mutating func offer(_ price: UInt256) -> JobOffer {
      JobOffer(
        model: string("llama2-7b"), inputHash: string(TypedMarketTests.longText),
        maxPrice: price, deadline: 1_700_009_000)
    }

    mutating func posting(_ prompt: String) -> JobPosting {
      JobPosting(
        model: string("llama2-7b"), prompt: string(prompt), maxTokens: 1_000, temperature: 7_000,
        seed: 42, resultFormat: string("json"), maxTimeToComplete: 3_600, requiresProof: true,
        minGPUMemory: 16, minReputationScore: 300)
    }
  }

  static let longText = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"
  static func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }

  private static func offer(_ price: UInt256) -> [ABIValue] {
    [text("llama2-7b"), text(longText), .uint(price), .uint(1_700_009_000)]
  }
  private static func details(_ prompt: String) -> ABIValue {
    .tuple([
      .init("modelId", text("llama2-7b")), .init("prompt", text(prompt)),
      .init("maxTokens", .uint(1_000)), .init("temperature", .uint(7_000)),
      .init("seed", .uint(42)), .init("resultFormat", text("json")),
    ])
  }
  private static let requirements = ABIValue.tuple([
    .init("minGPUMemory", .uint(16)), .init("minReputationScore", .uint(300)),
    .init("maxTimeToComplete", .uint(3_600)), .init("requiresProof", .bool(true)),
  ])
  private static let detailsType = "(string,string,uint256,uint256,uint32,string)"
  private static let requirementsType = "(uint256,uint256,uint256,bool)"

  @Test("is what the decoded call is, through the life of jobs") func jobs() {
    var twins = Twins()
    let (renter, host) = (twins.renter, twins.host)
    let market = twins.contracts.marketplace
    twins.registerHost()
    twins.expectSame(
      .market(.createJob(twins.offer(7))), from: renter, to: market, value: 9,
      "createJob(string,string,uint256,uint256)", Self.offer(7))
    twins.expectSame(
      .market(.createJob(twins.offer(7))), from: renter, to: market, value: 6, succeeds: false,
      "createJob(string,string,uint256,uint256)", Self.offer(7))
    twins.expectSame(
      .market(.createJobFor(host, twins.offer(0))), from: renter, to: market,
      "createJobFor(address,string,string,uint256,uint256)", [.address(host)] + Self.offer(0))
    for prompt in ["What is 2+2?", Self.longText] {
      twins.expectSame(
        .market(.postJob(twins.posting(prompt), payment: Self.wei)), from: renter, to: market,
        value: Self.wei, "postJob(\(Self.detailsType),\(Self.requirementsType),uint256)",
        [Self.details(prompt), Self.requirements, .uint(Self.wei)])
    }
    twins.expectSame(
      .approve(spender: market, amount: 5_000_000), from: renter, to: twins.contracts.usdc,
      "approve(address,uint256)", [.address(market), .uint(5_000_000)])
    twins.expectSame(
      .claimJob(1), from: host, to: market, "claimJob(uint256)", [.uint(1)])
    twins.expectSame(
      .claimJob(1), from: renter, to: market, succeeds: false, "claimJob(uint256)", [.uint(1)])
    twins.expectSame(
      .completeJob(
        1, resultHash: twins.string(Self.longText), proof: CallBytes(length: 40, nonzeroCount: 8)),
      from: host, to: market, "completeJob(uint256,string,bytes)",
      [
        .uint(1), Self.text(Self.longText),
        .bytes([UInt8](repeating: 1, count: 8) + [UInt8](repeating: 0, count: 32)),
      ])
    twins.expectSame(
      .market(.releasePayment(1)), from: renter, to: market, "releasePayment(uint256)",
      [.uint(1)])
    twins.expectSame(
      .market(.disputeResult(1, reason: twins.string("bad"))), from: renter, to: market,
      "disputeResult(uint256,string)", [.uint(1), Self.text("bad")])
    twins.expectSame(
      .market(.resolveDispute(1, favorsClient: true)), from: twins.contracts.governor,
      to: market, "resolveDispute(uint256,bool)", [.uint(1), .bool(true)])
    twins.expectSame(
      .market(.claimJobFor(host, job: 3)), from: renter, to: market,
      "claimJobFor(address,uint256)", [.address(host), .uint(3)])
    twins.expectSame(
      .market(.failJob(3)), from: renter, to: market, "failJob(uint256)", [.uint(3)])
    twins.expectSame(.claimJob(4), from: host, to: market, "claimJob(uint256)", [.uint(4)])
    twins.expectSame(
      .market(.submitResult(4, resultHash: twins.string("result"), proof: .empty)), from: host,
      to: market, "submitResult(uint256,string,bytes)", [.uint(4), Self.text("result"), .bytes([])])
    twins.expectSame(
      .rateHost(host, job: 4, rating: 5, feedback: twins.string("fast")), from: renter,
      to: twins.contracts.reputation, "rateHost(address,uint256,uint8,string)",
      [.address(host), .uint(4), .uint(5), Self.text("fast")])
    twins.block.timestamp += 40 * 86_400
    twins.expectSame(
      .market(.claimAbandonedPayment(3)), from: renter, to: market,
      "claimAbandonedPayment(uint256)", [.uint(3)])
  }

  @Test("is what the decoded call is, for USDC jobs and batches") func batches() {
    var twins = Twins()
    let (renter, host) = (twins.renter, twins.host)
    let contracts = twins.contracts
    let market = contracts.marketplace
    twins.registerHost()
    twins.expectSame(
      .approve(spender: market, amount: 1_000_000), from: renter, to: contracts.usdc,
      "approve(address,uint256)", [.address(market), .uint(1_000_000)])
    twins.expectSame(
      .postJobWithToken(twins.posting(Self.longText), token: contracts.usdc, amount: 1_000_000),
      from: renter, to: market,
      "postJobWithToken(\(Self.detailsType),\(Self.requirementsType),address,uint256)",
      [
        Self.details(Self.longText), Self.requirements, .address(contracts.usdc),
        .uint(1_000_000),
      ])
    let jobs = twins.typed.makeBatch([
      BatchedJob(twins.posting("short"), payment: 3),
      BatchedJob(twins.posting(Self.longText), payment: Self.wei),
    ])
    twins.expectSame(
      .market(.batchPostJobs(jobs)), from: renter, to: market, value: Self.wei * 2,
      "batchPostJobs(\(Self.detailsType)[],\(Self.requirementsType)[],uint256[])",
      [
        .array([Self.details("short"), Self.details(Self.longText)]),
        .array([Self.requirements, Self.requirements]), .array([.uint(3), .uint(Self.wei)]),
      ])
    twins.typed.discard(jobs)
    for job: UInt64 in 1...3 {
      twins.expectSame(
        .claimJob(job), from: host, to: market, "claimJob(uint256)", [.uint(UInt256(job))])
      twins.expectSame(
        .completeJob(job, resultHash: twins.string("r"), proof: .empty), from: host, to: market,
        "completeJob(uint256,string,bytes)", [.uint(UInt256(job)), Self.text("r"), .bytes([])])
    }
    let numbers = twins.typed.makeJobList([2, 3, 2, 9].map { UInt256($0 as UInt64) })
    twins.expectSame(
      .market(.batchReleasePayments(numbers)), from: renter, to: market, succeeds: false,
      "batchReleasePayments(uint256[])", [.array([.uint(2), .uint(3), .uint(2), .uint(9)])])
    twins.expectSame(
      .market(.createJob(twins.offer(Self.wei * 2))), from: renter, to: market,
      value: Self.wei * 2, "createJob(string,string,uint256,uint256)", Self.offer(Self.wei * 2))
    twins.expectSame(
      .market(.batchReleasePayments(numbers)), from: renter, to: market,
      "batchReleasePayments(uint256[])", [.array([.uint(2), .uint(3), .uint(2), .uint(9)])])
    twins.typed.discard(numbers)
  }

  @Test("is what the decoded call is, for breakers and registry") func operation() {
    var twins = Twins()
    let contracts = twins.contracts
    let market = contracts.marketplace
    let (owner, guardian, governor) = (contracts.deployer, contracts.guardian, contracts.governor)
    twins.registerHost()
    let calls: [(MarketCall, AccountID, Bool, String, [ABIValue])] = [
      (
        .emergencyPause(reason: twins.string("fire")), guardian, true, "emergencyPause(string)",
        [Self.text("fire")]
      ),
      (.unpause, owner, false, "unpause()", []),
      (.governanceOverridePause, governor, true, "governanceOverridePause()", []),
      (.unpause, owner, false, "unpause()", []),
      (
        .pauseFunction(twins.string("postJob")), guardian, true, "pauseFunction(string)",
        [Self.text("postJob")]
      ),
      (
        .unpauseFunction(twins.string("postJob")), owner, true, "unpauseFunction(string)",
        [Self.text("postJob")]
      ),
      (.setBreakerLevel(2), owner, false, "setCircuitBreakerLevel(uint256)", [.uint(2)]),
      (.setBreakerLevel(1), owner, true, "setCircuitBreakerLevel(uint256)", [.uint(1)]),
      (.setBreakerLevel(2), guardian, true, "setCircuitBreakerLevel(uint256)", [.uint(2)]),
      (.enableAutoRecovery(after: 5), owner, true, "enableAutoRecovery(uint256)", [.uint(5)]),
      (.checkAutoRecovery, governor, true, "checkAutoRecovery()", []),
      (.setFailureThreshold(9), governor, true, "setFailureThreshold(uint256)", [.uint(9)]),
      (.enableDegradedMode, owner, true, "enableDegradedMode()", []),
      (.enableDegradedMode, governor, false, "enableDegradedMode()", []),
    ]
    for (call, sender, succeeds, signature, arguments) in calls {
      twins.expectSame(
        .market(call), from: sender, to: market, succeeds: succeeds, signature, arguments)
    }
    let registry = contracts.nodeRegistry
    twins.expectSame(
      .registry(.registerNodeSimple(metadata: twins.string("gpu=1"))), from: twins.renter,
      to: registry, value: Self.wei * 101, "registerNodeSimple(string)", [Self.text("gpu=1")])
    twins.expectSame(
      .registry(
        .registerControlledNode(metadata: twins.string("m"), operator: contracts.verifier)),
      from: twins.renter, to: registry, value: Self.wei * 100,
      "registerControlledNode(string,address)", [Self.text("m"), .address(contracts.verifier)])
    twins.expectSame(
      .registry(.slashNode(twins.host, amount: Self.wei, reason: twins.string("lazy"))),
      from: governor, to: registry, "slashNode(address,uint256,string)",
      [.address(twins.host), .uint(Self.wei), Self.text("lazy")])
    twins.expectSame(
      .registry(.restoreStake), from: twins.host, to: registry, value: 5, "restoreStake()", [])
    let none = twins.typed.makeModelList([])
    let terms = NodeTerms(peerID: twins.string("p"), models: none, region: twins.string(""))
    twins.expectSame(
      .registry(.registerNodeFor(guardian, terms)), from: twins.host, to: registry,
      value: Self.wei * 100, "registerNodeFor(address,string,string[],string)",
      [.address(guardian), Self.text("p"), .array([]), Self.text("")])
  }

  @Test("is what the decoded call is, for accounts, with calls carried as data")
  func accounts() {
    var twins = Twins()
    let (renter, host) = (twins.renter, twins.host)
    let contracts = twins.contracts
    let integration = contracts.accountIntegration
    twins.registerHost()
    func calldata(_ signature: String, _ arguments: [ABIValue], _ world: borrowing World)
      -> ABIValue
    { .bytes(Machine.selector(signature) + world.evm.encode(arguments)) }

    let createJob = calldata(
      "createJob(string,string,uint256,uint256)", Self.offer(5), twins.decoded)
    let claimJob = calldata("claimJob(uint256)", [.uint(1)], twins.decoded)
    let operations = twins.typed.makeOperations([
      AccountOperation(
        target: contracts.marketplace, value: 5, call: .market(.createJob(twins.offer(5)))),
      AccountOperation(target: host, value: 2, call: .sendETH),
    ])
    func tuple(_ target: AccountID, _ value: UInt256, _ data: ABIValue) -> ABIValue {
      .tuple([
        .init("target", .address(target)), .init("value", .uint(value)), .init("data", data),
      ])
    }
    let batch = "executeBatch((address,uint256,bytes)[])"
    twins.expectSame(
      .account(.executeBatch(operations)), from: renter, to: integration, value: 9, batch,
      [.array([tuple(contracts.marketplace, 5, createJob), tuple(host, 2, .bytes([]))])])
    let refused = twins.typed.makeOperations([
      AccountOperation(target: contracts.marketplace, value: 0, call: .claimJob(1))
    ])
    twins.expectSame(
      .account(.executeBatch(refused)), from: renter, to: integration, succeeds: false, batch,
      [.array([tuple(contracts.marketplace, 0, claimJob)])])

    let carried = twins.typed.makeOperations([
      AccountOperation(
        target: contracts.marketplace, value: 5,
        call: .market(.createJobFor(renter, twins.offer(5))))
    ])
    let data = calldata(
      "createJobFor(address,string,string,uint256,uint256)",
      [.address(renter)] + Self.offer(5), twins.decoded)
    let callData = calldata(
      "execute(address,uint256,bytes)",
      [.address(contracts.marketplace), .uint(5), data], twins.decoded)
    for paymaster in [AccountID.zero, contracts.paymaster] {
      let operation = UserOperationCall(
        wallet: renter, nonce: 3, operation: carried, callGasLimit: 200_000,
        verificationGasLimit: 100_000, preVerificationGas: 21_000, maxFeePerGas: 1,
        maxPriorityFeePerGas: 1, paymaster: paymaster,
        signature: CallBytes(length: 65, nonzeroCount: 65), gasUsed: 777)
      let sponsor = paymaster.isZero ? [] : twins.decoded.evm.address(of: paymaster)
      twins.expectSame(
        .account(.handleOp(operation)), from: contracts.entryPoint, to: integration, value: 5,
        """
        handleOp((address,uint256,bytes,bytes,uint256,uint256,uint256,uint256,uint256,bytes,\
        bytes),uint256)
        """,
        [
          .tuple([
            .init("sender", .address(renter)), .init("nonce", .uint(3)),
            .init("initCode", .bytes([])), .init("callData", callData),
            .init("callGasLimit", .uint(200_000)), .init("verificationGasLimit", .uint(100_000)),
            .init("preVerificationGas", .uint(21_000)), .init("maxFeePerGas", .uint(1)),
            .init("maxPriorityFeePerGas", .uint(1)), .init("paymasterAndData", .bytes(sponsor)),
            .init("signature", .bytes([UInt8](repeating: 7, count: 65))),
          ]), .uint(777),
        ])
    }
    twins.typed.discard(carried)
    twins.expectSame(
      .account(.createJobViaAccount(twins.offer(5))), from: contracts.entryPoint,
      to: integration, value: 5, "createJobViaAccount(string,string,uint256,uint256)",
      Self.offer(5))

    let now = twins.block.timestamp
    twins.expectSame(
      .account(.addSessionKey(renter, expires: now + 500)), from: host, to: integration,
      "addSessionKey(address,uint256)", [.address(renter), .uint(UInt256(now + 500))])
    twins.expectSame(
      .account(.claimJobViaSessionKey(wallet: host, job: 1)), from: renter, to: integration,
      "claimJobViaSessionKey(address,uint256)", [.address(host), .uint(1)])
    twins.expectSame(
      .account(.revokeSessionKey(renter)), from: host, to: integration,
      "revokeSessionKey(address)", [.address(renter)])
    for stream: UInt64 in 0...1 {
      twins.expectSame(
        .account(.createPaymentStream(to: host, amount: 1_000, duration: 100)), from: renter,
        to: integration, value: 1_000, "createPaymentStream(address,uint256,uint256)",
        [.address(host), .uint(1_000), .uint(100)])
      twins.expectSame(
        .account(.withdrawFromStream(stream)), from: host, to: integration,
        "withdrawFromStream(uint256)", [.uint(UInt256(stream))])
    }
    twins.expectSame(
      .account(.cancelPaymentStream(1)), from: renter, to: integration,
      "cancelPaymentStream(uint256)", [.uint(1)])
  }

  @Test("is refused where the code lacks it or takes no value, and taken by plain accounts")
  func elsewhere() {
    var twins = Twins()
    let contracts = twins.contracts
    let block = twins.block
    func failure(_ call: ContractCall, to target: AccountID, value: UInt256 = .zero)
      -> CallFailure?
    { twins.typed.send(call, from: twins.renter, to: target, value: value, block: block).failure }
    #expect(failure(.market(.failJob(1)), to: contracts.escrow) == .empty)
    #expect(failure(.market(.releasePayment(1)), to: contracts.marketplace, value: 1) == .empty)
    #expect(failure(.account(.withdrawFromStream(0)), to: contracts.marketplace) == .empty)
    #expect(failure(.claimJob(1), to: contracts.marketplace, value: 1) == .empty)
    #expect(failure(.market(.failJob(1)), to: twins.host, value: 1) == nil)
  }

  @Test(
    "of the documented profile has a selector without zero bytes, as its price assumes",
    arguments: [
      "cancelJob(uint256)", "reclaim(uint256)", "requestRefund(uint256)",
      "confirmRefund(uint256)", "registerNode(string,string[],string,uint256,uint256)",
      "topUp(uint256)", "withdrawStake()",
    ])
  func selectors(signature: String) {
    #expect(Machine.selector(signature).allSatisfy { $0 != 0 })
  }

  @Test("of the documented profile is refused without data under the reference's rules")
  func undocumented() {
    var twins = Twins()
    let contracts = twins.contracts
    let block = twins.block
    for call: MarketCall in [.cancelJob(1), .reclaim(1), .requestRefund(1), .confirmRefund(1)] {
      let receipt = twins.typed.send(
        .market(call), from: twins.renter, to: contracts.marketplace, block: block)
      #expect(receipt.failure == .empty)
    }
    for call: RegistryCall in [.topUp(amount: 1), .withdrawStake] {
      let receipt = twins.typed.send(
        .registry(call), from: twins.renter, to: contracts.nodeRegistry, block: block)
      #expect(receipt.failure == .empty)
    }
  }
}
