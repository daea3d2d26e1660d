import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// Proposals, votes and what becomes of them, by the transactions that the contracts take.
extension Market {
  /// Votes are dealt out at genesis, and everybody's delegate is chosen.
  mutating func prepareGovernance() {
    let governance = configuration.governance
    if governance.isEmpty { return }
    for (number, cohort) in governance.voters.enumerated() {
      let shares = cohort.shares
      let leader = assembly.voters.count
      assembly.leaders.append(leader)
      for member in 0..<cohort.count {
        let isDelegated = member > 0 && member <= cohort.delegating
        let account = chain.addVoter(
          tokens: shares[member],
          delegate: isDelegated ? assembly.voters[leader].account : nil)
        assembly.voters.append(
          Assembly.Voter(
            account: account, cohort: UInt16(number), isDelegated: isDelegated,
            tokens: shares[member]))
      }
    }
    assembly.ballots = Array(
      repeating: Assembly.Ballots(), count: governance.proposals.count * governance.voters.count)
    for (number, proposal) in governance.proposals.enumerated() {
      assembly.motions.append(Assembly.Motion())
      let time = SimTime.zero + proposal.at
      if time <= horizon { kernel.schedule(.proposalDue(UInt32(number)), at: time) }
    }
  }

  /// One of a motion's appointments has come: it is to be proposed, queued or executed.
  mutating func proposalDue(_ motion: UInt32, at time: SimTime) {
    switch assembly.motions[Int(motion)].outcome {
    case .notProposed: submit(governing(.propose, motion, by: proposer(of: motion)), at: time)
    case .voting: submit(governing(.queueProposal, motion, by: proposer(of: motion)), at: time)
    case .queued: submit(governing(.executeProposal, motion, by: proposer(of: motion)), at: time)
    case .defeated, .executed, .failed: return
    }
  }

  mutating func voteDue(_ motion: UInt32, voter: UInt32, at time: SimTime) {
    var transaction = governing(.castVote, motion, by: Int(voter))
    var stream = streams.votes.stream(entity: UInt64(voter), event: UInt64(motion) << 1 | 1)
    transaction.stars = stream.bernoulli(support(of: Int(motion), by: Int(voter))) ? 1 : 0
    submit(transaction, at: time)
  }

  private func proposer(of motion: UInt32) -> Int {
    assembly.leaders[configuration.governance.proposals[Int(motion)].by]
  }

  private func support(of motion: Int, by voter: Int) -> Double {
    let cohort = Int(assembly.voters[voter].cohort)
    return configuration.governance.proposals[motion].support[cohort]
      ?? configuration.governance.voters[cohort].support
  }

  private func governing(
    _ function: MarketTransaction.Function, _ motion: UInt32, by voter: Int
  ) -> MarketTransaction {
    MarketTransaction(
      function: function, job: .none, generation: 0, contractJob: motion,
      host: HostID(UInt32(voter)))
  }

  mutating func callGovernance(
    _ transaction: MarketTransaction, from sender: AccountID
  ) -> ChainReceipt {
    let motion = Int(transaction.contractJob)
    let number = assembly.motions[motion].number
    switch transaction.function {
    case .propose:
      return chain.propose(configuration.governance.proposals[motion].updates, from: sender)
    case .castVote: return chain.castVote(number, support: transaction.stars == 1, from: sender)
    case .queueProposal: return chain.queueProposal(number, from: sender)
    default: return chain.executeProposal(number, from: sender)
    }
  }

  mutating func governanceExecuted(
    _ transaction: MarketTransaction, _ receipt: ChainReceipt, at time: SimTime
  ) {
    let motion = Int(transaction.contractJob)
    switch transaction.function {
    case .propose:
      guard receipt.isSuccess else { return }
      assembly.motions[motion].number = UInt64(receipt.contractJob)
      assembly.motions[motion].outcome = .voting
      assembly.motions[motion].proposedAt = time
      callToVote(motion, at: time)
    case .castVote:
      guard receipt.isSuccess else { return }
      assembly.motions[motion].votesCast += 1
      assembly.votesCast += 1
      count(transaction, on: motion)
    case .queueProposal:
      assembly.motions[motion].decidedAt = time
      guard receipt.isSuccess else {
        assembly.motions[motion].outcome = .defeated
        return
      }
      assembly.motions[motion].outcome = .queued
      schedule(motion, after: .seconds(Int64(chain.world.rules.timeLock)), at: time)
    default:
      assembly.motions[motion].outcome = receipt.isSuccess ? .executed : .failed
      guard receipt.isSuccess else { return }
      assembly.motions[motion].executedAt = time
      for update in configuration.governance.proposals[motion].updates {
        changes.settle(rule: update.key)
      }
      rulesChanged(at: time)
    }
  }

