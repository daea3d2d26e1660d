import EVM
import Quantities

extension Governance {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors and gas.json.
  enum Compute {
    static var propose: ComputeCost { ComputeCost(1_700, of: 3_146) }
    /// Decoding one update, then encoding and storing it; its name takes one word.
    static var update: ComputeCost { ComputeCost(748, of: 1_872) }
    static var nameWord: Int64 { 130 }
    static var proposeUpgrade: ComputeCost { ComputeCost(1_634, of: 3_125) }
    static var description: Int64 { 42 }
    static var descriptionWord: Int64 { 64 }
    static var createProposal: Int64 { 2_757 }
    static var createdText: Int64 { 35 }
    static var createdWord: Int64 { 92 }
    static var castVote: ComputeCost { ComputeCost(747, of: 914) }
    static var askVotes: Int64 { 264 }
    static var requireVotes: Int64 { 173 }
    static var countVote: Int64 { 152 }
    static var countAgainst: Int64 { 12 }
    static var vote: ComputeCost { ComputeCost(1_053, of: 1_153) }
    static var queue: ComputeCost { ComputeCost(1_080, of: 1_197) }
    static var activeState: Int64 { 74 }
    static var lateState: Int64 { 96 }
    static var quorum: Int64 { 576 }
    static var compareVotes: Int64 { 79 }
    static var supermajority: Int64 { 182 }
    static var cancel: Int64 { 598 }
    static var execute: ComputeCost { ComputeCost(1_166, of: 1_641) }
    static var executeUpdates: Int64 { 643 }
    static var executeUpdate: Int64 { 2_256 }
    static var compareName: Int64 { 21 }
    static var executeUpgrade: Int64 { 174 }
    static var executeProposal: Int64 { 443 }
    static var updateStake: Int64 { 231 }
    static var emergency: ComputeCost { ComputeCost(1_066, of: 1_273) }
    static var emergencyText: Int64 { 18 }
    static var pause: Int64 { 193 }
    static var unpause: Int64 { 145 }
    static var grantRole: ComputeCost { ComputeCost(685, of: 763) }
  }

  /// The proposer's votes at the end of the previous block.
  private func requireThreshold(
    of proposer: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let block = try UInt256(world.evm.block.number).subtracting(1)
    let votes = try world.pastVotes(of: proposer, at: block, in: token)
    try world.require(votes >= world.rules.proposalThreshold, else: .belowProposalThreshold)
  }

  /// - Parameter updates: `abi.encode` of the updates, as the proposal keeps it.
  func proposeParameterUpdate(
    _ updates: StringID, description: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    let count = Int64(world.evm.strings.word(1, of: updates).narrow ?? 0)
    try world.compute(Compute.propose.checks + Compute.update.checks * count)
    try requireThreshold(of: caller, &world)
    // Two words of the array, six of each update, and names of other than one word.
    let extraWords = Int64(world.length(of: updates) / 32) - 2 - 7 * count
    try world.compute(
      Compute.propose.effects + Compute.update.effects * count + Compute.nameWord * extraWords)
    let (number, proposal) = try openProposal(by: caller, &world)
    try world.update(.parameterUpdate, proposal.kind)
    try describe(proposal, description, &world)
    try world.store(updates, proposal.callData)
    try emitCreation(number, .parameterUpdate, description, by: caller, &world)
    return number
  }

