import EVM
import Quantities
import Testing

@testable import Contracts

extension RandomMarket {
  fileprivate mutating func expectSent(
    _ from: AccountID, _ to: AccountID, _ signature: String, _ arguments: [ABIValue],
    value: UInt256 = .zero, succeeds: Bool = true
  ) {
    let isSent = send(
      Sent(from: from, to: to, signature: signature, arguments: arguments, value: value))
    #expect(isSent == succeeds, "\(signature)")
  }

  /// - Returns: nil while nothing was ever owed.
  fileprivate func book(_ contract: AccountID, _ token: AccountID = .zero) -> SolvencyBook? {
    world.solvencyBooks.first { $0.contract == contract && $0.token == token }
  }
}

/// What contracts hold against what they owe. Shortfalls are those of conformance/FINDINGS.md.
@Suite("A contract's book") struct SolvencyTests {
  private static var ether: UInt256 { RandomMarket.ether }
  private static let details = "(string,string,uint256,uint256,uint32,string)"
  private static let asked = "(uint256,uint256,uint256,bool)"

  private func text(_ text: String) -> ABIValue { .string(Array(text.utf8)) }

  /// A marketplace under the reference rules with hosts 0 and 1 registered.
  private func market(_ rules: ProtocolRules = ProtocolProfile.referenceETH.rules) -> RandomMarket {
    var market = RandomMarket(seed: 1, rules: rules)
    for host in [market.hosts[0], market.hosts[1]] {
      market.expectSent(
        host, market.system.nodeRegistry, "registerNodeSimple(string)", [text("gpu")],
        value: rules.minStake)
    }
    return market
  }

  /// Host 0 delivers jobs of `renters[0]` that pay `prices`, from job 1 on.
  private func deliver(_ prices: [UInt256], completing count: Int, _ market: inout RandomMarket) {
    let (renter, host, contract) = (
      market.renters[0], market.hosts[0], market.system.marketplace
    )
    for (index, price) in prices.enumerated() {
      market.expectSent(
        renter, contract, "createJob(string,string,uint256,uint256)",
        [text("m"), text("p"), .uint(price), .uint(UInt256(market.block.timestamp + 1_000))],
        value: price)
      let job = ABIValue.uint(UInt256(index + 1))
      market.expectSent(host, contract, "claimJob(uint256)", [job])
      guard index < count else { continue }
      market.expectSent(
        host, contract, "completeJob(uint256,string,bytes)", [job, text("r"), .bytes([])])
    }
  }

  @Test("says what unpaid jobs and stakes add up to, and nothing after a reverted call")
  func unpaidJobs() throws {
    var market = market()
    deliver([Self.ether, 3], completing: 1, &market)
    let system = market.system
    let jobsFound = market.book(system.marketplace)
    let jobs = try #require(jobsFound)
    #expect(jobs.owes == 3 && jobs.holds == 3)
    let stakesFound = market.book(system.nodeRegistry)
    let stakes = try #require(stakesFound)
    let staked = market.world.rules.minStake * 2
    #expect(stakes.owes == staked && stakes.shortfall == .zero)
    market.expectSent(
      market.renters[0], system.marketplace, "createJob(string,string,uint256,uint256)",
      [text("m"), text("p"), .uint(5), .uint(1)], value: 5, succeeds: false)
    #expect(jobs.owes == 3 && jobs.holds == 3)
    let found = market.world.insolvencies
    #expect(found == [])
  }

  @Test("falls short by the price of a job that is paid twice, in the block of the second payment")
  func repeatedPayment() throws {
    var market = market()
    deliver([Self.ether, Self.ether * 2], completing: 1, &market)
    market.wait(600)
    for _ in 0..<2 {
      market.expectSent(
        market.renters[0], market.system.marketplace, "releasePayment(uint256)", [.uint(1)])
    }
    let found = market.world.insolvencies
    #expect(found.count == 1)
    let insolvency = try #require(found.first)
    #expect(insolvency.cause == .repeatedPayment)
    let (system, present) = (market.system, market.block.number)
    #expect(insolvency.contract == system.marketplace && insolvency.token == .zero)
    #expect(insolvency.block == present)
    #expect(insolvency.firstShortfall == Self.ether)
    #expect(insolvency.totalShortfall == Self.ether * 2 && insolvency.transactions == 2)
    let jobsFound = market.book(market.system.marketplace)
    let jobs = try #require(jobsFound)
    #expect(jobs.owes == Self.ether * 2 && jobs.holds == .zero)
  }

