import EVM
import Quantities

@testable import Contracts

/// What people send, drawn at random: mostly sensible, by whoever could mean it.
extension RandomMarket {
  mutating func randomCall() -> Sent {
    let roll = draws.below(100)
    switch roll {
    case 0..<18: return randomPost()
    case 18..<40: return randomWork()
    case 40..<62: return randomEnd()
    case 62..<78: return randomProof()
    case 78..<88: return world.rules.stakesInFAB ? randomHosting() : randomETHHosting()
    case 88..<94: return randomAccount()
    default: return randomConduct()
    }
  }

  func number(_ value: UInt64) -> ABIValue { .uint(UInt256(value)) }
  func text(_ text: String) -> ABIValue { .string(Array(text.utf8)) }

  mutating func someJob() -> ABIValue {
    let next = nextJob
    // Recent jobs are the ones that something can happen to.
    let recent = next > 12 ? next - 12 : 0
    return number(recent + draws.next() % (next + 1 - recent))
  }

  private mutating func details() -> ABIValue {
    .tuple([
      .init("modelId", text(draws.chance(3) ? "" : "m")), .init("prompt", text("p")),
      .init("maxTokens", number(draws.chance(3) ? 0 : 100)), .init("temperature", number(7_000)),
      .init("seed", number(1)), .init("resultFormat", text("")),
    ])
  }

  private mutating func requirements() -> ABIValue {
    .tuple([
      .init("minGPUMemory", number(draws.pick([0, 0, 24, 80, 129]))),
      .init("minReputationScore", number(draws.pick([0, 0, 90, 120]))),
      .init("maxTimeToComplete", number(draws.pick([59, 60, 600, 4_000, 100_000]))),
      .init("requiresProof", .bool(draws.chance(50))),
    ])
  }

  private mutating func payment() -> UInt256 {
    draws.pick([0, 1, 99, 12_345_678, Self.ether, Self.ether * 1_001])
  }

  private mutating func randomPost() -> Sent {
    let renter = draws.pick(renters)
    let details = "(string,string,uint256,uint256,uint32,string)"
    let asked = "(uint256,uint256,uint256,bool)"
    switch draws.below(5) {
    case 0, 1:
      let payment = payment()
      return Sent(
        from: renter, to: system.marketplace, signature: "postJob(\(details),\(asked),uint256)",
        arguments: [self.details(), requirements(), .uint(payment)],
        value: draws.chance(3) ? payment + 1 : payment)
    case 2, 3:
      let amount = UInt256(draws.pick([0, 1, 1_000_000, 77_777_777, 1_000_000_000_001]))
      return Sent(
        from: renter, to: system.marketplace,
        signature: "postJobWithToken(\(details),\(asked),address,uint256)",
        arguments: [
          self.details(), requirements(), .address(draws.chance(3) ? system.fab : system.usdc),
          .uint(amount),
        ])
    default:
      let payments = [payment(), payment()]
      if draws.chance(50) {
        return Sent(
          from: renter, to: system.marketplace,
          signature: "createJob(string,string,uint256,uint256)",
          arguments: [
            text("m"), text("p"), .uint(payments[0]), number(block.timestamp + 700),
          ], value: payments[0] + UInt256(draws.pick([0, 5])))
      }
      return Sent(
        from: renter, to: system.marketplace,
        signature: "batchPostJobs(\(details)[],\(asked)[],uint256[])",
        arguments: [
          .array([self.details(), self.details()]), .array([requirements(), requirements()]),
          .array(payments.map { .uint($0) }),
        ], value: payments[0] + payments[1] + UInt256(draws.pick([0, 7])))
    }
  }

  private mutating func randomWork() -> Sent {
    let job = someJob()
    let host = draws.pick(hosts)
    switch draws.below(6) {
    case 0, 1, 2:
      return Sent(
        from: host, to: system.marketplace, signature: "claimJob(uint256)", arguments: [job])
    case 3, 4:
      return Sent(
        from: likelyHost(of: job), to: system.marketplace,
        signature: draws.chance(80)
          ? "completeJob(uint256,string,bytes)" : "submitResult(uint256,string,bytes)",
        arguments: [job, text("r"), .bytes([])])
    default:
      return Sent(
        from: draws.chance(50) ? likelyHost(of: job) : draws.pick(renters + [stranger]),
        to: system.marketplace, signature: "failJob(uint256)", arguments: [job])
    }
  }