  func proposeContractUpgrade(
    of target: AccountID, to implementation: AccountID, description: StringID,
    by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.proposeUpgrade.checks)
    try requireThreshold(of: caller, &world)
    try world.compute(Compute.proposeUpgrade.effects)
    let (number, proposal) = try openProposal(by: caller, &world)
    try world.update(.contractUpgrade, proposal.kind)
    try describe(proposal, description, &world)
    try world.update(target, proposal.targetContract)
    let callData = world.evm.strings.intern(world.evm.encode([.address(implementation)]))
    try world.store(callData, proposal.callData)
    try emitCreation(number, .contractUpgrade, description, by: caller, &world)
    return number
  }

  private func openProposal(
    by proposer: AccountID, _ world: inout World
  ) throws(CallFailure) -> (number: UInt256, proposal: StoredProposal) {
    let number = try takeNumber(&world)
    let proposal = proposal(number)
    try world.update(proposer, proposal.proposer)
    let start = try UInt256(world.evm.block.number).adding(UInt256(world.rules.votingDelay))
    try world.store(start, proposal.startBlock)
    try world.store(try start.adding(UInt256(world.rules.votingPeriod)), proposal.endBlock)
    return (number, proposal)
  }

  private func takeNumber(_ world: inout World) throws(CallFailure) -> UInt256 {
    let number = try world.load(nextProposalID)
    try world.store(number + 1, nextProposalID)
    return UInt256(number)
  }

  private func describe(
    _ proposal: StoredProposal, _ description: StringID, _ world: inout World
  ) throws(CallFailure) {
    if description != .empty {
      try world.compute(
        Compute.description
          + Compute.descriptionWord * Int64(world.dataWords(of: description)))
    }
    try world.store(description, proposal.description)
  }

  private func emitCreation(
    _ number: UInt256, _ kind: ProposalKind, _ description: StringID, by proposer: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.emit(
      .proposalCreated(
        proposal: number, proposer: proposer, kind: kind, description: description),
      from: account)
  }

  func cancel(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.cancel)
    let proposal = proposal(number)
    try world.require(
      try world.load(proposal.proposer) == caller, else: .onlyProposerCancels)
    try world.require(!(try world.load(proposal.isExecuted)), else: .alreadyExecuted)
    try world.store(true, proposal.isCancelled)
    try world.emit(.proposalCancelled(proposal: number), from: account)
  }

  // Short cuts that ask for no power, no quorum and no delay.

  func createProposal(
    target: AccountID, callData: StringID, description: StringID, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    var cost = Compute.createProposal
    for text in [callData, description] where text != .empty {
      cost += Compute.createdText + Compute.createdWord * Int64(world.dataWords(of: text))
    }
    try world.compute(cost)
    let number = try takeNumber(&world)
    let proposal = proposal(number)
    try world.update(caller, proposal.proposer)
    try world.update(target, proposal.targetContract)
    try world.store(callData, proposal.callData)
    try world.store(description, proposal.description)
    let block = UInt256(world.evm.block.number)
    try world.store(block, proposal.startBlock)
    try world.store(try block.adding(1_000), proposal.endBlock)
    return number
  }

  /// Counts one base unit of votes, for any proposal in any state, existing or not.
  func vote(
    _ number: UInt256, support: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.vote.checks)
    let voted = hasVoted(number, caller)
    try world.require(!(try world.load(voted)), else: .alreadyVoted)
    try world.compute(Compute.vote.effects)
    try world.update(true, voted)
    let proposal = proposal(number)
    let votes = support ? proposal.forVotes : proposal.againstVotes
    try world.store(try world.load(votes).adding(1), votes)
  }

  /// Marks any proposal executed that has more votes for than against; one that names the registry
  /// lowers its stake to 5 ETH.
  func executeProposal(_ number: UInt256, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.executeProposal)
    let proposal = proposal(number)
    try world.require(!(try world.load(proposal.isExecuted)), else: .proposalAlreadyExecuted)
    let votesFor = try world.load(proposal.forVotes)
    try world.require(
      votesFor > (try world.load(proposal.againstVotes)), else: .proposalFailed)
    try world.store(true, proposal.isExecuted)
    if try world.load(proposal.targetContract) == nodeRegistry {
      try world.compute(Compute.updateStake)
      try world.updateStakeAmount(
        UInt256(5_000_000_000_000_000_000 as UInt128), in: nodeRegistry, by: account)
    }
  }
}
