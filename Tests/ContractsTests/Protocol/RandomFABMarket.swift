import EVM
import Quantities

@testable import Contracts
@testable import EVM

/// The contracts as deployed, with a few people who send any typed call.
struct RandomFABMarket: ~Copyable {
  var world = World(rules: ProtocolProfile.referenceFAB.rules)
  let contracts: FABDeployment
  var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
  var draws: RandomMarket.Draws
  var renters: [AccountID] = []
  var hosts: [AccountID] = []
  var succeeded = 0
  var failed = 0
  private var last = Sent(call: .sendETH, from: .zero, to: .zero)
  private let texts: [StringID]
  private let posting: JobPosting

  private struct Sent {
    var call: ContractCall
    var from: AccountID
    var to: AccountID
  }

  init(seed: UInt64) {
    contracts = FABDeployment(in: &world, block: block)
    draws = RandomMarket.Draws(state: seed)
    texts = [
      world.evm.strings.intern(""), world.evm.strings.intern("short"),
      world.evm.strings.intern(String(repeating: "long text ", count: 9)),
    ]
    posting = JobPosting(
      model: texts[1], prompt: texts[2], maxTokens: 10, temperature: 1, seed: 1,
      resultFormat: texts[0], maxTimeToComplete: 600, minGPUMemory: 0)
    for _ in 0..<4 {
      let renter = world.addAccount(eth: 1_000)
      world.mintAtGenesis(50_000_000_000, of: contracts.usdc, to: renter)
      renters.append(renter)
    }
    for _ in 0..<8 {
      let host = world.addAccount(eth: 1_000)
      world.mintAtGenesis(world.rules.minStake * 3, of: contracts.fab, to: host)
      hosts.append(host)
    }
  }

  /// - Returns: What was sent, and whether it succeeded.
  mutating func step() -> (String, Bool) {
    block.timestamp += UInt64(draws.below(draws.chance(3) ? 900 : 12))
    block.number += 1
    last = randomCall()
    return ("\(last.call)", send())
  }

  private mutating func send() -> Bool {
    let receipt = world.send(last.call, from: last.from, to: last.to, block: block)
    if receipt.failure == nil { succeeded += 1 } else { failed += 1 }
    return receipt.failure == nil
  }

  /// Sends a failed call once more, which must change nothing.
  mutating func leavesTrace() -> Bool {
    let before = world.stateDigest()
    guard !send() else { return false }
    return before != world.stateDigest()
  }

  private mutating func randomCall() -> Sent {
    let renter = draws.pick(renters)
    let host = draws.pick(hosts)
    let job = someJob()
    let assigned = assignedHost(of: job)
    let text = draws.pick(texts)
    let (fab, usdc, market) = (contracts.fab, contracts.usdc, contracts.marketplace)
    switch draws.below(20) {
    case 0:
      return Sent(
        call: .approve(spender: market, amount: draws.pick([0, 5_000_000, .max])), from: renter,
        to: usdc)
    case 1:
      return Sent(
        call: .approve(spender: contracts.hostRegistry, amount: draws.pick([1, .max])), from: host,
        to: fab)
    case 2...5:
      return Sent(
        call: .postJobWithToken(
          posting, token: draws.chance(5) ? fab : usdc,
          amount: draws.pick([0, 1, 99, 1_000_000, 123_456_789])), from: renter, to: market)
    case 6...9: return Sent(call: .claimJob(job), from: host, to: market)
    case 10...13:
      return Sent(
        call: .completeJob(job, resultHash: text, proof: .empty),
        from: draws.chance(90) ? assigned : host, to: market)
    case 14:
      return Sent(
        call: .rateHost(
          assigned, job: job, rating: UInt8(draws.below(7)), feedback: text), from: renter,
        to: contracts.reputation)
    case 15, 16:
      return Sent(call: .registerNode(metadata: text), from: host, to: contracts.hostRegistry)
    case 17:
      return Sent(
        call: .stake(amount: draws.pick([0, 7, RandomMarket.ether])), from: host,
        to: contracts.hostRegistry)
    case 18:
      if draws.chance(85) {
        return Sent(call: .updateMetadata(text), from: host, to: contracts.hostRegistry)
      }
      return Sent(call: .unregisterNode, from: host, to: contracts.hostRegistry)
    default:
      return Sent(
        call: .transfer(to: draws.pick(renters + hosts), amount: UInt256(draws.below(90_000))),
        from: draws.chance(50) ? renter : host, to: draws.chance(70) ? usdc : fab)
    }
  }

  private var nextJob: UInt64 {
    UInt64(world.evm.peek(world.fabMarketplaces[0].nextJobID))
  }

  private mutating func someJob() -> UInt64 {
    let next = nextJob
    let recent = next > 10 ? next - 10 : 0
    return recent + draws.next() % (next + 1 - recent)
  }

  private mutating func assignedHost(of job: UInt64) -> AccountID {
    let host = world.evm.peek(world.fabMarketplaces[0].job(UInt256(job)).assignedHost)
    return host.isZero ? draws.pick(hosts) : host
  }

  /// The first law that is broken, nil while all hold.
  func brokenLaw() -> String? {
    if let finding = world.auditFinding { return "money was made or lost: \(finding)" }
    var stakes = UInt256.zero
    for host in hosts { stakes += world.evm.peek(world.fabRegistries[0].node(host).stakedAmount) }
    let fees = world.evm.peek(world.escrows[0].tokenFees(of: contracts.usdc))
    var owed = fees
    for number in 1..<max(1, nextJob) {
      let job = world.fabMarketplaces[0].job(UInt256(number))
      if world.evm.peek(job.status).isOpen {
        owed += world.evm.words.value(world.evm.peek(job.maxPrice))
      }
    }
    for (contract, token, amount) in [
      (contracts.hostRegistry, contracts.fab, stakes), (contracts.escrow, contracts.usdc, owed),
    ] {
      let book = world.solvencyBooks.first { $0.contract == contract && $0.token == token }
      let booked = book?.owes ?? .zero
      if booked != amount { return "account \(contract.index) owes \(amount), booked \(booked)" }
    }
    let registry = world.tokenBalance(of: contracts.hostRegistry, token: contracts.fab)
    if registry != stakes { return "the registry holds \(registry) of \(stakes)" }
    // The arbiter has got every fee that is booked; users may send tokens to nobody's use.
    let missing = world.solvencyBooks.reduce(UInt256.zero) { $0 + $1.shortfall }
    if missing != fees { return "\(missing) are missing, and \(fees) booked as fees" }
    return nil
  }
}
