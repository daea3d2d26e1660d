import EVM
import Quantities
import Testing

@testable import Contracts

@Suite("A contract call that runs out of gas") struct OutOfGasCallTests {
  private static let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1)

  /// A market in which a job can be posted and another be claimed, completed and rated.
  private struct Scene: ~Copyable {
    var world = World()
    let contracts: FABDeployment
    let renter: AccountID
    let host: AccountID
    let posting: JobPosting
    let result: StringID
    let feedback: StringID

    init() {
      contracts = FABDeployment(in: &world, block: OutOfGasCallTests.block)
      renter = world.addAccount(eth: 1_000)
      host = world.addAccount(eth: 1_000)
      let stake = world.rules.minStake
      world.mintAtGenesis(5_000_000, of: contracts.usdc, to: renter)
      world.mintAtGenesis(stake, of: contracts.fab, to: host)
      posting = JobPosting(
        model: world.evm.strings.intern("llama2-7b"),
        prompt: world.evm.strings.intern(String(repeating: "q", count: 46)), maxTokens: 1_000,
        temperature: 7_000, seed: 42, resultFormat: world.evm.strings.intern("json"),
        maxTimeToComplete: 3_600)
      result = world.evm.strings.intern(String(repeating: "r", count: 46))
      feedback = world.evm.strings.intern("well done")
      let metadata = world.evm.strings.intern("gpu=rtx4090")
      send(.approve(spender: contracts.hostRegistry, amount: stake), host, contracts.fab)
      send(.registerNode(metadata: metadata), host, contracts.hostRegistry)
      send(.approve(spender: contracts.marketplace, amount: .max), renter, contracts.usdc)
    }

    @discardableResult
    mutating func send(
      _ call: ContractCall, _ sender: AccountID, _ target: AccountID, limit: Int64 = 30_000_000
    ) -> Receipt {
      world.send(call, from: sender, to: target, gasLimit: limit, block: OutOfGasCallTests.block)
    }

    /// Sends the calls of a job's life, each after attempts with too little gas.
    mutating func play(attempts: Int64) -> [Receipt] {
      var receipts: [Receipt] = []
      let life: [(ContractCall, AccountID, AccountID)] = [
        (
          .postJobWithToken(posting, token: contracts.usdc, amount: 1_000_000), renter,
          contracts.marketplace
        ),
        (.claimJob(1), host, contracts.marketplace),
        (.completeJob(1, resultHash: result, proof: .empty), host, contracts.marketplace),
        (
          .rateHost(host, job: 1, rating: 5, feedback: feedback), renter, contracts.reputation
        ),
      ]
      for (call, sender, target) in life {
        let balance = world.tokenBalance(of: renter, token: contracts.usdc)
        for attempt in 0..<attempts {
          let limit = 21_000 + attempt * 400_000 / attempts
          let receipt = send(call, sender, target, limit: limit)
          // Beyond some limit the call would succeed, and be done.
          guard receipt.failure != nil else {
            receipts.append(receipt)
            break
          }
          // A frame inside may be the one that runs out; its caller then reverts with what it kept.
          #expect(receipt.gasUsed <= limit, "\(call), \(limit)")
          if receipt.failure == .outOfGas { #expect(receipt.gasUsed == limit) }
          let finding = world.auditFinding
          #expect(finding == nil)
          #expect(world.logs.isEmpty)
        }
        if attempts == 0 { receipts.append(send(call, sender, target)) }
        if attempts > 0, case .postJobWithToken = call {
          let left = world.tokenBalance(of: renter, token: contracts.usdc)
          #expect(left < balance)
        }
      }
      return receipts
    }
  }

  @Test("leaves nothing that a later call would see or pay for") func attempts() {
    var undisturbed = Scene()
    let expected = undisturbed.play(attempts: 0)
    #expect(expected.count == 4 && expected.allSatisfy { $0.failure == nil })
    var disturbed = Scene()
    let receipts = disturbed.play(attempts: 700)
    #expect(receipts.map(\.gasUsed) == expected.map(\.gasUsed))
    #expect(receipts.map(\.returned) == expected.map(\.returned))
  }
}