  /// The assigned host, most of the time.
  private mutating func likelyHost(of job: ABIValue) -> AccountID {
    guard case .uint(let number) = job, draws.chance(85) else { return draws.pick(hosts) }
    let host = world.evm.peek(self.job(number.narrow ?? 0).assignedHost)
    return host.isZero ? draws.pick(hosts) : host
  }

  private mutating func likelyRenter(of job: ABIValue) -> AccountID {
    guard case .uint(let number) = job, draws.chance(85) else { return draws.pick(renters) }
    let renter = world.evm.peek(self.job(number.narrow ?? 0).renter)
    return renter.isZero ? draws.pick(renters) : renter
  }

  private mutating func randomEnd() -> Sent {
    let job = someJob()
    let renter = likelyRenter(of: job)
    let host = likelyHost(of: job)
    let market = system.marketplace
    func call(_ from: AccountID, _ signature: String, _ more: ABIValue...) -> Sent {
      Sent(from: from, to: market, signature: signature, arguments: [job] + more)
    }
    switch draws.below(11) {
    case 0: return call(renter, "cancelJob(uint256)")
    case 1: return call(stranger, "reclaim(uint256)")
    case 2: return call(renter, "claimAbandonedPayment(uint256)")
    case 3: return call(host, "requestRefund(uint256)")
    case 4: return call(renter, "confirmRefund(uint256)")
    case 5:
      return call(draws.chance(50) ? renter : host, "disputeResult(uint256,string)", text("x"))
    case 6, 7:
      return call(system.arbiter, "resolveDispute(uint256,bool)", .bool(draws.chance(50)))
    case 8: return call(draws.chance(70) ? renter : stranger, "releasePayment(uint256)")
    case 9:
      return Sent(
        from: renter, to: market, signature: "batchReleasePayments(uint256[])",
        arguments: [.array([job, someJob(), job])])
    default:
      let stars = number(UInt64(draws.below(7)))
      return Sent(
        from: renter, to: system.reputation,
        signature: "rateHost(address,uint256,uint8,string)",
        arguments: [.address(host), job, stars, text("x")])
    }
  }

  private mutating func randomProof() -> Sent {
    let job = someJob()
    switch draws.below(8) {
    case 0, 1, 2:
      return Sent(
        from: likelyHost(of: job), to: system.proofs,
        signature: "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))",
        arguments: [job, proof(isValid: draws.chance(75))])
    case 3, 4:
      return Sent(
        from: system.verifier, to: system.proofs, signature: "verifyProof(uint256)",
        arguments: [job])
    case 5:
      return Sent(
        from: draws.chance(80) ? challenger : likelyHost(of: job), to: system.proofs,
        signature: "challengeProof(uint256,bytes32,uint256)",
        arguments: [
          job, .fixedBytes([UInt8](repeating: 7, count: 32)),
          .uint(Self.ether * UInt256(draws.pick([9, 10, 25]))),
        ])
    default:
      let next = UInt64(world.evm.peek(world.proofSystems[0].nextChallengeID))
      let challenge = number(next > 4 ? next - 1 - draws.next() % 4 : draws.next() % 4)
      if draws.chance(70) {
        return Sent(
          from: system.verifier, to: system.proofs, signature: "resolveChallenge(uint256,bool)",
          arguments: [challenge, .bool(draws.chance(50))])
      }
      return Sent(
        from: stranger, to: system.proofs, signature: "expireChallenge(uint256)",
        arguments: [challenge])
    }
  }

  /// Three instances that equal the commitments, or do not.
  func proof(isValid: Bool) -> ABIValue {
    let words: [UInt8] = [1, 2, isValid ? 3 : 4]
    func word(_ value: UInt8) -> ABIValue {
      .fixedBytes([UInt8](repeating: 0, count: 31) + [value])
    }
    return .tuple([
      .init("instances", .array(words.map { .uint(UInt256($0)) })), .init("proof", .array([])),
      .init("vk", .array([])), .init("modelCommitment", word(1)), .init("inputHash", word(2)),
      .init("outputHash", word(3)),
    ])
  }

