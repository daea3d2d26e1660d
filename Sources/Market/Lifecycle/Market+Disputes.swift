import Contracts
import EVM
import Kernel
import Quantities

/// Spot checks of completed jobs, and the disputes that they lead to.
extension Market {
  /// A verifier does some completed jobs again, while their payment can still be stopped.
  @inline(__always) mutating func considerCheck(of id: JobID, at time: SimTime) {
    if verifiers.isEmpty || jobs[id].hasLeftEscrow { return }
    drawCheck(of: id, at: time)
  }

  @inline(never) private mutating func drawCheck(of id: JobID, at time: SimTime) {
    guard jobRules.disputesAct, !jobs[id].requiresProof else { return }
    measured.checkable += 1
    guard checkRate > 0 || vigilance.effort != nil else { return }
    var stream = streams.checks.stream(event: jobs[id].number)
    vigilance.offered += 1
    guard stream.bernoulli(checkRate) || vigilance.isWorthACheck else { return overlook(id) }
    let verifier = nextVerifier()
    let check = configuration.verifiers.checkTime
    // What is paid before anybody gets round to it is not worth beginning with.
    guard max(verifiers[verifier].freeAt, time) + check <= windowEnd(of: id) else {
      return overlook(id)
    }
    measured.checksBegun += 1
    jobs[id].verifier = UInt16(verifier)
    let done = occupy(verifier, from: time, for: check)
    if done <= horizon {
      kernel.schedule(.checkDone(id, generation: jobs[id].generation), at: done)
    }
  }

  /// Up to which a transaction that stops a payment not released yet is safely in time: the block that
  /// takes it must come before the window ends.
  @inline(__always) func windowEnd(of id: JobID) -> SimTime {
    let blockTime = chain.producer.parameters.blockTime
    return jobs[id].settledAt + .seconds(Int64(jobRules.challengePeriod)) - blockTime - blockTime
  }

  /// Whoever is idle first, ties to the lower number.
  mutating func nextVerifier() -> Int {
    idleVerifiers.minimumMember ?? 0
  }

  /// - Returns: When the verifier has done one more check.
  mutating func occupy(
    _ verifier: Int, from time: SimTime, for check: SimDuration
  ) -> SimTime {
    verifiers[verifier].freeAt = max(verifiers[verifier].freeAt, time) + check
    verifiers[verifier].checks += 1
    idleVerifiers.setKey(
      UInt64(verifiers[verifier].freeAt.nanoseconds), of: verifier)
    return verifiers[verifier].freeAt
  }

  mutating func checkDone(_ id: JobID, generation: UInt32, at time: SimTime) {
    measured.checks += 1
    guard jobs[id].generation == generation else { return }
    let isFound = jobs[id].isWrong && !keepsQuiet(about: id)
    learn(from: id, isFound: isFound)
    guard isFound, mayDispute(id) else { return }
    send(.disputeResult, for: id, at: time)
  }

  /// A renter who is told of a made-up result disputes it as one who has noticed it.
  private mutating func mayDispute(_ id: JobID) -> Bool {
    guard !jobs[id].hasLeftEscrow, canPayBond(for: id) else { return false }
    return !terms(ofRenterOf: id).weighsDisputes || isWorthADispute(id)
  }

  /// Who checks is in league with the host.
  private mutating func keepsQuiet(about id: JobID) -> Bool {
    guard configuration.verifiers.colluding > 0 else { return false }
    var stream = streams.checks.stream(entity: 5, event: jobs[id].number)
    return stream.bernoulli(configuration.verifiers.colluding)
  }

  mutating func disputeExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return }
    measured.disputes += 1
    // The rating of a job just completed may still be under way: its slot outlives that.
    jobs[id].phase = jobs[id].phase == .settled ? .settled : .disputed
    jobs[id].isDisputed = true
    kernel.schedule(
      .disputeDecided(id, generation: jobs[id].generation), at: time + jobRules.arbiterDelay)
  }

  /// The arbiter sees what is true, but for its mistakes; of several the majority decides.
  mutating func disputeDecided(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation else { return }
    var stream = streams.checks.stream(entity: 1, event: jobs[id].number)
    var right = 0
    for _ in 0..<jobRules.arbiterJurors where stream.bernoulli(jobRules.arbiterAccuracy) {
      right += 1
    }
    let isRight = right * 2 > jobRules.arbiterJurors
    var transaction = transaction(.resolveDispute, for: id)
    transaction.stars = jobs[id].isWrong == isRight ? 1 : 0
    submit(transaction, at: time)
  }

  mutating func decisionExecuted(
    _ id: JobID, _ receipt: ChainReceipt, favorsRenter: Bool, at time: SimTime
  ) {
    guard receipt.isSuccess else { return }
    measured.disputesDecided += 1
    if favorsRenter {
      measured.disputesUpheld += 1
      giveBack(id, because: .dispute, at: time)
    } else {
      let host = jobs[id].host
      let bond = chain.fabPaid(
        to: hosts[Int(host.index)].account, by: chain.contracts.marketplace)
      measured.bondsLost += bond
      books[Int(host.index)].bonds += bond
      bookPayment(of: id, at: time)
    }
    // A rating still under way ends the request, and frees the slot then.
    if jobs[id].phase == .disputed { jobs.remove(id) }
  }

  /// Somebody found against the host of a completed job: the renter has its payment back.
  mutating func giveBack(_ id: JobID, because cause: SlashCause, at time: SimTime) {
    let host = jobs[id].host
    let slashedBefore = hosts[Int(host.index)].slashed
    bookRefund(of: id)
    hosts[Int(host.index)].overturned += 1
    books[Int(host.index)].earned -= netWorth(of: id)
    books[Int(host.index)].settled += 1
    if jobs[id].isWrong {
      measured.cheatsDetected += 1
      hosts[Int(host.index)].detections += 1
      books[Int(host.index)][isProven(id)].found += 1
    }
    hostFailed(host, because: cause, at: time)
    jobs[id].hasLeftEscrow = true
    let taken = hosts[Int(host.index)].slashed - slashedBefore
    teach(host, loss: netWorth(of: id) + taken * changes.prices.fab, ofWorkAt: jobs[id].settledAt)
  }
}

extension MarketChain {
  /// FAB that a contract paid an account in the transaction just executed.
  mutating func fabPaid(to account: AccountID, by contract: AccountID) -> Double {
    var sum = 0.0
    for place in 0..<world.logs.count where world.logs[place].contract == contracts.fab {
      guard case .transfer(contract, account, let amount) = world.logs[place].event else {
        continue
      }
      sum += amount.approximate * 1e-18
    }
    return sum
  }
}
