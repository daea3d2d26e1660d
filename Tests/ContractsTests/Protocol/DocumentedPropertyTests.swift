import EVM
import Quantities
import Testing

@testable import Contracts

@Suite("Whatever people do under the documented rules") struct DocumentedPropertyTests {
  static let calls = CallBudget.calls(share: 6) / 6
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

  /// Rules under which everything happens often: the page's limits would stop a crowd at once.
  private func rules(_ seed: UInt64) -> ProtocolRules {
    var rules = ProtocolProfile.documented.rules
    rules.rapidLimit = 1_000_000
    rules.postLimit = 1_000_000
    rules.registrationLimit = 1_000_000
    rules.failureThreshold = 40
    rules.autoRecovery = 600
    if seed % 2 == 0 {
      rules.payout = .onCompletion
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.unbonding = 3_000
      rules.ejectBelow = RandomMarket.ether * 700
      rules.slashTo = .renter
    }
    if seed % 3 == 0 {
      rules.disputeBond = RandomMarket.ether * 3
      rules.claimTimeout = 300
      rules.slashTo = .challenger
    }
    return rules
  }

  @Test(
    "no money is made or lost, every contract can pay what it owes, and no job settles twice",
    arguments: seeds)
  func laws(seed: UInt64) throws {
    var market = RandomMarket(seed: seed, rules: rules(seed))
    for call in 0..<Self.calls {
      market.passTime()
      let sent = market.randomCall()
      let isDone = market.send(sent)
      // The books are looked at after each of the first calls, then now and then.
      if call < 3_000 || call % 500 == 0 {
        let broken = market.brokenLaw()
        #expect(broken == nil, "seed \(seed), call \(call), \(sent.signature): \(broken ?? "")")
        if broken != nil { return }
      }
      if !isDone, call % 64 == 0 {
        let trace = market.trace(of: sent)
        #expect(trace == nil, "seed \(seed), call \(call): \(trace ?? "")")
      }
    }
    let (succeeded, failed) = (market.succeeded, market.failed)
    #expect(succeeded > Self.calls / 12, "only \(succeeded) of \(Self.calls) calls did anything")
    #expect(failed > Self.calls / 12)
    market.endEverything()
    let (left, broken) = (market.unfinishedJobs(), market.brokenLaw())
    #expect(left == [], "seed \(seed): jobs without end")
    #expect(broken == nil, "seed \(seed), at the end: \(broken ?? "")")
  }
}

extension RandomMarket {
  /// Sends a failing call once more: the first time may have numbered a key of a mapping, the
  /// second must change nothing at all.
  ///
  /// - Returns: What it left behind, nil when nothing.
  mutating func trace(of sent: Sent) -> String? {
    let before = world.stateDigest()
    guard !send(sent) else { return nil }
    return before == world.stateDigest() ? nil : "\(sent.signature) left a trace"
  }

  /// Seconds mostly, now and then past a deadline, seldom past a challenge's window.
  mutating func passTime() {
    switch draws.below(100) {
    case 0..<60: wait(draws.below(8))
    case 60..<92: wait(draws.below(400))
    case 92..<99: wait(draws.below(7_000))
    default: wait(draws.below(400_000))
    }
  }

  func unfinishedJobs() -> [UInt64] {
    (1..<max(1, nextJob)).filter {
      let status = world.evm.peek(job($0).status)
      return status != .settled && status != .refunded
    }
  }

  /// Everybody does at last what ends the jobs: nobody else is needed.
  mutating func endEverything() {
    for token in [system.fab, system.usdc] {
      send(
        Sent(
          from: stranger, to: token, signature: "setReturnFalse(bool)", arguments: [.bool(false)]))
    }
    wait(400 * 86_400)
    let challenges = UInt64(world.evm.peek(world.proofSystems[0].nextChallengeID))
    for number in 1..<max(1, challenges) {
      send(
        Sent(
          from: stranger, to: system.proofs, signature: "expireChallenge(uint256)",
          arguments: [.uint(UInt256(number))]))
    }
    for number in unfinishedJobs() { end(number) }
  }

  private mutating func end(_ number: UInt64) {
    let job: ABIValue = .uint(UInt256(number))
    func call(_ from: AccountID, _ to: AccountID, _ signature: String, _ more: ABIValue...) -> Sent
    {
      Sent(from: from, to: to, signature: signature, arguments: [job] + more)
    }
    send(call(system.verifier, system.proofs, "verifyProof(uint256)"))
    wait(400 * 86_400)
    switch world.evm.peek(self.job(number).status) {
    case .posted: send(call(stranger, system.marketplace, "reclaim(uint256)"))
    case .claimed: send(call(stranger, system.marketplace, "failJob(uint256)"))
    case .completed: send(call(stranger, system.marketplace, "releasePayment(uint256)"))
    case .disputed:
      send(call(system.arbiter, system.marketplace, "resolveDispute(uint256,bool)", .bool(true)))
    case .settled, .refunded: break
    }
  }
}
