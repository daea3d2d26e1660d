import EVM
import Quantities

extension World {
  /// - Parameter contract: The kind that emitted the event: the two marketplaces name one parameter
  ///   of `JobCompleted` differently.
  func decodedMarketplaceEvent(
    _ event: Event, of contract: CodeKind
  ) -> (String, [(String, ABIValue)]) {
    switch event {
    case .jobCreated(let job, let renter, let model, let maxPrice):
      (
        "JobCreated",
        [
          ("jobId", .uint(job)), ("renter", .address(renter)), ("modelId", string(model)),
          ("maxPrice", .uint(maxPrice)),
        ]
      )
    case .jobCreatedWithToken(let job, let renter, let token, let amount):
      (
        "JobCreatedWithToken",
        [
          ("jobId", word(job)), ("renter", .address(renter)), ("paymentToken", .address(token)),
          ("paymentAmount", .uint(amount)),
        ]
      )
    case .jobPosted(let job, let client, let payment):
      (
        "JobPosted",
        [("jobId", .uint(job)), ("client", .address(client)), ("payment", .uint(payment))]
      )
    case .jobClaimed(let job, let host):
      ("JobClaimed", [("jobId", .uint(job)), ("host", .address(host))])
    case .jobCompleted(let job, let result):
      (
        "JobCompleted",
        [
          ("jobId", .uint(job)),
          (contract == .jobMarketplace ? "resultCID" : "resultHash", string(result)),
        ]
      )
    case .jobFailed(let job, let host, let reason):
      (
        "JobFailed",
        [("jobId", .uint(job)), ("host", .address(host)), ("reason", string(reason))]
      )
    default: decodedPaymentEvent(event)
    }
  }

  private func decodedPaymentEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .paymentReleased(let job, let node, let amount):
      (
        "PaymentReleased",
        [("jobId", .uint(job)), ("node", .address(node)), ("amount", .uint(amount))]
      )
    case .paymentRefunded(let job, let client, let amount):
      (
        "PaymentRefunded",
        [("jobId", .uint(job)), ("client", .address(client)), ("amount", .uint(amount))]
      )
    case .jobDisputed(let job, let disputer, let reason):
      (
        "JobDisputed",
        [("jobId", .uint(job)), ("disputer", .address(disputer)), ("reason", string(reason))]
      )
    case .jobDisputeResolved(let job, let favorsClient):
      ("DisputeResolved", [("jobId", .uint(job)), ("favorClient", .bool(favorsClient))])
    case .emergencyPause(let account, let reason):
      ("EmergencyPause", [("by", .address(account)), ("reason", string(reason))])
    case .emergencyUnpause(let account): ("EmergencyUnpause", [("by", .address(account))])
    case .circuitBreakerTriggered(let reason, let level):
      (
        "CircuitBreakerTriggered",
        [("reason", string(reason)), ("level", .uint(UInt256(level)))]
      )
    default: preconditionFailure("not an event of a marketplace")
    }
  }
}
