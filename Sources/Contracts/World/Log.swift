public import EVM
public import Quantities

/// One log: who emitted what. Trivially copyable; strings are numbers of the string table.
public struct Log: BitwiseCopyable, Hashable, Sendable {
  public let contract: AccountID
  public let event: Event
}

/// Every event of the contracts, with arguments in declaration order.
public enum Event: BitwiseCopyable, Hashable, Sendable {
  // ERC-20 and OpenZeppelin.
  case transfer(from: AccountID, to: AccountID, value: UInt256)
  case approval(owner: AccountID, spender: AccountID, value: UInt256)
  case ownershipTransferred(previous: AccountID, new: AccountID)
  // NodeRegistry; the first also of NodeRegistryFAB with the stake.
  case nodeRegistered(node: AccountID, metadata: StringID)
  case nodeSlashed(node: AccountID, amount: UInt256, reason: StringID)
  case stakeRestored(node: AccountID, amount: UInt256)
  case nodeLeaving(node: AccountID, until: UInt32)
  // NodeRegistryFAB.
  case nodeRegisteredWithStake(node: AccountID, stake: UInt256, metadata: StringID)
  case nodeUnregistered(node: AccountID, returned: UInt256)
  case stakeAdded(node: AccountID, amount: UInt256)
  case metadataUpdated(node: AccountID, metadata: StringID)
  // JobMarketplaceFAB.
  case jobCreated(job: UInt256, renter: AccountID, model: StringID, maxPrice: UInt256)
  case jobCreatedWithToken(job: Bytes32, renter: AccountID, token: AccountID, amount: UInt256)
  case jobClaimed(job: UInt256, host: AccountID)
  case jobCompleted(job: UInt256, resultHash: StringID)
  // JobMarketplace, besides those of JobMarketplaceFAB.
  case jobPosted(job: UInt256, client: AccountID, payment: UInt256)
  case jobFailed(job: UInt256, host: AccountID, reason: StringID)
  case paymentReleased(job: UInt256, node: AccountID, amount: UInt256)
  case paymentRefunded(job: UInt256, client: AccountID, amount: UInt256)
  case jobDisputed(job: UInt256, disputer: AccountID, reason: StringID)
  case jobDisputeResolved(job: UInt256, favorsClient: Bool)
  case emergencyPause(by: AccountID, reason: StringID)
  case emergencyUnpause(by: AccountID)
  case circuitBreakerTriggered(reason: StringID, level: UInt8)
  // PaymentEscrow.
  case escrowCreated(
    job: Bytes32, renter: AccountID, host: AccountID, amount: UInt256, token: AccountID)
  case escrowReleased(job: Bytes32, amount: UInt256, fee: UInt256)
  case escrowDisputed(job: Bytes32, disputer: AccountID)
  case disputeResolved(job: Bytes32, winner: AccountID)
  case escrowRefunded(job: Bytes32)
  case refundRequested(job: Bytes32)
  case paymentCredited(receiver: AccountID, token: AccountID, amount: UInt256)
  case feesWithdrawn(token: AccountID, amount: UInt256)
  // ReputationSystem; `change` is an `int256` in two's complement.
  case reputationUpdated(host: AccountID, change: UInt256, newScore: UInt256)
  case qualityReported(host: AccountID, renter: AccountID, rating: UInt8, feedback: StringID)
  case reputationSlashed(host: AccountID, amount: UInt256, reason: StringID)
  // GovernanceToken.
  case delegateChanged(delegator: AccountID, from: AccountID, to: AccountID)
  case delegateVotesChanged(delegate: AccountID, old: UInt256, new: UInt256)
  // ProofSystem; job numbers and answers of a batch are one string each.
  case proofSubmitted(job: UInt256, prover: AccountID, timestamp: UInt64)
  case proofVerified(job: UInt256, verifier: AccountID, isValid: Bool)
  case proofChallenged(job: UInt256, challenger: AccountID, evidence: Bytes32)
  case challengeResolved(job: UInt256, successful: Bool, winner: AccountID)
  case batchVerified(jobs: StringID, results: StringID, gasUsed: UInt64)
  // Governance.
  case proposalCreated(
    proposal: UInt256, proposer: AccountID, kind: ProposalKind, description: StringID)
  case voteCast(proposal: UInt256, voter: AccountID, support: Bool, weight: UInt256)
  case proposalQueued(proposal: UInt256, executionTime: UInt256)
  case proposalExecuted(proposal: UInt256)
  case proposalCancelled(proposal: UInt256)
  case parameterUpdated(contract: AccountID, parameter: StringID, old: UInt256, new: UInt256)
  case emergencyActionExecuted(executor: AccountID, action: StringID)
  // BaseAccountIntegration.
  case sessionKeyAdded(wallet: AccountID, key: AccountID, expires: UInt256)
  case sessionKeyRevoked(wallet: AccountID, key: AccountID)
  case batchExecuted(wallet: AccountID, operations: UInt64)
  case operationSponsored(wallet: AccountID, paymaster: AccountID, gasUsed: UInt256)
  case streamCreated(stream: UInt256, from: AccountID, to: AccountID, amount: UInt256)
  case streamWithdrawn(stream: UInt256, amount: UInt256)
  case streamCancelled(stream: UInt256)
  // A wallet that calls back.
  case reentryAttempt(success: Bool, data: StringID)
}