  private mutating func randomHosting() -> Sent {
    let host = draws.pick(hosts)
    let registry = system.nodeRegistry
    let amount = Self.ether * UInt256(draws.pick([0, 1, 500, 1_000, 3_000]))
    switch draws.below(8) {
    case 0, 1, 2:
      return Sent(
        from: host, to: registry,
        signature: "registerNode(string,string[],string,uint256,uint256)",
        arguments: [
          text(draws.chance(5) ? "" : "peer"), .array([text("m")]), text("eu"),
          number(draws.pick([0, 24, 80])), .uint(amount),
        ])
    case 3:
      return Sent(
        from: draws.pick([challenger, stranger]), to: registry,
        signature: "registerControlledNode(string,address)",
        arguments: [text("peer"), .address(host)])
    case 4: return Sent(from: host, to: registry, signature: "unregisterNode()")
    case 5: return Sent(from: host, to: registry, signature: "withdrawStake()")
    case 6:
      return Sent(
        from: host, to: registry, signature: "topUp(uint256)", arguments: [.uint(amount)])
    default:
      // Governance as a sender stands for a passed proposal.
      return Sent(
        from: system.governance, to: registry, signature: "slashNode(address,uint256,string)",
        arguments: [.address(host), .uint(Self.ether * UInt256(draws.below(200))), text("x")])
    }
  }

  private mutating func randomConduct() -> Sent {
    let market = system.marketplace
    switch draws.below(10) {
    case 0:
      return Sent(
        from: system.guardian, to: market, signature: "emergencyPause(string)",
        arguments: [text("x")])
    case 1, 2: return Sent(from: system.deployer, to: market, signature: "unpause()")
    case 3:
      return Sent(
        from: system.guardian, to: market, signature: "setCircuitBreakerLevel(uint256)",
        arguments: [number(UInt64(draws.below(3)))])
    case 4: return Sent(from: system.governance, to: market, signature: "governanceOverridePause()")
    case 5, 6:
      return Sent(
        from: stranger, to: system.escrow, signature: "withdrawFees(address)",
        arguments: [.address(draws.chance(50) ? .zero : system.usdc)])
    case 7:
      return Sent(
        from: draws.pick(renters + hosts), to: system.escrow,
        signature: "withdrawCredit(address)", arguments: [.address(.zero)])
    case 8:
      return Sent(
        from: stranger, to: draws.chance(50) ? system.usdc : system.fab,
        signature: "setReturnFalse(bool)", arguments: [.bool(draws.chance(25))])
    default:
      arm(draws.pick([renters[4], hosts[4]]))
      return randomEnd()
    }
  }

  /// A wallet that calls back on its next receipts: into what it is being paid by, if it can.
  private mutating func arm(_ wallet: AccountID) {
    let job = someJob()
    let calls: [(AccountID, String, [ABIValue])] = [
      (system.marketplace, "releasePayment(uint256)", [job]),
      (system.marketplace, "cancelJob(uint256)", [job]),
      (system.marketplace, "claimJob(uint256)", [job]),
      (system.marketplace, "completeJob(uint256,string,bytes)", [job, text("r"), .bytes([])]),
      (system.escrow, "withdrawCredit(address)", [.address(.zero)]),
      (system.escrow, "withdrawFees(address)", [.address(.zero)]),
      (system.nodeRegistry, "unregisterNode()", []),
      (system.marketplace, "batchReleasePayments(uint256[])", [.array([job])]),
      (system.marketplace, "claimAbandonedPayment(uint256)", [job]),
    ]
    let (target, signature, arguments) = draws.pick(calls)
    attempts[wallet] = Sent(from: wallet, to: target, signature: signature)
    world.arm(
      wallet, times: 1 + draws.below(2), target: target, signature: signature,
      arguments: arguments, value: .zero, bubble: draws.chance(20))
  }
}
