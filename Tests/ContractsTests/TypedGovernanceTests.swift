import EVM
import Quantities
import Testing

@testable import Contracts

/// The typed path of governance and proofs against the decoded one, on twin worlds.
@Suite("A typed call of governance or proofs") struct TypedGovernanceTests {
  private static let decimals = UInt256(1_000_000_000_000_000_000)

  private struct Twins: ~Copyable {
    var typed = World()
    var decoded = World()
    var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    /// deployer, token, governance, proof system, job source, FAB, target, registry, reputation.
    let accounts: [AccountID]

    init() {
      var made: [AccountID] = []
      for _ in 0..<9 { made.append(typed.addAccount(eth: 0)) }
      for _ in 0..<9 { _ = decoded.addAccount(eth: 0) }
      accounts = made
      func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }
      let none = ABIValue.address(.zero)
      let deployments: [(String, Int, [ABIValue])] = [
        ("GovernanceToken", 1, [text("Votes"), text("GOV"), .uint(decimals * 1_000_000)]),
        ("Governance", 2, [.address(made[1]), none, none, none, none, none]),
        ("ProofJobSource", 4, []),
        ("TestToken", 5, [text("FAB"), text("FAB"), .uint(18)]),
        (
          "ReputationSystem", 8,
          [.address(made[7]), .address(made[3]), .address(made[0])]
        ),
        (
          "ProofSystem", 3,
          [.address(made[4]), .address(made[0]), .address(made[8])]
        ),
        ("PausableTarget", 6, [.address(made[2])]),
      ]
      for (type, index, arguments) in deployments {
        for outcome in [
          typed.deploy(
            type: type, at: made[index], from: made[0], arguments: arguments, value: .zero,
            block: block),
          decoded.deploy(
            type: type, at: made[index], from: made[0], arguments: arguments, value: .zero,
            block: block),
        ] { #expect(outcome.result == .success([])) }
      }
    }

    mutating func string(_ text: String) -> StringID {
      _ = decoded.evm.strings.intern(text)
      return typed.evm.strings.intern(text)
    }

    mutating func sendBoth(
      _ target: Int, _ signature: String, _ arguments: [ABIValue]
    ) {
      for outcome in [
        typed.transact(
          from: accounts[0], to: accounts[target], signature: signature, arguments: arguments,
          value: .zero, block: block, gasLimit: 30_000_000),
        decoded.transact(
          from: accounts[0], to: accounts[target], signature: signature, arguments: arguments,
          value: .zero, block: block, gasLimit: 30_000_000),
      ] {
        guard case .success = outcome.result else {
          Issue.record("\(signature) fails: \(outcome.result)")
          return
        }
      }
    }

    /// Sends both forms and expects equal gas, events, success and returned number.
    mutating func expectSame(
      _ call: ContractCall, to target: Int, _ signature: String, _ arguments: [ABIValue],
      succeeds: Bool = true
    ) {
      let receipt = typed.send(call, from: accounts[0], to: accounts[target], block: block)
      let outcome = decoded.transact(
        from: accounts[0], to: accounts[target], signature: signature, arguments: arguments,
        value: .zero, block: block, gasLimit: 30_000_000)
      let events = typed.logs.map { typed.decoded($0) }
      #expect(UInt64(receipt.gasUsed) == outcome.gas.used, "\(signature)")
      #expect((receipt.failure == nil) == succeeds, "\(signature)")
      if signature.hasPrefix("batchVerify") {
        // The logs' gas figure counts from where each world stands.
        #expect(events.count == outcome.events.count)
      } else {
        #expect(events == outcome.events, "\(signature)")
      }
      guard case .success(let returned) = outcome.result else {
        #expect(receipt.failure != nil, "\(signature)")
        return
      }
      if case .uint(let number) = returned.first {
        #expect(UInt256(receipt.returned) == number, "\(signature)")
      }
    }
  }

  private static let update = "proposeParameterUpdate((address,bytes4,string,uint256)[],string)"