extension World {
  /// Topics, the event's own included, and bytes of data.
  @inline(__always) func layout(of event: Event) -> (topics: Int, bytes: Int) {
    switch event {
    case .transfer, .approval: (3, 32)
    case .ownershipTransferred: (3, 0)
    case .nodeRegistered(_, let text), .metadataUpdated(_, let text):
      (2, 64 + paddedLength(of: text))
    case .nodeSlashed(_, _, let text), .nodeRegisteredWithStake(_, _, let text),
      .reputationSlashed(_, _, let text):
      (2, 96 + paddedLength(of: text))
    case .stakeRestored, .nodeLeaving, .nodeUnregistered, .stakeAdded: (2, 32)
    case .jobCreated(_, _, let model, _): (3, 96 + paddedLength(of: model))
    case .jobCreatedWithToken: (3, 64)
    case .jobClaimed: (3, 0)
    case .jobCompleted(_, let result): (2, 64 + paddedLength(of: result))
    case .jobPosted, .paymentReleased, .paymentRefunded: (3, 32)
    case .jobFailed(_, _, let reason): (3, 64 + paddedLength(of: reason))
    case .jobDisputed(_, _, let reason): (3, 64 + paddedLength(of: reason))
    case .jobDisputeResolved: (2, 32)
    case .emergencyPause(_, let reason), .circuitBreakerTriggered(let reason, _):
      (1, 96 + paddedLength(of: reason))
    case .emergencyUnpause: (1, 32)
    case .escrowCreated: (4, 64)
    case .escrowReleased: (2, 64)
    case .escrowDisputed, .disputeResolved: (2, 32)
    case .escrowRefunded, .refundRequested: (2, 0)
    case .paymentCredited: (3, 32)
    case .feesWithdrawn: (2, 32)
    case .reputationUpdated: (2, 64)
    case .qualityReported(_, _, _, let feedback): (3, 96 + paddedLength(of: feedback))
    case .delegateChanged: (4, 0)
    case .delegateVotesChanged: (2, 64)
    case .proofSubmitted: (3, 64)
    case .proofVerified, .proofChallenged: (3, 32)
    case .challengeResolved: (2, 64)
    case .batchVerified(let jobs, _, _): (1, 160 + 2 * length(of: jobs))
    case .proposalCreated(_, _, _, let text): (3, 96 + paddedLength(of: text))
    case .voteCast: (3, 64)
    case .proposalQueued: (2, 32)
    case .proposalExecuted, .proposalCancelled: (2, 0)
    case .parameterUpdated(_, let text, _, _): (2, 128 + paddedLength(of: text))
    case .emergencyActionExecuted(_, let text): (2, 64 + paddedLength(of: text))
    case .sessionKeyAdded, .operationSponsored: (3, 32)
    case .sessionKeyRevoked: (3, 0)
    case .batchExecuted, .streamWithdrawn: (2, 32)
    case .streamCreated: (4, 32)
    case .streamCancelled: (2, 0)
    case .reentryAttempt(_, let data): (1, 96 + paddedLength(of: data))
    }
  }
}
