public import EVM
public import Quantities

/// What renters, hosts and guardians send to a `JobMarketplace`, besides the calls that both
/// marketplaces take.
public enum MarketCall: BitwiseCopyable, Hashable, Sendable {
  // The price of these comes along as the transaction's value.
  case createJob(JobOffer)
  case createJobFor(AccountID, JobOffer)
  case postJob(JobPosting, payment: UInt256)
  case batchPostJobs(CallList<BatchedJob>)
  // Hosts.
  case claimJobFor(AccountID, job: UInt64)
  case submitResult(UInt64, resultHash: StringID, proof: CallBytes)
  case failJob(UInt64)
  // Renters.
  case releasePayment(UInt64)
  case batchReleasePayments(CallList<UInt256>)
  case claimAbandonedPayment(UInt64)
  case disputeResult(UInt64, reason: StringID)
  // Under the rules that have them.
  case cancelJob(UInt64)
  case reclaim(UInt64)
  case requestRefund(UInt64)
  case confirmRefund(UInt64)
  // Governance.
  case resolveDispute(UInt64, favorsClient: Bool)
  case governanceOverridePause
  case setFailureThreshold(UInt64)
  // Owner and guardians.
  case emergencyPause(reason: StringID)
  case unpause
  case pauseFunction(StringID)
  case unpauseFunction(StringID)
  case setBreakerLevel(UInt8)
  case enableAutoRecovery(after: UInt64)
  case checkAutoRecovery
  case enableDegradedMode

  /// Whether the function accepts ETH.
  var isPayable: Bool {
    switch self {
    case .createJob, .createJobFor, .postJob, .batchPostJobs: true
    default: false
    }
  }
}

