import EVM
public import Quantities

/// What anybody can read of a proposal.
public struct ProposalTally: BitwiseCopyable, Sendable {
  /// Base units of votes.
  public var votesFor: UInt256
  public var votesAgainst: UInt256
  /// Block after which votes count, and the last that takes them.
  public var startBlock: UInt64
  public var endBlock: UInt64
}

extension World {
  /// - Returns: Nil where governance is not deployed.
  public func tally(ofProposal number: UInt64, in deployment: MarketDeployment) -> ProposalTally? {
    guard code(of: deployment.governance) == .governance else { return nil }
    let proposal = governances[evm.instance(of: deployment.governance)].proposal(UInt256(number))
    return ProposalTally(
      votesFor: proposal.forVotes.current, votesAgainst: proposal.againstVotes.current,
      startBlock: proposal.startBlock.current.slotBits,
      endBlock: proposal.endBlock.current.slotBits)
  }
}
