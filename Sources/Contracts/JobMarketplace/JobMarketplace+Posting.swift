import EVM
import Quantities

/// Everything that makes a job.
extension JobMarketplace {
  /// What a new job starts with.
  struct NewJob {
    var renter: AccountID
    var status = JobStatus.posted
    var assignedHost = AccountID.zero
    var maxPrice: UInt256
    var deadline: UInt256
    var paymentToken = AccountID.zero
    /// See `EscrowMark`.
    var escrowMark = UInt256.zero
    var model: StringID
    var inputHash: StringID
    var resultHash = StringID.empty
  }

  /// Posts a job paid in ETH; what the caller sends beyond the price stays in the contract.
  func createJob(
    _ offer: JobOffer, by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try create(offer, for: caller, value: value, computing: Compute.createJob, &world)
  }

  /// Anybody posts in anybody's name, the zero address's too.
  func createJobFor(
    _ renter: AccountID, _ offer: JobOffer, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try create(offer, for: renter, value: value, computing: Compute.createJobFor, &world)
  }

  private func create(
    _ offer: JobOffer, for renter: AccountID, value: UInt256, computing cost: ComputeCost,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(cost.checks)
    try world.require(value >= offer.maxPrice, else: .insufficientPayment)
    try world.require(
      offer.deadline > UInt256(world.evm.block.timestamp), else: .invalidDeadline)
    try world.compute(cost.effects)
    let number = try takeNumber(&world)
    try store(
      NewJob(
        renter: renter, maxPrice: offer.maxPrice, deadline: offer.deadline, model: offer.model,
        inputHash: offer.inputHash),
      at: number, &world)
    try world.emit(
      .jobCreated(job: number, renter: renter, model: offer.model, maxPrice: offer.maxPrice),
      from: account)
    return number
  }

  /// `nextJobId++`.
  private func takeNumber(_ world: inout World) throws(CallFailure) -> UInt256 {
    let number = try world.load(nextJobID)
    try world.store(try number.adding(1), nextJobID)
    return number
  }

  func store(
    _ new: NewJob, at number: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(copyingCost(new.model, new.inputHash, new.resultHash, in: world))
    let job = job(number)
    try world.update(new.renter, job.renter)
    try world.update(new.status, job.status)
    try world.update(new.assignedHost, job.assignedHost)
    try world.store(new.maxPrice, job.maxPrice)
    try world.store(new.deadline, job.deadline)
    try world.store(UInt256.zero, job.completedAt)
    try world.update(new.paymentToken, job.paymentToken)
    try world.store(new.escrowMark, job.escrowMark)
    try world.store(new.model, job.model)
    try world.store(new.inputHash, job.inputHash)
    try world.store(new.resultHash, job.resultHash)
  }

  /// Posts a job paid in ETH under the rate limits and with checked parameters.
  func postJob(
    _ posting: JobPosting, payment: UInt256, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.postJob.checks)
    try recoverIfDue(&world)
    try requirePostingAllowed(&world)
    try world.require(value == payment, else: .paymentMismatch)
    try countPost(of: caller, &world)
    try requireReasonable(posting, payment: payment, &world)
    try world.compute(Compute.postJob.effects)

