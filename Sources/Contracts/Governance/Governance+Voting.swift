import EVM
import Quantities

extension Governance {
  func castVote(
    _ number: UInt256, support: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.castVote.checks)
    let proposal = proposal(number)
    try world.require(!(try world.load(proposal.isCancelled)), else: .proposalCancelled)
    try world.require(
      try state(of: proposal, castingVote: true, &world) == .active, else: .votingNotActive)
    try world.compute(Compute.castVote.effects)
    let voted = hasVoted(number, caller)
    try world.require(!(try world.load(voted)), else: .alreadyVoted)
    try world.compute(Compute.askVotes)
    let weight = try world.pastVotes(
      of: caller, at: try world.load(proposal.startBlock), in: token)
    try world.compute(Compute.requireVotes)
    try world.require(!weight.isZero, else: .noVotingPower)
    try world.compute(Compute.countVote)
    try world.update(true, voted)
    let votes = support ? proposal.forVotes : proposal.againstVotes
    if !support { try world.compute(Compute.countAgainst) }
    try world.store(try world.load(votes).adding(weight), votes)
    try world.emit(
      .voteCast(
        proposal: number, voter: caller, support: support, weight: weight),
      from: account)
  }

  func queue(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.queue.checks)
    let proposal = proposal(number)
    let current = try state(of: proposal, &world)
    try world.require(try isQuorumReached(proposal, &world), else: .quorumNotReached)
    try world.require(current == .succeeded, else: .proposalNotSucceeded)
    try world.compute(Compute.queue.effects)
    let time = try UInt256(world.evm.block.timestamp).adding(UInt256(world.rules.timeLock))
    try world.store(time, proposal.executionTime)
    try world.emit(.proposalQueued(proposal: number, executionTime: time), from: account)
  }

  /// `state`. Executed and cancelled share a slot, which is read once.
  ///
  /// - Parameter castingVote: Whether `castVote` asks, whose price has the active state in it.
  func state(
    of proposal: StoredProposal, castingVote: Bool = false, _ world: inout World
  ) throws(CallFailure) -> ProposalState {
    if try world.load(proposal.isCancelled) { return .cancelled }
    if world.evm.peek(proposal.isExecuted) { return .executed }
    let block = UInt256(world.evm.block.number)
    let start = try world.load(proposal.startBlock)
    // The snapshot of the start block can be read from the next block on.
    if block < start || (world.rules.votesFromStartBlock && block == start) { return .pending }
    if block <= (try world.load(proposal.endBlock)) {
      if !castingVote { try world.compute(Compute.activeState) }
      return .active
    }
    try world.compute(Compute.lateState)
    if !(try world.load(proposal.executionTime).isZero) { return .queued }
    guard try isQuorumReached(proposal, &world) else { return .defeated }
    try world.compute(Compute.compareVotes)
    let votesFor = try world.load(proposal.forVotes)
    guard votesFor > (try world.load(proposal.againstVotes)) else { return .defeated }
    guard try world.load(proposal.kind) == .contractUpgrade else { return .succeeded }
    try world.compute(Compute.supermajority)
    let cast = try world.load(proposal.forVotes).adding(try world.load(proposal.againstVotes))
    let share = try votesFor.multiplied(by: 10_000) / cast
    return share >= UInt256(world.rules.supermajority) ? .succeeded : .defeated
  }

  /// Whether the votes cast are a large enough share of the supply at the start block.
  private func isQuorumReached(
    _ proposal: StoredProposal, _ world: inout World
  ) throws(CallFailure) -> Bool {
    try world.compute(Compute.quorum)
    let supply = try world.pastTotalSupply(
      at: try world.load(proposal.startBlock), in: token)
    let needed = try supply.multiplied(by: UInt256(world.rules.quorum)) / 10_000
    let votesFor = try world.load(proposal.forVotes)
    return try votesFor.adding(try world.load(proposal.againstVotes)) >= needed
  }
}

/// The token as governance calls it.
extension World {
  mutating func pastVotes(
    of holder: AccountID, at block: UInt256, in token: AccountID
  ) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: token)
    do throws(CallFailure) {
      guard code(of: token) == .governanceToken else { throw .empty }
      let votes = try governanceTokens[evm.instance(of: token)].getPastVotes(
        of: holder, at: block, &self)
      close(call)
      return votes
    } catch {
      throw rollBack(call, after: error)
    }
  }

  mutating func pastTotalSupply(
    at block: UInt256, in token: AccountID
  ) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: token)
    do throws(CallFailure) {
      guard code(of: token) == .governanceToken else { throw .empty }
      let supply = try governanceTokens[evm.instance(of: token)].getPastTotalSupply(
        at: block, &self)
      close(call)
      return supply
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