  @Test("is not charged twice for a job that was delivered without payment and is then released")
  func lateRelease() throws {
    var market = market()
    deliver([Self.ether], completing: 0, &market)
    market.expectSent(
      market.hosts[0], market.system.marketplace, "submitResult(uint256,string,bytes)",
      [.uint(1), text("r"), .bytes([])])
    market.expectSent(
      market.renters[0], market.system.marketplace, "releasePayment(uint256)", [.uint(1)])
    let found = market.world.insolvencies
    #expect(found == [])
    let owed = market.book(market.system.marketplace)?.owes
    #expect(owed == .zero)
  }

  @Test("falls short by a dispute that governance decides with pooled money")
  func disputeFromPool() throws {
    var market = market()
    deliver([Self.ether, Self.ether], completing: 1, &market)
    market.expectSent(
      market.system.governance, market.system.marketplace, "resolveDispute(uint256,bool)",
      [.uint(1), .bool(true)])
    let causes = market.world.insolvencies.map(\.cause)
    #expect(causes == [.disputeFromPool])
    let amounts = market.world.insolvencies.map(\.firstShortfall)
    #expect(amounts == [Self.ether])
  }

  @Test("falls short in ETH when the abandoned price of a USDC job is paid in ETH, USDC staying")
  func otherToken() throws {
    var market = market()
    deliver([10], completing: 0, &market)
    let (renter, system) = (market.renters[0], market.system)
    market.expectSent(
      renter, system.marketplace, "postJobWithToken(\(Self.details),\(Self.asked),address,uint256)",
      [
        .tuple([
          .init("modelId", text("m")), .init("prompt", text("p")), .init("maxTokens", .uint(1)),
          .init("temperature", .uint(1)), .init("seed", .uint(1)), .init("resultFormat", text("")),
        ]),
        .tuple([
          .init("minGPUMemory", .uint(0)), .init("minReputationScore", .uint(0)),
          .init("maxTimeToComplete", .uint(60)), .init("requiresProof", .bool(false)),
        ]), .address(system.usdc), .uint(7),
      ])
    let owed = market.book(system.escrow, system.usdc)?.owes
    #expect(owed == 7)
    market.wait(40 * 86_400)
    market.expectSent(renter, system.marketplace, "claimAbandonedPayment(uint256)", [.uint(2)])
    let causes = market.world.insolvencies.map(\.cause)
    #expect(causes == [.otherToken])
    let shortfall = market.book(system.marketplace)?.shortfall
    #expect(shortfall == 7)
    let escrowFound = market.book(system.escrow, system.usdc)
    let escrow = try #require(escrowFound)
    #expect(escrow.owes == .zero && escrow.holds == 7)
  }

  @Test("falls short by everything that the owner withdraws in an emergency")
  func emergencyWithdrawal() throws {
    var world = World(rules: ProtocolProfile.referenceFAB.rules)
    let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    let contracts = FABDeployment(in: &world, block: block)
    let host = world.addAccount(eth: Self.ether)
    world.mintAtGenesis(world.rules.minStake, of: contracts.fab, to: host)
    _ = world.send(
      .approve(spender: contracts.hostRegistry, amount: world.rules.minStake), from: host,
      to: contracts.fab, block: block)
    let registered = world.send(
      .registerNode(metadata: world.evm.strings.intern("gpu")), from: host,
      to: contracts.hostRegistry, block: block)
    #expect(registered.failure == nil)
    _ = world.transact(
      from: contracts.deployer, to: contracts.hostRegistry, signature: "emergencyWithdraw()",
      arguments: [], value: .zero, block: block, gasLimit: 1_000_000)
    let (found, stake) = (world.insolvencies, world.rules.minStake)
    #expect(found.map(\.cause) == [.emergencyWithdrawal])
    #expect(found.map(\.firstShortfall) == [stake])
    #expect(found.map(\.contract) == [contracts.hostRegistry])
  }

