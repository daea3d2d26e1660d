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
    guard isDrawn || isWorthAChallengersCheck(rules) else { return }
    if isDrawn { suspicion.learn(isForged: jobs[id].isWrong) }
    measured.challengersChecks += 1
    let isWorthIt = jobs[id].isWrong ? true : stream.bernoulli(rules.mistakes)
    guard isWorthIt else { return }
    jobs[id].verifier = UInt16(stream.below(challengers.count))
    let due = time + rules.checkTime
    if due <= horizon {
      kernel.schedule(.challengeDue(id, generation: jobs[id].generation), at: due)
    }
  }

  private func isWorthAChallengersCheck(_ rules: ChallengerConfiguration) -> Bool {
    guard let cost = rules.cost else { return false }
    return suspicion.isWorthACheck(
      cost: cost, reward: jobRules.challengePenalty * changes.prices.fab)
  }

  mutating func challengeDue(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, !jobs[id].hasLeftEscrow else { return }
    if jobs[id].challenge != 0 { return decideChallenge(id, at: time) }
    var transaction = transaction(.challengeProof, for: id)
    transaction.verifier = jobs[id].verifier
    submit(transaction, at: time)
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
    guard receipt.isSuccess else { return }
    if isSuccessful {
      measured.challengesWon += 1
      giveBack(id, because: .challenge, at: time)
      if jobs[id].phase == .disputed { jobs.remove(id) }
    } else {
      // Paid as if nobody had doubted it, once the window is over.
      jobs[id].isDisputed = false
      if jobs[id].phase == .disputed { jobs[id].phase = .released }
      scheduleRelease(of: id, at: time)
    }
  }

  /// FAB that challengers have more than at the start.
  func challengersGain() -> Double {
    challengers.reduce(0) {
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

  mutating func resolveChallenge(
    _ challenge: UInt64, isSuccessful: Bool, from sender: AccountID
  ) -> ChainReceipt {
    send(
      .proof(.resolveChallenge(challenge, successful: isSuccessful)), .resolveChallenge,
      from: sender, to: contracts.proofSystem)
  }
}