  /// Everybody who takes part votes at some instant of the voting period.
  private mutating func callToVote(_ motion: Int, at time: SimTime) {
    let number = assembly.motions[motion].number
    guard let tally = chain.world.tally(ofProposal: number, in: chain.contracts) else { return }
    let block = chain.producer.parameters.blockTime
    let now = UInt64(chain.producer.number)
    let start = time + block * Int64(tally.startBlock - min(tally.startBlock, now))
    let span = block * Int64(tally.endBlock - tally.startBlock)
    for voter in assembly.voters.indices where !assembly.voters[voter].isDelegated {
      var stream = streams.votes.stream(entity: UInt64(voter), event: UInt64(motion) << 1)
      let turnout = configuration.governance.voters[Int(assembly.voters[voter].cohort)].turnout
      guard stream.bernoulli(turnout) else { continue }
      // In the last tenth the block of the vote might come after the end.
      let due = start + block + SimDuration(rounding: stream.uniform() * 0.9 * span.seconds)
      if due <= horizon {
        kernel.schedule(.voteDue(UInt32(motion), voter: UInt32(voter)), at: due)
      }
    }
    schedule(motion, after: start + span + block * 2 - time, at: time)
  }

  private mutating func schedule(_ motion: Int, after delay: SimDuration, at time: SimTime) {
    if time + delay <= horizon {
      kernel.schedule(.proposalDue(UInt32(motion)), at: time + delay)
    }
  }

  /// Everything that keeps a copy of a rule reads it again.
  mutating func rulesChanged(at time: SimTime) {
    jobRules = JobRules(chain.world.rules)
    feeBasisPoints = chain.world.rules.fee
    chain.rulesChanged()
    for index in hosts.indices where jobRules.watchesStakes && !hosts[index].isAway {
      judgeStake(of: HostID(UInt32(index)), chain.stake(of: hosts[index].account), at: time)
    }
  }
}

extension GovernanceConfiguration.Voters {
  /// Whole votes that the first of them has at genesis, with those of others whom it votes for.
  package var votesOfLeader: Int { shares.prefix(1 + delegating).reduce(0, +) }

  /// Those behind the first who let it vote for them.
  fileprivate var delegating: Int { Int((delegated * Double(count)).rounded()) }

  /// Whole votes of each, largest first; they add up to the cohort's.
  var shares: [Int] {
    guard count > 0 else { return [] }
    // Quantiles of the law at the middles of equal parts.
    let weights = (0..<count).map { member -> Double in
      guard let pareto else { return 1 }
      return Pareto.quantile((Double(member) + 0.5) / Double(count), shape: pareto)
    }
    let total = weights.reduce(0, +)
    var left = tokens
    var shares = weights.map { weight -> Int in
      let share = min(left, Int((weight / total * Double(tokens)).rounded(.down)))
      left -= share
      return share
    }
    shares[0] += left
    return shares
  }
}

extension MarketChain {
  /// Somebody who holds votes, and lets `delegate` use them, or nobody else.
  mutating func addVoter(tokens: Int, delegate: AccountID?) -> AccountID {
    let account = world.addAccount(eth: Self.startingETH)
    sendAtGenesis(
      .transfer(to: account, amount: Self.wei(ofETH: Double(tokens))), from: contracts.deployer,
      to: contracts.votes)
    sendAtGenesis(
      .governance(.delegate(to: delegate ?? account)), from: account, to: contracts.votes)
    return account
  }

  mutating func propose(
    _ updates: [GovernanceConfiguration.Update], from sender: AccountID
  ) -> ChainReceipt {
    let calls = updates.map { update in
      ParameterUpdate(
        of: target(of: update.key), function: "setParameter(uint256)", name: update.key,
        value: update.value)
    }
    let encoded = world.encoded(calls)
    return send(
      .governance(.proposeParameterUpdate(updates: encoded, description: texts.feedback)),
      .propose, from: sender, to: contracts.governance)
  }

  /// The contract that follows a rule.
  private func target(of key: String) -> AccountID {
    let types = ProtocolParameter.named(key)?.contracts ?? []
    for type in types {
      if let account = contracts.account(named: type.rawValue) { return account }
    }
    return contracts.governance
  }

  mutating func castVote(
    _ number: UInt64, support: Bool, from sender: AccountID
  ) -> ChainReceipt {
    send(
      .governance(.castVote(number, support: support)), .castVote, from: sender,
      to: contracts.governance)
  }

  mutating func queueProposal(_ number: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.governance(.queue(number)), .queueProposal, from: sender, to: contracts.governance)
  }

  mutating func executeProposal(_ number: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.governance(.execute(number)), .executeProposal, from: sender, to: contracts.governance)
  }

  mutating func rulesChanged() {
    standing = world.standing(of: contracts)
    minStake = world.rules.minStake
  }
}