  @Test("of the escrow falls short by the fee of every job, which the arbiter gets as well")
  func arbiterFee() throws {
    var mix = LifecycleMix(renters: 2, hosts: 2)
    mix.run(jobs: 10)
    let found = mix.world.insolvencies
    let insolvency = try #require(found.first)
    #expect(found.count == 1 && insolvency.cause == .arbiterFee)
    #expect(insolvency.contract == mix.contracts.escrow && insolvency.token == mix.contracts.usdc)
    #expect(insolvency.firstShortfall == 10_000 && insolvency.totalShortfall == 100_000)
    #expect(insolvency.transactions == 10)
  }

  @Test("of streams falls short when a user operation spends what they hold")
  func forwardedCall() throws {
    var market = market()
    let system = market.system
    market.expectSent(
      market.renters[0], system.accounts, "createPaymentStream(address,uint256,uint256)",
      [.address(market.hosts[0]), .uint(Self.ether), .uint(1_000)], value: Self.ether)
    let owedBefore = market.book(system.accounts)?.owes
    #expect(owedBefore == Self.ether)
    market.wait(500)
    market.expectSent(market.hosts[0], system.accounts, "withdrawFromStream(uint256)", [.uint(0)])
    let owedAfter = market.book(system.accounts)?.owes
    #expect(owedAfter == Self.ether / 2)
    let operation =
      Machine.selector("execute(address,uint256,bytes)")
      + market.world.evm.encode([.address(market.hosts[1]), .uint(9), .bytes([])])
    market.expectSent(
      system.entryPoint, system.accounts, BaseAccountIntegration.handleOpSignature,
      [
        .tuple([
          .init("sender", .address(market.renters[1])), .init("nonce", .uint(0)),
          .init("initCode", .bytes([])), .init("callData", .bytes(operation)),
          .init("a", .uint(0)), .init("b", .uint(0)), .init("c", .uint(0)), .init("d", .uint(0)),
          .init("e", .uint(0)), .init("paymasterAndData", .bytes([])),
          .init("signature", .bytes([])),
        ]), .uint(1),
      ])
    let causes = market.world.insolvencies.map(\.cause)
    #expect(causes == [.forwardedCall])
    let shortfall = market.book(system.accounts)?.shortfall
    #expect(shortfall == 9)
  }

  @Test("of an escrow falls short by a release for a job that nobody paid for")
  func releaseWithoutRecord() throws {
    var world = World(rules: ProtocolProfile.referenceETH.rules)
    let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    let deployer = world.addAccount(eth: Self.ether)
    let market = world.addAccount(
      address: [UInt8](repeating: 7, count: 20), kind: .accepting,
      eth: Self.ether)
    let escrow = world.addAccount(eth: .zero)
    _ = world.deploy(
      type: "PaymentEscrow", at: escrow, from: deployer,
      arguments: [.address(.zero), .uint(100)], value: .zero, block: block)
    func send(_ from: AccountID, _ signature: String, _ arguments: [ABIValue], _ value: UInt256) {
      let outcome = world.transact(
        from: from, to: escrow, signature: signature, arguments: arguments, value: value,
        block: block, gasLimit: 1_000_000)
      #expect(outcome.result == .success([]), "\(signature)")
    }
    let (first, second) = (
      ABIValue.fixedBytes(UInt256(1).bigEndianBytes), ABIValue.fixedBytes(UInt256(2).bigEndianBytes)
    )
    send(deployer, "setJobMarketplace(address)", [.address(market)], .zero)
    send(
      market, "createEscrow(bytes32,address,uint256,address)",
      [first, .address(deployer), .uint(1_000), .address(.zero)], 1_000)
    send(
      market, "releasePaymentFor(bytes32,address,uint256,address)",
      [second, .address(deployer), .uint(400), .address(.zero)], .zero)
    let causes = world.insolvencies.map(\.cause)
    #expect(causes == [.releaseWithoutRecord])
    // 396 are gone, and 4 of the rest are booked as fee: the escrow of 1,000 is 400 short.
    let amounts = world.insolvencies.map(\.firstShortfall)
    #expect(amounts == [400])
  }
}
