import EVM
import Quantities

/// Logs of governance, its token and proofs, with names and decoded arguments.
extension World {
  func decodedGovernanceEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .delegateChanged(let delegator, let from, let to):
      (
        "DelegateChanged",
        [
          ("delegator", .address(delegator)), ("fromDelegate", .address(from)),
          ("toDelegate", .address(to)),
        ]
      )
    case .delegateVotesChanged(let delegate, let old, let new):
      (
        "DelegateVotesChanged",
        [
          ("delegate", .address(delegate)), ("previousBalance", .uint(old)),
          ("newBalance", .uint(new)),
        ]
      )
    case .proposalCreated(let proposal, let proposer, let kind, let description):
      (
        "ProposalCreated",
        [
          ("proposalId", .uint(proposal)), ("proposer", .address(proposer)),
          ("proposalType", .uint(UInt256(kind.rawValue))), ("description", string(description)),
        ]
      )
    case .voteCast(let proposal, let voter, let support, let weight):
      (
        "VoteCast",
        [
          ("proposalId", .uint(proposal)), ("voter", .address(voter)), ("support", .bool(support)),
          ("weight", .uint(weight)),
        ]
      )
    case .proposalQueued(let proposal, let time):
      ("ProposalQueued", [("proposalId", .uint(proposal)), ("executionTime", .uint(time))])
    case .proposalExecuted(let proposal): ("ProposalExecuted", [("proposalId", .uint(proposal))])
    case .proposalCancelled(let proposal):
      ("ProposalCancelled", [("proposalId", .uint(proposal))])
    case .parameterUpdated(let contract, let parameter, let old, let new):
      (
        "ParameterUpdated",
        [
          ("contract_", .address(contract)), ("parameter", string(parameter)),
          ("oldValue", .uint(old)), ("newValue", .uint(new)),
        ]
      )
    case .emergencyActionExecuted(let executor, let action):
      (
        "EmergencyActionExecuted",
        [("executor", .address(executor)), ("action", string(action))]
      )
    default: preconditionFailure("not an event of governance")
    }
  }

  func decodedProofEvent(
    _ event: Event, of contract: AccountID
  ) -> (String, [(String, ABIValue)]) {
    switch event {
    case .proofSubmitted(let job, let prover, let timestamp):
      // The hash is that of the proof that the contract keeps since.
      let hash = proofSystems[evm.instance(of: contract)].proofHash(of: job, self)
      return (
        "ProofSubmitted",
        [
          ("jobId", .uint(job)), ("prover", .address(prover)), ("proofHash", .fixedBytes(hash)),
          ("timestamp", .uint(UInt256(timestamp))),
        ]
      )
    case .proofVerified(let job, let verifier, let isValid):
      return (
        "ProofVerified",
        [("jobId", .uint(job)), ("verifier", .address(verifier)), ("isValid", .bool(isValid))]
      )
    case .proofChallenged(let job, let challenger, let evidence):
      return (
        "ProofChallenged",
        [
          ("jobId", .uint(job)), ("challenger", .address(challenger)),
          ("evidenceHash", word(evidence)),
        ]
      )
    case .challengeResolved(let job, let successful, let winner):
      return (
        "ChallengeResolved",
        [
          ("jobId", .uint(job)), ("challengeSuccessful", .bool(successful)),
          ("winner", .address(winner)),
        ]
      )
    case .batchVerified(let jobs, let results, let gasUsed):
      let count = length(of: jobs) / 32
      let numbers = (0..<count).map { ABIValue.uint(evm.strings.word($0, of: jobs)) }
      return (
        "BatchVerificationCompleted",
        [
          ("jobIds", .array(numbers)), ("results", .array(bytes(results).map { .bool($0 == 1) })),
          ("gasUsed", .uint(UInt256(gasUsed))),
        ]
      )
    default: preconditionFailure("not an event of a proof system")
    }
  }
}