extension World {
  @inline(never) mutating func calldata(of call: MarketCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .createJob(let offer): size.add(offer, headWords: 4, self)
    case .createJobFor(let renter, let offer):
      size.add(renter, self)
      size.add(offer, headWords: 5, self)
    case .postJob(let posting, let payment):
      size.add(posting, headWords: 6, self)
      size.add(payment)
    case .batchPostJobs(let batch): size.add(batch, self)
    case .batchReleasePayments(let numbers):
      size.add(UInt64(32))
      size.add(UInt64(numbers.count))
      var cursor = numbers.first
      while let (number, next) = jobNumbers.element(at: cursor) {
        size.add(number)
        cursor = next
      }
    case .claimJobFor(let host, let job):
      size.add(host, self)
      size.add(job)
    case .submitResult(let job, let result, let proof):
      size.add(job)
      size.add(UInt64(96))
      size.add(UInt64(128 + paddedLength(of: result)))
      size.add(result, self)
      size.add(proof)
    case .failJob(let number), .releasePayment(let number), .claimAbandonedPayment(let number),
      .cancelJob(let number), .reclaim(let number), .requestRefund(let number),
      .confirmRefund(let number), .setFailureThreshold(let number), .enableAutoRecovery(let number):
      size.add(number)
    case .disputeResult(let job, let reason):
      size.add(job)
      size.add(UInt64(64))
      size.add(reason, self)
    case .resolveDispute(let job, let favorsClient):
      size.add(job)
      size.add(UInt64(favorsClient ? 1 : 0))
    case .emergencyPause(let text), .pauseFunction(let text), .unpauseFunction(let text):
      size.add(UInt64(32))
      size.add(text, self)
    case .setBreakerLevel(let level): size.add(UInt64(level))
    case .unpause, .checkAutoRecovery, .enableDegradedMode, .governanceOverridePause: break
    }
    return size
  }

  /// - Returns: The number of the first job that the call made, else 0.
  @inline(never) mutating func execute(
    _ call: MarketCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    let unwanted = call.isPayable ? .zero : value
    guard try answers(code(of: target), as: .jobMarketplace, unwanted) else { return 0 }
    let market = marketplaces[evm.instance(of: target)]
    switch call {
    case .createJob(let offer):
      return try market.createJob(offer, by: sender, value: value, &self).narrow ?? 0
    case .createJobFor(let renter, let offer):
      return try market.createJobFor(
        renter, offer, by: sender, value: value, &self
      ).narrow ?? 0
    case .postJob(let posting, let payment):
      return try market.postJob(
        posting, payment: payment, by: sender, value: value, &self
      ).narrow ?? 0
    case .batchPostJobs(let batch):
      return try market.batchPostJobs(batch, by: sender, value: value, &self).narrow ?? 0
    case .claimJobFor(let host, let job):
      try market.claimJobFor(host, job: UInt256(job), by: sender, &self)
    case .submitResult(let job, let result, let proof):
      try market.submitResult(
        UInt256(job), resultHash: result, proofBytes: Int(proof.length), by: sender, &self)
    case .failJob(let job): try market.failJob(UInt256(job), by: sender, &self)
    case .releasePayment(let job): try market.releasePayment(UInt256(job), by: sender, &self)
    case .batchReleasePayments(let numbers):
      try market.batchReleasePayments(numbers, by: sender, &self)
    case .claimAbandonedPayment(let job):
      try market.claimAbandonedPayment(UInt256(job), by: sender, &self)
    case .disputeResult(let job, let reason):
      try market.disputeResult(UInt256(job), reason: reason, by: sender, &self)
    case .cancelJob(let job):
      if !rules.cancelWhilePosted { throw .empty }
      try market.cancelJob(UInt256(job), by: sender, &self)
    case .reclaim(let job):
      if !rules.escrowPerJob { throw .empty }
      try market.reclaim(UInt256(job), &self)
    case .requestRefund(let job):
      if !rules.escrowPerJob { throw .empty }
      try market.requestRefund(UInt256(job), by: sender, &self)
    case .confirmRefund(let job):
      if !rules.escrowPerJob { throw .empty }
      try market.confirmRefund(UInt256(job), by: sender, &self)
    default: try operate(market, call, from: sender)
    }
    return 0
  }

  /// What governance, owner and guardians do.
  private mutating func operate(
    _ market: JobMarketplace, _ call: MarketCall, from sender: AccountID
  ) throws(CallFailure) {
    switch call {
    case .resolveDispute(let job, let favorsClient):
      try market.resolveDispute(
        UInt256(job), favorsClient: favorsClient, by: sender, &self)
    case .governanceOverridePause: try market.governanceOverridePause(by: sender, &self)
    case .setFailureThreshold(let threshold):
      try market.setFailureThreshold(UInt256(threshold), by: sender, &self)
    case .emergencyPause(let reason):
      try market.emergencyPause(reason: reason, by: sender, &self)
    case .unpause: try market.unpause(by: sender, &self)
    case .pauseFunction(let name):
      try market.pauseFunction(name, paused: true, by: sender, &self)
    case .unpauseFunction(let name):
      try market.pauseFunction(name, paused: false, by: sender, &self)
    case .setBreakerLevel(let level):
      try market.setBreakerLevel(UInt256(level), by: sender, &self)
    case .enableAutoRecovery(let period):
      try market.enableAutoRecovery(after: UInt256(period), by: sender, &self)
    case .checkAutoRecovery: try market.checkAutoRecovery(&self)
    case .enableDegradedMode: try market.enableDegradedMode(by: sender, &self)
    default: preconditionFailure("jobs are handled before")
    }
  }
}

extension CalldataSize {
  /// Offsets of the two strings, price and deadline, and the strings.
  ///
  /// - Parameter headWords: Words of the call before the first string.
  mutating func add(_ offer: JobOffer, headWords: Int, _ world: borrowing World) {
    add(UInt64(headWords * 32))
    add(UInt64(headWords * 32 + 32 + world.paddedLength(of: offer.model)))
    add(offer.maxPrice)
    add(offer.deadline)
    add(offer.model, world)
    add(offer.inputHash, world)
  }

  /// Three arrays: details by offset, requirements and payments in place.
  mutating func add(_ batch: CallList<BatchedJob>, _ world: borrowing World) {
    let count = Int(batch.count)
    for _ in 0..<3 { add(UInt64(count)) }
    var offset = 32 * count
    var cursor = batch.first
    while let (job, next) = world.batchedJobs.element(at: cursor) {
      add(UInt64(offset))
      let before = bytes
      add(details: job.posting, world)
      offset += bytes - before
      add(requirements: job.posting)
      add(job.payment)
      cursor = next
    }
    let requirementsStart = 96 + 32 + offset
    add(UInt64(96))
    add(UInt64(requirementsStart))
    add(UInt64(requirementsStart + 32 + 128 * count))
  }
}
