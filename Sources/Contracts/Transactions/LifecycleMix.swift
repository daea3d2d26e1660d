import EVM
import Quantities

/// The transactions of honest jobs and nothing else: approve, post, claim, complete, rate.
///
/// For measuring and for tests; the market sends the same calls. Job k of renter k mod R is served
/// by host k mod H.
public struct LifecycleMix: ~Copyable {
  public var world = World()
  public let contracts: FABDeployment
  /// Transactions of one job.
  public static var transactionsPerJob: Int { 5 }

  var renters = UniqueList<AccountID>()
  var hosts = UniqueList<AccountID>()
  let posting: JobPosting
  let result: StringID
  let feedback: StringID
  var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1)
  /// Transactions that failed; zero in a sound build.
  public private(set) var failures = 0
  /// Gas of all jobs.
  public private(set) var gasUsed: Int64 = 0
  var jobsDone = 0

  /// Deploys the profile, registers the hosts by real transactions and funds the renters.
  ///
  /// - Parameters:
  ///   - renters: At least 1.
  ///   - hosts: At least 1.
  public init(renters renterCount: Int, hosts hostCount: Int) {
    precondition(renterCount > 0 && hostCount > 0, "a market needs a renter and a host")
    contracts = FABDeployment(in: &world, block: block)
    posting = JobPosting(
      model: world.evm.strings.intern("llama2-7b"),
      prompt: world.evm.strings.intern("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"),
      maxTokens: 1_000, temperature: 7_000, seed: 42,
      resultFormat: world.evm.strings.intern("json"), maxTimeToComplete: 3_600, minGPUMemory: 16)
    result = world.evm.strings.intern("QmT5NvUtoM5nWFfrQdVrFtvGfKFmG7AHE8P34isapyhCxX")
    feedback = world.evm.strings.intern("fast and correct")
    let metadata = world.evm.strings.intern("gpu=rtx4090;region=eu;models=llama2-7b;v=1")

    for _ in 0..<renterCount {
      let renter = world.addAccount(eth: 1_000_000_000_000_000_000)
      world.mintAtGenesis(UInt256(1) * 1_000_000_000_000_000, of: contracts.usdc, to: renter)
      renters.append(renter)
    }
    for _ in 0..<hostCount {
      let host = world.addAccount(eth: 1_000_000_000_000_000_000)
      world.mintAtGenesis(world.rules.minStake, of: contracts.fab, to: host)
      hosts.append(host)
    }
    for number in 0..<hosts.count {
      let host = hosts[number]
      send(
        .approve(spender: contracts.hostRegistry, amount: world.rules.minStake), from: host,
        to: contracts.fab)
      send(.registerNode(metadata: metadata), from: host, to: contracts.hostRegistry)
    }
    gasUsed = 0
  }

  /// Runs whole jobs one after the other, five transactions each.
  public mutating func run(jobs: Int) {
    for _ in 0..<jobs {
      let renter = renters[jobsDone % renters.count]
      let host = hosts[jobsDone % hosts.count]
      let price: UInt256 = 1_000_000
      block.timestamp += 2
      block.number += 1
      send(
        .approve(spender: contracts.marketplace, amount: price), from: renter,
        to: contracts.usdc)
      let posted = send(
        .postJobWithToken(posting, token: contracts.usdc, amount: price), from: renter,
        to: contracts.marketplace)
      let job = posted.returned
      send(.claimJob(job), from: host, to: contracts.marketplace)
      send(
        .completeJob(job, resultHash: result, proof: .empty), from: host,
        to: contracts.marketplace)
      send(
        .rateHost(host, job: job, rating: 5, feedback: feedback), from: renter,
        to: contracts.reputation)
      jobsDone += 1
    }
  }

  @discardableResult
  private mutating func send(
    _ call: ContractCall, from sender: AccountID, to target: AccountID
  ) -> Receipt {
    let receipt = world.send(call, from: sender, to: target, block: block)
    if receipt.failure != nil { failures += 1 }
    gasUsed += receipt.gasUsed
    return receipt
  }
}