  @Test("costs and does what the decoded call does, through the life of a proposal")
  func lifeOfAProposal() {
    var twins = Twins()
    let accounts = twins.accounts
    func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }
    twins.expectSame(
      .governance(.delegate(to: accounts[0])), to: 1, "delegate(address)",
      [.address(accounts[0])])
    twins.expectSame(
      .governance(.burn(amount: 7)), to: 1, "burn(uint256)", [.uint(7)])
    twins.expectSame(
      .approve(spender: accounts[2], amount: 9), to: 1, "approve(address,uint256)",
      [.address(accounts[2]), .uint(9)])
    twins.expectSame(
      .transfer(to: accounts[2], amount: 9), to: 1, "transfer(address,uint256)",
      [.address(accounts[2]), .uint(9)])
    twins.block.number += 1
    let updates = [
      ParameterUpdate(
        of: accounts[6], function: "setValue(uint256)", name: "maxJobDuration", value: 99),
      ParameterUpdate(of: accounts[6], function: "pause()", name: "", value: 0),
    ]
    let encoded = twins.typed.encoded(updates)
    let values = updates.map { update in
      ABIValue.tuple([
        .init("", .address(update.target)), .init("", .fixedBytes(update.selector)),
        .init("", text(update.name)), .init("", .uint(update.value)),
      ])
    }
    let description = String(repeating: "why ", count: 20)
    twins.expectSame(
      .governance(
        .proposeParameterUpdate(updates: encoded, description: twins.string(description))),
      to: 2, Self.update, [.array(values), text(description)])
    twins.expectSame(
      .governance(
        .proposeContractUpgrade(
          of: accounts[6], to: accounts[5], description: twins.string("up"))),
      to: 2, "proposeContractUpgrade(address,address,string)",
      [.address(accounts[6]), .address(accounts[5]), text("up")])
    twins.block.number += 3
    twins.expectSame(
      .governance(.castVote(1, support: true)), to: 2, "castVote(uint256,bool)",
      [.uint(1), .bool(true)])
    twins.expectSame(.governance(.queue(1)), to: 2, "queue(uint256)", [.uint(1)], succeeds: false)
    twins.block.number += 50_400
    twins.expectSame(.governance(.queue(1)), to: 2, "queue(uint256)", [.uint(1)])
    twins.block.timestamp += 172_800
    twins.expectSame(.governance(.execute(1)), to: 2, "execute(uint256)", [.uint(1)])
    twins.expectSame(.governance(.cancel(2)), to: 2, "cancel(uint256)", [.uint(2)])
    twins.expectSame(
      .governance(.executeEmergencyAction(twins.string("pause"), on: accounts[6])), to: 2,
      "executeEmergencyAction(string,address)", [text("pause"), .address(accounts[6])],
      succeeds: false)
    // The update reached its target in the block that executed it.
    let value = twins.typed.view(
      to: accounts[6], signature: "value()", arguments: [], block: twins.block)
    let paused = twins.typed.view(
      to: accounts[6], signature: "paused()", arguments: [], block: twins.block)
    #expect(value.result == .success([.uint(99)]))
    #expect(paused.result == .success([.bool(true)]))
  }

  @Test("costs and does what the decoded call does, through the life of a proof")
  func lifeOfAProof() {
    var twins = Twins()
    let accounts = twins.accounts
    twins.sendBoth(3, "grantVerifierRole(address)", [.address(accounts[0])])
    twins.sendBoth(5, "mint(address,uint256)", [.address(accounts[0]), .uint(.max / 2)])
    twins.sendBoth(5, "approve(address,uint256)", [.address(accounts[3]), .uint(.max)])
    for job in 1...3 {
      twins.sendBoth(
        4, "setJob(uint256,address,address,uint8,address)",
        [
          .uint(UInt256(job)), .address(accounts[7]), .address(accounts[5]), .uint(1),
          .address(accounts[0]),
        ])
    }
    let huge = UInt256.max - 5
    for (job, instances) in [(1, [1, 2, huge]), (2, [1, 2]), (3, [1, 2, huge])]
      as [(UInt64, [UInt256])]
    {
      let proof = twins.typed.ezklProof(
        instances: instances, proof: [11, 0, 13], vk: [], modelCommitment: 1, inputHash: 2,
        outputHash: huge)
      func word(_ value: UInt256) -> ABIValue { .fixedBytes(value.bigEndianBytes) }
      twins.expectSame(
        .proof(.submitProof(proof, job: job)), to: 3,
        "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))",
        [
          .uint(UInt256(job)),
          .tuple([
            .init("", .array(instances.map { .uint($0) })),
            .init("", .array([.uint(11), .uint(0), .uint(13)])), .init("", .array([])),
            .init("", word(1)), .init("", word(2)), .init("", word(huge)),
          ]),
        ])
    }
    twins.expectSame(
      .proof(.verifyProof(job: 1)), to: 3, "verifyProof(uint256)", [.uint(1)])
    let jobs = twins.typed.wordArray([2, 3, 0x100_0000_0000])
    twins.expectSame(
      .proof(.batchVerifyProofs(jobs: jobs)), to: 3, "batchVerifyProofs(uint256[])",
      [.array([.uint(2), .uint(3), .uint(0x100_0000_0000)])])
    let stake = Self.decimals * 10
    for _ in 0..<2 {
      twins.expectSame(
        .proof(.challengeProof(job: 1, evidence: twins.typed.bytes32(huge), stake: stake)), to: 3,
        "challengeProof(uint256,bytes32,uint256)",
        [.uint(1), .fixedBytes(huge.bigEndianBytes), .uint(stake)])
    }
    twins.expectSame(
      .proof(.resolveChallenge(1, successful: true)), to: 3, "resolveChallenge(uint256,bool)",
      [.uint(1), .bool(true)])
    twins.expectSame(
      .proof(.expireChallenge(2)), to: 3, "expireChallenge(uint256)", [.uint(2)],
      succeeds: false)
    twins.block.timestamp += 259_201
    twins.expectSame(
      .proof(.expireChallenge(2)), to: 3, "expireChallenge(uint256)", [.uint(2)])
    let finding = twins.typed.auditFinding
    #expect(finding == nil)
  }
}