    let number = try takeNumber(&world)
    try store(
      NewJob(
        renter: caller, maxPrice: payment,
        deadline: UInt256(world.evm.block.timestamp) + posting.maxTimeToComplete,
        model: posting.model, inputHash: posting.prompt),
      at: number, &world)
    try world.emit(.jobPosted(job: number, client: caller, payment: payment), from: account)
    try countOperation(&world)
    return number
  }

  private func requirePostingAllowed(_ world: inout World) throws(CallFailure) {
    try world.require(!(try world.load(isPaused)), else: .contractIsPaused)
    try world.require(!(try world.load(isDegraded)), else: .degradedMode)
    try world.require(!(try world.load(isPostJobPaused)), else: .functionIsPaused)
  }

  /// Three posts a minute, ten an hour; the third in a minute is announced.
  private func countPost(of renter: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.countPost)
    let now = UInt256(world.evm.block.timestamp)
    let party = party(renter)
    if now > (try world.load(party.lastRapidPostAt)) + Self.rapidPostWindow {
      try world.compute(Compute.newWindow)
      try world.store(0, party.rapidPostCount)
      try world.store(now, party.lastRapidPostAt)
    }
    if try world.load(party.rapidPostCount) == Self.rapidPostLimit - 1 {
      try world.compute(Compute.monitor)
      try world.update(true, party.isMonitored)
      try world.emit(
        .circuitBreakerTriggered(reason: texts.unusualActivity, level: 0), from: account)
    }
    try world.require(
      try world.load(party.rapidPostCount) < Self.rapidPostLimit, else: .rateLimitExceeded)
    try world.store(try world.load(party.rapidPostCount) + 1, party.rapidPostCount)

    if now > (try world.load(party.lastPostAt)) + Self.postWindow {
      try world.compute(Compute.newWindow)
      try world.store(0, party.postCount)
      try world.store(now, party.lastPostAt)
    }
    try world.require(
      try world.load(party.postCount) < Self.postLimit, else: .rateLimitExceeded)
    try world.store(try world.load(party.postCount) + 1, party.postCount)
  }

  private func requireReasonable(
    _ posting: JobPosting, payment: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.require(!payment.isZero, else: .paymentTooLow)
    try world.require(payment <= Self.maxPayment, else: .paymentTooLarge)
    try world.require(posting.maxTokens > 0, else: .invalidMaxTokens)
    try world.require(posting.maxTimeToComplete >= 60, else: .deadlineTooShort)
    try world.require(posting.maxTokens <= 1_000_000, else: .invalidMaxTokens)
    try world.require(posting.temperature <= 20_000, else: .temperatureOutOfRange)
    try world.require(posting.minGPUMemory <= 128, else: .invalidParameters)
    try world.require(posting.maxTimeToComplete < Self.year, else: .deadlineTooLong)
    let promptLength = world.length(of: posting.prompt)
    try world.require(
      world.length(of: posting.model) > 0 && promptLength > 0, else: .invalidJobDetails)
    try world.require(promptLength <= 10_000, else: .promptTooLarge)
  }

  func countOperation(_ world: inout World) throws(CallFailure) {
    try world.store(try world.load(totalOperations) + 1, totalOperations)
    try world.store(try world.load(successfulOperations) + 1, successfulOperations)
  }

  /// Passes the payment through to the escrow and posts the job; whether the token moved anything
  /// is not asked.
  ///
  /// - Returns: The job's number and its `bytes32` id.
  func postJobWithToken(
    _ posting: JobPosting, token: AccountID, amount: UInt256, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> (number: UInt256, id: Bytes32) {
    try world.compute(Compute.postWithToken.checks)
    try guardian.enter(&world)
    try world.require(token == (try world.load(usdc)), else: .onlyUSDCAccepted)
    try world.require(!amount.isZero, else: .paymentMustBePositive)
    try world.require(!(try world.load(paymentEscrow).isZero), else: .paymentEscrowNotSet)
    try recoverIfDue(&world)
    try requirePostingAllowed(&world)

    let hashedNumber = try world.load(nextJobID)
    try world.evm.chargeKeccak(bytes: 84 + world.length(of: posting.model))
    _ = try world.transferFrom(token, from: caller, to: account, amount: amount, by: account)
    let escrow = try world.load(paymentEscrow)
    _ = try world.transfer(token, to: escrow, amount: amount, by: account)
    try world.compute(Compute.postWithToken.effects)

    let number = try takeNumber(&world)
    let now = UInt256(world.evm.block.timestamp)
    var mark = now
    if number != hashedNumber {
      mark = world.jobID(
        renter: caller, postedAt: now, number: hashedNumber, model: posting.model)
    }
    try store(
      NewJob(
        renter: caller, maxPrice: amount, deadline: try now.adding(posting.maxTimeToComplete),
        paymentToken: token, escrowMark: mark, model: posting.model, inputHash: posting.prompt),
      at: number, &world)
    let id = escrowHandle(mark, number: number, &world)
    try world.emit(
      .jobCreatedWithToken(job: id, renter: caller, token: token, amount: amount), from: account)
    try world.emit(
      .jobCreated(job: number, renter: caller, model: posting.model, maxPrice: amount),
      from: account)
    try guardian.leave(&world)
    return (number, id)
  }
}
