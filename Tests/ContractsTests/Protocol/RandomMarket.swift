import EVM
import Quantities

@testable import Contracts

/// The full system with a few people who do anything to it, wisely or not.
struct RandomMarket: ~Copyable {
  var world: World
  let system: SystemDeployment
  var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
  var draws: Draws
  let renters: [AccountID]
  let hosts: [AccountID]
  let challenger: AccountID
  let stranger: AccountID
  /// Times that each job's payment has left its record.
  var settlements: [UInt64: Int] = [:]
  /// Jobs of the reference that nobody has been paid for yet, as their events tell it.
  var unpaid: [UInt64: UInt256] = [:]
  /// What armed wallets try when they are paid.
  var attempts: [AccountID: Sent] = [:]
  /// A guarded function that another one of the same contract let in.
  var brokenGuard: String?
  var succeeded = 0
  var failed = 0

  /// Draws that are the same in every run (SplitMix64).
  struct Draws {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element {
      elements[below(elements.count)]
    }
  }

  /// A call as it was sent, so that it can be sent again.
  struct Sent {
    var from: AccountID
    var to: AccountID
    var signature: String
    var arguments: [ABIValue] = []
    var value = UInt256.zero
  }

  static var ether: UInt256 { 1_000_000_000_000_000_000 }

  init(seed: UInt64, rules: ProtocolRules) {
    var world = World(rules: rules)
    let start = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    let system = SystemDeployment(in: &world, block: start)
    func person(_ kind: AccountKind, _ number: UInt8, _ world: inout World) -> AccountID {
      let address = [UInt8](repeating: 0xEE, count: 19) + [number]
      let account = world.addAccount(address: address, kind: kind, eth: Self.ether * 100_000)
      world.mintAtGenesis(Self.ether * 1_000_000, of: system.fab, to: account)
      world.mintAtGenesis(10_000_000_000_000, of: system.usdc, to: account)
      for token in [system.fab, system.usdc] {
        for spender in [
          system.nodeRegistry, system.marketplace, system.proofs, system.accounts,
        ] {
          _ = world.transact(
            from: account, to: token, signature: "approve(address,uint256)",
            arguments: [.address(spender), .uint(.max)], value: .zero, block: start,
            gasLimit: 1_000_000)
        }
      }
      return account
    }
    let kinds: [AccountKind] = [.eoa, .eoa, .rejecting, .expensive, .reentrant]
    renters = kinds.enumerated().map { person($1, UInt8($0), &world) }
    hosts = (kinds + [.eoa, .eoa]).enumerated().map { person($1, 16 + UInt8($0), &world) }
    challenger = person(.eoa, 40, &world)
    stranger = person(.eoa, 41, &world)
    self.world = world
    self.system = system
    block = start
    draws = Draws(state: seed)
  }

  /// Sends a call in the present block.
  ///
  /// - Returns: Whether it succeeded.
  @discardableResult
  mutating func send(_ call: Sent) -> Bool {
    let outcome = world.transact(
      from: call.from, to: call.to, signature: call.signature, arguments: call.arguments,
      value: call.value, block: block, gasLimit: 30_000_000)
    for log in world.logs {
      switch log.event {
      case .escrowReleased(let job, _, _), .escrowRefunded(let job):
        if job.jobNumber != 0 { settlements[job.jobNumber, default: 0] += 1 }
      case .reentryAttempt(true, _): lookAtGuards(of: call, letting: log.contract)
      default: break
      }
      followPayment(log.event, in: call)
    }
    guard case .success = outcome.result else {
      failed += 1
      return false
    }
    succeeded += 1
    return true
  }

  /// The reference's jobs are owed from their posting to the first event that tells of a payment.
  private mutating func followPayment(_ event: Event, in call: Sent) {
    switch event {
    case .jobPosted(let job, _, let amount), .jobCreated(let job, _, _, let amount):
      unpaid[job.narrow ?? 0] = amount
    case .jobCompleted(let job, _):
      if !call.signature.hasPrefix("submitResult") { unpaid[job.narrow ?? 0] = nil }
    case .paymentReleased(let job, _, _), .paymentRefunded(let job, _, _),
      .jobDisputeResolved(let job, _):
      unpaid[job.narrow ?? 0] = nil
    default: break
    }
  }

  /// Functions that hold their contract's guard while they pay.
  private static let guarded: Set = [
    "completeJob(uint256,string,bytes)", "releasePayment(uint256)",
    "batchReleasePayments(uint256[])", "claimAbandonedPayment(uint256)",
  ]
  /// Those that hold it under the documented rules only.
  private static let guardedByRule: Set = [
    "cancelJob(uint256)", "reclaim(uint256)", "confirmRefund(uint256)",
    "resolveDispute(uint256,bool)", "withdrawCredit(address)", "withdrawFees(address)",
  ]

  private mutating func lookAtGuards(of call: Sent, letting wallet: AccountID) {
    guard let attempt = attempts[wallet], attempt.to == call.to else { return }
    func isGuarded(_ signature: String) -> Bool {
      Self.guarded.contains(signature)
        || (world.rules.escrowPerJob && Self.guardedByRule.contains(signature))
    }
    if isGuarded(call.signature), isGuarded(attempt.signature) {
      brokenGuard = "\(call.signature) let \(attempt.signature) in"
    }
  }

  mutating func wait(_ seconds: Int) {
    block.timestamp += UInt64(seconds)
    block.number += UInt64(seconds / 2)
  }

  /// Number that the next job gets.
  var nextJob: UInt64 {
    let marketplace = world.marketplaces[0]
    return world.evm.words.value(world.evm.peek(marketplace.nextJobID)).narrow ?? 0
  }

  func job(_ number: UInt64) -> StoredJob { world.marketplaces[0].job(UInt256(number)) }

  func escrowRecord(_ number: UInt64) -> StoredEscrow {
    world.escrows[0].escrow(.job(number, of: 0), world)
  }

  func proof(_ number: UInt64) -> StoredProof { world.proofSystems[0].proof(UInt256(number)) }
}
