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
    /// What the job asks of its host; the reference forgets it.
    var requiresProof = false
    var minGPUMemory: UInt32 = 0
    var minReputation: UInt64 = 0
  }

  /// Posts a job paid in ETH; in the reference what the caller sends beyond the price stays in the
  /// contract.
  func createJob(
    _ offer: JobOffer, by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try create(
      offer, for: caller, by: caller, value: value, computing: Compute.createJob, &world)
  }

  /// In the reference anybody posts in anybody's name, the zero address's too.
  func createJobFor(
    _ renter: AccountID, _ offer: JobOffer, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try create(
      offer, for: renter, by: caller, value: value, computing: Compute.createJobFor, &world)
  }

  private func create(
    _ offer: JobOffer, for renter: AccountID, by caller: AccountID, value: UInt256,
    computing cost: ComputeCost, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(cost.checks)
    if world.rules.callbacksGuarded { try guardian.enter(&world) }
    if world.rules.createGuarded {
      try requireMayAct(for: renter, caller, &world)
      try recoverIfDue(&world)
      try requirePostingAllowed(&world)
    }
    try world.require(value >= offer.maxPrice, else: .insufficientPayment)
    if world.rules.createGuarded {
      try countPost(of: renter, &world)
      try requireReasonable(offer, &world)
    }
    try world.require(
      offer.deadline > UInt256(world.evm.block.timestamp), else: .invalidDeadline)
    try world.compute(cost.effects)
    let number = try takeNumber(&world)
    try store(
      NewJob(
        renter: renter, maxPrice: offer.maxPrice, deadline: offer.deadline,
        escrowMark: jobMark(world), model: offer.model, inputHash: offer.inputHash),
      at: number, &world)
    try openEscrow(
      of: number, renter: renter, amount: offer.maxPrice, token: .zero, &world)
    try world.emit(
      .jobCreated(job: number, renter: renter, model: offer.model, maxPrice: offer.maxPrice),
      from: account)
    try returnOverpayment(value, of: offer.maxPrice, to: caller, &world)
    if world.rules.callbacksGuarded { try guardian.leave(&world) }
    return number
  }

  /// What stands for the id of a job that has a record in the escrow from its posting on.
  private func jobMark(_ world: borrowing World) -> UInt256 {
    world.rules.escrowPerJob ? UInt256(world.evm.block.timestamp) : .zero
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
    // A migrated job without a renter can be written over.
    endDebt(for: job, &world)
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
    if world.rules.requirementsEnforced {
      try world.store(Self.terms(of: new), job.flags.whole)
    }
    if new.status.isOpen {
      beginDebt(for: job, amount: new.maxPrice, token: new.paymentToken, &world)
    }
  }

  /// The packed slot of what a job asks; a reputation beyond 32 bits is beyond every host's.
  private static func terms(of new: NewJob) -> UInt64 {
    let flags: JobFlags = new.requiresProof ? .requiresProof : []
    return flags.slotBits | UInt64(UInt16(clamping: new.minGPUMemory)) << 8
      | UInt64(UInt32(clamping: new.minReputation)) << 24
  }

  /// Posts a job paid in ETH under the rate limits and with checked parameters.
  func postJob(
    _ posting: JobPosting, payment: UInt256, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.postJob.checks)
    if world.rules.callbacksGuarded { try guardian.enter(&world) }
    try recoverIfDue(&world)
    try requirePostingAllowed(&world)
    try world.require(value == payment, else: .paymentMismatch)
    try countPost(of: caller, &world)
    try requireReasonable(
      posting, payment: payment, atMost: world.rules.maxPaymentETH, &world)
    try world.compute(Compute.postJob.effects)

    let number = try takeNumber(&world)
    try store(
      NewJob(
        renter: caller, maxPrice: payment,
        deadline: UInt256(world.evm.block.timestamp) + posting.maxTimeToComplete,
        escrowMark: jobMark(world), model: posting.model, inputHash: posting.prompt,
        requiresProof: posting.requiresProof, minGPUMemory: posting.minGPUMemory,
        minReputation: posting.minReputationScore),
      at: number, &world)
    try openEscrow(of: number, renter: caller, amount: payment, token: .zero, &world)
    if world.rules.callbacksGuarded { try guardian.leave(&world) }
    try world.emit(.jobPosted(job: number, client: caller, payment: payment), from: account)
    try countOperation(&world)
    return number
  }

  func requirePostingAllowed(_ world: inout World) throws(CallFailure) {
    try world.require(!(try world.load(isPaused)), else: .contractIsPaused)
    try world.require(!(try world.load(isDegraded)), else: .degradedMode)
    try world.require(!(try world.load(isPostJobPaused)), else: .functionIsPaused)
  }

  /// Three posts a minute, ten an hour; the third in a minute is announced.
  func countPost(of renter: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.countPost)
    let now = UInt256(world.evm.block.timestamp)
    let party = party(renter)
    if now > (try world.load(party.lastRapidPostAt))
      + UInt256(world.rules.rapidWindow)
    {
      try world.compute(Compute.newWindow)
      try world.store(0, party.rapidPostCount)
      try world.store(now, party.lastRapidPostAt)
    }
    if UInt64(try world.load(party.rapidPostCount)) == world.rules.rapidLimit - 1 {
      try world.compute(Compute.monitor)
      try world.update(true, party.isMonitored)
      try world.emit(
        .circuitBreakerTriggered(reason: texts.unusualActivity, level: 0), from: account)
    }
    try world.require(
      UInt64(try world.load(party.rapidPostCount)) < world.rules.rapidLimit,
      else: .rateLimitExceeded)
    try world.store(try world.load(party.rapidPostCount) + 1, party.rapidPostCount)

    if now > (try world.load(party.lastPostAt)) + UInt256(world.rules.postWindow) {
      try world.compute(Compute.newWindow)
      try world.store(0, party.postCount)
      try world.store(now, party.lastPostAt)
    }
    try world.require(
      UInt64(try world.load(party.postCount)) < world.rules.postLimit, else: .rateLimitExceeded)
    try world.store(try world.load(party.postCount) + 1, party.postCount)
  }

  /// What a job may ask for, in the order in which the reference looks at it, or the page where
  /// every door is guarded.
  func requireReasonable(
    _ posting: JobPosting, payment: UInt256, atMost limit: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let time = posting.maxTimeToComplete
    let isInTime = time < UInt256(world.rules.maxTimeToComplete)
    let isFewTokens = posting.maxTokens <= world.rules.maxTokens
    try world.require(!payment.isZero, else: .paymentTooLow)
    try world.require(payment <= limit, else: .paymentTooLarge)
    try world.require(posting.maxTokens > 0, else: .invalidMaxTokens)
    if world.rules.createGuarded { try world.require(isFewTokens, else: .invalidMaxTokens) }
    try world.require(
      time >= UInt256(world.rules.minTimeToComplete), else: .deadlineTooShort)
    if world.rules.createGuarded { try world.require(isInTime, else: .deadlineTooLong) }
    try world.require(isFewTokens, else: .invalidMaxTokens)
    try world.require(
      posting.temperature <= world.rules.maxTemperature, else: .temperatureOutOfRange)
    try world.require(
      posting.minGPUMemory <= world.rules.maxGPUMemory, else: .invalidParameters)
    try world.require(isInTime, else: .deadlineTooLong)
    try requireTexts(model: posting.model, prompt: posting.prompt, &world)
  }

  /// The part of it that an offer without details has.
  private func requireReasonable(
    _ offer: JobOffer, _ world: inout World
  ) throws(CallFailure) {
    let now = UInt256(world.evm.block.timestamp)
    try world.require(!offer.maxPrice.isZero, else: .paymentTooLow)
    try world.require(offer.maxPrice <= world.rules.maxPaymentETH, else: .paymentTooLarge)
    try world.require(offer.deadline > now, else: .invalidDeadline)
    let time = offer.deadline - now
    try world.require(
      time >= UInt256(world.rules.minTimeToComplete), else: .deadlineTooShort)
    try world.require(
      time < UInt256(world.rules.maxTimeToComplete), else: .deadlineTooLong)
    try requireTexts(model: offer.model, prompt: offer.inputHash, &world)
  }

  private func requireTexts(
    model: StringID, prompt: StringID, _ world: inout World
  ) throws(CallFailure) {
    let promptLength = world.length(of: prompt)
    try world.require(
      world.length(of: model) > 0 && promptLength > 0, else: .invalidJobDetails)
    try world.require(UInt64(promptLength) <= world.rules.maxPromptBytes, else: .promptTooLarge)
  }

  func countOperation(_ world: inout World) throws(CallFailure) {
    try world.store(try world.load(totalOperations) + 1, totalOperations)
    try world.store(try world.load(successfulOperations) + 1, successfulOperations)
  }

  /// Passes the payment through to the escrow and posts the job; in the reference whether the token
  /// moved anything is not asked.
  ///
  /// - Returns: The job's number and its `bytes32` id.
  func postJobWithToken(
    _ posting: JobPosting, token: AccountID, amount: UInt256, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> (number: UInt256, id: Bytes32) {
    try world.compute(Compute.postWithToken.checks)
    try guardian.enter(&world)
    try world.require(token == (try world.load(usdc)), else: .onlyUSDCAccepted)
    if !world.rules.createGuarded {
      try world.require(!amount.isZero, else: .paymentMustBePositive)
    }
    try world.require(!(try world.load(paymentEscrow).isZero), else: .paymentEscrowNotSet)
    try recoverIfDue(&world)
    try requirePostingAllowed(&world)
    if world.rules.createGuarded {
      try countPost(of: caller, &world)
      try requireReasonable(
        posting, payment: amount, atMost: world.rules.maxPaymentUSDC, &world)
    }

    let hashedNumber = try world.load(nextJobID)
    try world.evm.chargeKeccak(bytes: 84 + world.length(of: posting.model))
    try world.requireMoved(
      try world.transferFrom(token, from: caller, to: account, amount: amount, by: account))
    let escrow = try world.load(paymentEscrow)
    try world.requireMoved(
      try world.transfer(token, to: escrow, amount: amount, by: account))
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
        paymentToken: token, escrowMark: mark, model: posting.model, inputHash: posting.prompt,
        requiresProof: posting.requiresProof, minGPUMemory: posting.minGPUMemory,
        minReputation: posting.minReputationScore),
      at: number, &world)
    try openEscrow(of: number, renter: caller, amount: amount, token: token, &world)
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
