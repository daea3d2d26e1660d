import Contracts
import EVM
import Kernel
import Quantities

/// Challenges of proofs, and the verdicts of verifiers about them.
extension Market {
  /// A challenger does some proven jobs again, once they are completed and while their payment can
  /// still be stopped.
  mutating func considerChallenge(of id: JobID, at time: SimTime) {
    guard !challengers.isEmpty, jobs[id].requiresProof, !jobs[id].hasLeftEscrow else { return }
    let rules = configuration.challengers
    var stream = streams.checks.stream(entity: 3, event: jobs[id].number)
    let isDrawn = stream.bernoulli(rules.checkRate)
    guard isDrawn || isWorthAChallengersCheck(of: id, rules) else { return }
    // Whoever is idle first, one job at a time; what is paid before that is not worth beginning with.
    let idle = challengers.indices.min { challengers[$0].freeAt < challengers[$1].freeAt } ?? 0
    let due = max(challengers[idle].freeAt, time) + rules.checkTime
    guard due <= windowEnd(of: id) else { return }
    challengers[idle].freeAt = due
    jobs[id].verifier = UInt16(idle)
    if due <= horizon {
      kernel.schedule(.challengeDue(id, generation: jobs[id].generation), at: due)
    }
  }

  /// A challenger has done the job again, and stakes against the proof if it finds it forged.
  private mutating func finishCheck(of id: JobID, at time: SimTime) {
    let rules = configuration.challengers
    var stream = streams.checks.stream(entity: 3, event: jobs[id].number)
    measured.challengersChecks += 1
    if stream.bernoulli(rules.checkRate) { suspicion.learn(isForged: jobs[id].isWrong) }
    guard jobs[id].isWrong || stream.bernoulli(rules.mistakes) else { return }
    // Who weighs what looking brings weighs what staking does, and nobody stakes what it has not.
    let account = challengers[Int(jobs[id].verifier)].account
    guard rules.cost == nil || gainOfAChallenge(of: id) > 0,
      chain.fabBalance(of: account) >= chain.world.rules.challengeStakeMin
    else { return }
    var transaction = transaction(.challengeProof, for: id)
    transaction.verifier = jobs[id].verifier
    submit(transaction, at: time)
  }

  private mutating func isWorthAChallengersCheck(
    of id: JobID, _ rules: ChallengerConfiguration
  ) -> Bool {
    guard let cost = rules.cost else { return false }
    return suspicion.forgedShare * gainOfAChallenge(of: id) > cost
  }

  /// USD that a challenger expects of staking against a proof that it has found forged.
  private mutating func gainOfAChallenge(of id: JobID) -> Double {
    let stake = chain.world.rules.challengeStakeMin.approximate * 1e-18
    return suspicion.gain(
      reward: jobRules.challengePenalty * changes.prices.fab, stake: stake * changes.prices.fab,
      gas: usualFee(of: .challengeProof, about: id).eth * changes.prices.eth)
  }

  mutating func challengeDue(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, !jobs[id].hasLeftEscrow else { return }
    if jobs[id].challenge != 0 {
      decideChallenge(id, at: time)
    } else {
      finishCheck(of: id, at: time)
    }
  }

  mutating func challengeExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return }
    measured.challenges += 1
    jobs[id].challenge = receipt.contractJob + 1
    // The rating of a job just completed may still be under way: its slot outlives that.
    jobs[id].phase = jobs[id].phase == .settled ? .settled : .disputed
    jobs[id].isDisputed = true
    let verifier = nextVerifier()
    jobs[id].verifier = UInt16(verifier)
    kernel.schedule(
      .challengeDue(id, generation: jobs[id].generation),
      at: occupy(verifier, from: time, for: configuration.verifiers.checkTime))
  }

  /// A verifier sees what is true; one in league with hosts denies it.
  private mutating func decideChallenge(_ id: JobID, at time: SimTime) {
    var stream = streams.checks.stream(entity: 4, event: jobs[id].number)
    let colludes = stream.bernoulli(configuration.verifiers.colluding)
    var transaction = transaction(.resolveChallenge, for: id)
    transaction.verifier = jobs[id].verifier
    transaction.stars = jobs[id].isWrong && !colludes ? 1 : 0
    submit(transaction, at: time)
  }

  mutating func challengeResolved(
    _ id: JobID, _ receipt: ChainReceipt, isSuccessful: Bool, at time: SimTime
  ) {
    guard receipt.isSuccess else {
      // Verifiers had no time for it: the stake is the host's for the asking.
      if receipt.failure == .reverted(.challengeExpired) {
        send(.expireChallenge, for: id, at: time)
      }
      return
    }
    suspicion.learn(isWon: isSuccessful)
    if isSuccessful {
      measured.challengesWon += 1
      giveBack(id, because: .challenge, at: time)
      if jobs[id].phase == .disputed { jobs.remove(id) }
    } else {
      keepProof(of: id, at: time)
    }
  }

  /// A challenge has ended without a verdict.
  mutating func challengeExpired(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return }
    suspicion.learn(isWon: false)
    keepProof(of: id, at: time)
  }

  /// The host has the challenger's stake, and is paid as if nobody had doubted it, once the window is
  /// over.
  private mutating func keepProof(of id: JobID, at time: SimTime) {
    let host = Int(jobs[id].host.index)
    books[host].bonds += chain.fabPaid(
      to: hosts[host].account, by: chain.contracts.proofSystem)
    jobs[id].isDisputed = false
    if jobs[id].phase == .disputed { jobs[id].phase = .released }
    scheduleRelease(of: id, at: time)
  }

  /// FAB that challengers have more than at the start, stakes under way included.
  func challengersGain() -> Double {
    if challengers.isEmpty { return 0 }
    let open = jobs.rows.indices.count { slot in
      let job = jobs.rows[slot]
      return job.phase != .ended && job.challenge != 0 && job.isDisputed && !job.hasLeftEscrow
    }
    let staked = Double(open) * chain.world.rules.challengeStakeMin.approximate * 1e-18
    return challengers.reduce(staked) {
      $0 + chain.fabBalance(of: $1.account).approximate * 1e-18 - $1.capital
    }
  }
}

extension MarketChain {
  mutating func addChallenger(capital: Int) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    world.mintAtGenesis(Self.wei(ofETH: Double(capital)), of: contracts.fab, to: account)
    sendAtGenesis(
      .approve(spender: contracts.proofSystem, amount: .max), from: account, to: contracts.fab)
    return account
  }

  mutating func challengeProof(of job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(
      .proof(
        .challengeProof(
          job: job, evidence: evidence, stake: world.rules.challengeStakeMin)),
      .challengeProof, from: sender, to: contracts.proofSystem)
  }

  mutating func expireChallenge(_ challenge: UInt64, from sender: AccountID) -> ChainReceipt {
    send(
      .proof(.expireChallenge(challenge)), .expireChallenge, from: sender,
      to: contracts.proofSystem)
  }

  mutating func resolveChallenge(
    _ challenge: UInt64, isSuccessful: Bool, from sender: AccountID
  ) -> ChainReceipt {
    send(
      .proof(.resolveChallenge(challenge, successful: isSuccessful)), .resolveChallenge,
      from: sender, to: contracts.proofSystem)
  }
}
