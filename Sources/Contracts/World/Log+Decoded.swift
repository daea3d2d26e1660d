import EVM
import Quantities

extension World {
  /// A log with names and decoded arguments.
  func decoded(_ log: Log) -> DecodedEvent {
    let (name, arguments) = decoded(log.event, of: log.contract)
    return DecodedEvent(
      contract: log.contract, name: name, arguments: arguments.map { ABIValue.Field($0.0, $0.1) })
  }

  private func decoded(
    _ event: Event, of contract: AccountID
  ) -> (String, [(String, ABIValue)]) {
    switch event {
    case .transfer(let from, let to, let value):
      ("Transfer", [("from", .address(from)), ("to", .address(to)), ("value", .uint(value))])
    case .approval(let owner, let spender, let value):
      (
        "Approval",
        [("owner", .address(owner)), ("spender", .address(spender)), ("value", .uint(value))]
      )
    case .ownershipTransferred(let previous, let new):
      (
        "OwnershipTransferred",
        [("previousOwner", .address(previous)), ("newOwner", .address(new))]
      )
    case .reentryAttempt(let success, let data):
      ("ReentryAttempt", [("success", .bool(success)), ("returnData", .bytes(bytes(data)))])
    case .nodeRegistered, .nodeSlashed, .stakeRestored, .nodeLeaving, .nodeRegisteredWithStake,
      .nodeUnregistered, .stakeAdded, .metadataUpdated:
      decodedRegistryEvent(event)
    case .jobCreated, .jobCreatedWithToken, .jobClaimed, .jobCompleted, .jobPosted, .jobFailed,
      .paymentReleased, .paymentRefunded, .jobDisputed, .jobDisputeResolved, .emergencyPause,
      .emergencyUnpause,
      .circuitBreakerTriggered:
      decodedMarketplaceEvent(event, of: code(of: contract))
    case .sessionKeyAdded, .sessionKeyRevoked, .batchExecuted, .operationSponsored,
      .streamCreated, .streamWithdrawn, .streamCancelled:
      decodedAccountEvent(event)
    case .escrowCreated, .escrowReleased, .escrowDisputed, .disputeResolved, .escrowRefunded,
      .refundRequested, .paymentCredited, .feesWithdrawn:
      decodedEscrowEvent(event)
    case .reputationUpdated, .qualityReported, .reputationSlashed:
      decodedReputationEvent(event)
    case .delegateChanged, .delegateVotesChanged, .proposalCreated, .voteCast, .proposalQueued,
      .proposalExecuted, .proposalCancelled, .parameterUpdated, .emergencyActionExecuted:
      decodedGovernanceEvent(event)
    case .proofSubmitted, .proofVerified, .proofChallenged, .challengeResolved, .batchVerified:
      decodedProofEvent(event, of: contract)
    }
  }

  private func decodedRegistryEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .nodeRegistered(let node, let metadata):
      ("NodeRegistered", [("node", .address(node)), ("metadata", string(metadata))])
    case .nodeSlashed(let node, let amount, let reason):
      (
        "NodeSlashed",
        [("node", .address(node)), ("amount", .uint(amount)), ("reason", string(reason))]
      )
    case .stakeRestored(let node, let amount):
      ("StakeRestored", [("node", .address(node)), ("amount", .uint(amount))])
    case .nodeLeaving(let node, let until):
      ("NodeLeaving", [("node", .address(node)), ("until", .uint(UInt256(until)))])
    case .nodeRegisteredWithStake(let node, let stake, let metadata):
      (
        "NodeRegistered",
        [
          ("operator", .address(node)), ("stakedAmount", .uint(stake)),
          ("metadata", string(metadata)),
        ]
      )
    case .nodeUnregistered(let node, let returned):
      ("NodeUnregistered", [("operator", .address(node)), ("returnedAmount", .uint(returned))])
    case .stakeAdded(let node, let amount):
      ("StakeAdded", [("operator", .address(node)), ("additionalAmount", .uint(amount))])
    case .metadataUpdated(let node, let metadata):
      ("MetadataUpdated", [("operator", .address(node)), ("newMetadata", string(metadata))])
    default: preconditionFailure("not an event of a registry")
    }
  }

  private func decodedEscrowEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .escrowCreated(let job, let renter, let host, let amount, let token):
      (
        "EscrowCreated",
        [
          ("jobId", word(job)), ("renter", .address(renter)), ("host", .address(host)),
          ("amount", .uint(amount)), ("token", .address(token)),
        ]
      )
    case .escrowReleased(let job, let amount, let fee):
      ("EscrowReleased", [("jobId", word(job)), ("amount", .uint(amount)), ("fee", .uint(fee))])
    case .escrowDisputed(let job, let disputer):
      ("EscrowDisputed", [("jobId", word(job)), ("disputer", .address(disputer))])
    case .disputeResolved(let job, let winner):
      ("DisputeResolved", [("jobId", word(job)), ("winner", .address(winner))])
    case .escrowRefunded(let job): ("EscrowRefunded", [("jobId", word(job))])
    case .refundRequested(let job): ("RefundRequested", [("jobId", word(job))])
    case .paymentCredited(let receiver, let token, let amount):
      (
        "PaymentCredited",
        [("receiver", .address(receiver)), ("token", .address(token)), ("amount", .uint(amount))]
      )
    case .feesWithdrawn(let token, let amount):
      ("FeesWithdrawn", [("token", .address(token)), ("amount", .uint(amount))])
    default: preconditionFailure("not an event of an escrow")
    }
  }

  private func decodedReputationEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .reputationUpdated(let host, let change, let newScore):
      (
        "ReputationUpdated",
        [("host", .address(host)), ("change", .int(bits: change)), ("newScore", .uint(newScore))]
      )
    case .qualityReported(let host, let renter, let rating, let feedback):
      (
        "QualityReported",
        [
          ("host", .address(host)), ("renter", .address(renter)),
          ("rating", .uint(UInt256(rating))), ("feedback", string(feedback)),
        ]
      )
    case .reputationSlashed(let host, let amount, let reason):
      (
        "ReputationSlashed",
        [("host", .address(host)), ("amount", .uint(amount)), ("reason", string(reason))]
      )
    default: preconditionFailure("not an event of a reputation system")
    }
  }

  func bytes(_ string: StringID) -> [UInt8] { Array(evm.strings.bytes(of: string)) }
  func string(_ string: StringID) -> ABIValue { .string(bytes(string)) }
  func word(_ key: Bytes32) -> ABIValue { .fixedBytes(word(of: key).bigEndianBytes) }
}
