import EVM
import Quantities

extension JobMarketplaceFAB {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors.
  enum Compute {
    static var postJob: ComputeCost { ComputeCost(2_560, of: 5_669) }
    static var claimJob: ComputeCost { ComputeCost(613, of: 2_188) }
    static var completeJob: ComputeCost { ComputeCost(1_569, of: 2_474) }
    /// Copying and storing one word of a long model name or prompt.
    static var copiedWord: Int64 { 93 }
    /// Copying, storing and logging one word of a long result.
    static var resultWord: Int64 { 123 }
    /// Copying one word of a proof, which is not used.
    static var proofWord: Int64 { 6 }
    static var recordReputation: Int64 { 302 }
    static var setPaymentEscrow: Int64 { 508 }
    static var setUSDC: Int64 { 406 }
    static var setReputationSystem: Int64 { 354 }
    static var getJob: Int64 { 1_500 }
  }

  /// Takes the payment into the escrow and posts the job.
  func postJobWithToken(
    _ posting: JobPosting, token: AccountID, amount: UInt256, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> Bytes32 {
    try world.compute(Compute.postJob.checks)
    try guardian.enter(&world)
    try world.require(token == (try world.load(usdc)), else: .onlyUSDCAccepted)
    try world.require(!amount.isZero, else: .paymentMustBePositive)
    try world.require(!(try world.load(paymentEscrow).isZero), else: .paymentEscrowNotSet)

    let number = try world.load(nextJobID)
    try world.evm.chargeKeccak(bytes: 84 + world.length(of: posting.model))
    try world.requireMoved(
      try world.transferFrom(token, from: caller, to: account, amount: amount, by: account))
    let escrow = try world.load(paymentEscrow)
    try world.requireMoved(
      try world.transfer(token, to: escrow, amount: amount, by: account))
    try world.compute(Compute.postJob.effects)
    let words = world.dataWords(of: posting.prompt) + world.dataWords(of: posting.model)
    try world.compute(Compute.copiedWord * Int64(words))

    _ = try world.load(nextJobID)
    try world.store(number + 1, nextJobID)
    let id = Bytes32.job(UInt64(number), ofFAB: instance)
    try storeJob(number, posting, token: token, amount: amount, by: caller, &world)
    if let debts = world.debts(of: escrow) { world.owe(amount, debts, in: token) }
    try world.emit(
      .jobCreatedWithToken(job: id, renter: caller, token: token, amount: amount), from: account)
    try world.emit(
      .jobCreated(
        job: UInt256(number), renter: caller, model: posting.model, maxPrice: amount),
      from: account)
    try guardian.leave(&world)
    return id
  }

  private func storeJob(
    _ number: UInt32, _ posting: JobPosting, token: AccountID, amount: UInt256,
    by renter: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let now = UInt256(world.evm.block.timestamp)
    let job = job(UInt256(number))
    let deadline = try now.adding(posting.maxTimeToComplete)
    try world.update(renter, job.renter)
    try world.update(.posted, job.status)
    try world.update(.zero, job.assignedHost)
    try world.store(amount, job.maxPrice)
    try world.store(deadline, job.deadline)
    try world.store(UInt256.zero, job.completedAt)
    try world.update(token, job.paymentToken)
    try world.store(now, job.postedAt)
    try world.store(posting.model, job.model)
    try world.store(posting.prompt, job.inputHash)
    try world.store(.empty, job.resultHash)
  }

  /// Assigns a posted job to the calling host.
  func claimJob(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimJob.checks)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .posted, else: .jobNotAvailable)
    try world.require(
      UInt256(world.evm.block.timestamp) <= (try world.load(job.deadline)), else: .jobExpired)
    try world.compute(Compute.claimJob.effects)

    let registry = try world.load(nodeRegistry)
    let node = try world.fabNode(caller, in: registry)
    try world.require(!node.operatorAccount.isZero, else: .notARegisteredHost)
    try world.require(node.isActive, else: .hostNotActive)
    try world.require(
      node.stake >= (try world.minStake(of: registry)), else: .insufficientStake)

    try world.update(caller, job.assignedHost)
    try world.update(.claimed, job.status)
    try world.emit(.jobClaimed(job: number, host: caller), from: account)
  }

  /// Stores the result, pays the host through the escrow and tells the reputation system, whose
  /// failure is ignored.
  func completeJob(
    _ number: UInt256, resultHash: StringID, proofBytes: Int = 0, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.completeJob.checks)
    try world.compute(Compute.proofWord * Int64((proofBytes + 31) / 32))
    try guardian.enter(&world)
    let job = job(number)
    let now = UInt256(world.evm.block.timestamp)
    try world.require(try world.load(job.assignedHost) == caller, else: .notAssignedHost)
    try world.require(try world.load(job.status) == .claimed, else: .jobNotClaimed)
    try world.require(now <= (try world.load(job.deadline)), else: .deadlinePassed)
    if world.rules.expiredFABJobsEnd {
      try world.require(world.length(of: resultHash) > 0, else: .emptyResult)
    }
    try world.compute(Compute.completeJob.effects)
    try world.compute(Compute.resultWord * Int64(world.dataWords(of: resultHash)))

    try world.store(resultHash, job.resultHash)
    try world.update(.completed, job.status)
    try world.store(now, job.completedAt)
    try pay(job, number, to: caller, &world)

    let reputation = try world.load(reputationSystem)
    if !reputation.isZero {
      try world.compute(Compute.recordReputation)
      try world.tryRecordJobCompletion(
        in: reputation, host: caller, job: number, success: true, by: account)
    }
    try world.emit(.jobCompleted(job: number, resultHash: resultHash), from: account)
    try guardian.leave(&world)
  }

  private func pay(
    _ job: FABJob, _ number: UInt256, to host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if try world.load(job.paymentToken).isZero {
      // Unreachable: only token jobs can be posted.
      let price = try world.load(job.maxPrice)
      let failure = try world.sendETH(price, from: account, to: host, gas: .all)
      return try world.require(failure == nil, else: .ethTransferFailed)
    }
    let escrow = try world.load(paymentEscrow)
    _ = try world.load(job.postedAt)
    let price = try world.load(job.maxPrice)
    let token = try world.load(job.paymentToken)
    // Job numbers below the dense limit fit the handle.
    let id = Bytes32.job(number.narrow ?? 0, ofFAB: instance)
    try world.releasePayment(
      in: escrow, job: id, host: host, amount: price, token: token, owed: price, by: account)
  }

  /// In the reference anybody, once; it takes the zero address and accounts without code.
  func setPaymentEscrow(
    _ escrow: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setPaymentEscrow)
    try requireDeployer(caller, setting: escrow, &world)
    try world.require(try world.load(paymentEscrow).isZero, else: .alreadySet)
    try world.store(escrow, paymentEscrow)
  }

  /// In the reference anybody, at any time.
  func setUSDC(
    _ token: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setUSDC)
    try requireDeployer(caller, setting: token, &world)
    if world.rules.fabSettersProtected {
      try world.require(!(try world.load(isUSDCSet)), else: .alreadySet)
      try world.update(true, isUSDCSet)
    }
    try world.update(token, usdc)
  }

  /// In the reference anybody, once.
  func setReputationSystem(
    _ reputation: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setReputationSystem)
    try requireDeployer(caller, setting: reputation, &world)
    try world.require(try world.load(reputationSystem).isZero, else: .alreadySet)
    try world.store(reputation, reputationSystem)
  }

  private func requireDeployer(
    _ caller: AccountID, setting address: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.fabSettersProtected else { return }
    try world.require(try world.load(deployer) == caller, else: .onlyOwner)
    try world.evm.chargeAccount(address)
    try world.require(world.hasCode(address), else: .notAContract)
  }

  /// The renter takes back the payment of a job past its deadline; the reference has no way.
  func reclaim(
    _ number: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.completeJob.effects)
    try guardian.enter(&world)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.renter) == caller, else: .notJobRenter)
    try world.require(world.evm.peek(job.status) != .completed, else: .jobAlreadyCompleted)
    try world.require(
      UInt256(world.evm.block.timestamp) > (try world.load(job.deadline)), else: .notExpiredYet)
    try world.update(.completed, job.status)
    let escrow = try world.load(paymentEscrow)
    let amount = try world.load(job.maxPrice)
    let token = try world.load(job.paymentToken)
    // Job numbers below the dense limit fit the handle.
    let id = Bytes32.job(number.narrow ?? 0, of: instance)
    if let debts = world.debts(of: escrow) { world.settle(amount, debts, in: token) }
    try world.refundPayment(
      in: escrow, job: id, renter: caller, amount: amount, token: token, by: account)
    try guardian.leave(&world)
  }

  /// `getJob`, which copies the whole row to memory.
  func readJob(
    _ number: UInt256, _ world: inout World
  ) throws(CallFailure) -> JobSummary {
    try world.compute(Compute.getJob)
    let job = job(number)
    let renter = try world.load(job.renter)
    let host = try world.load(job.assignedHost)
    let payment = try world.load(job.maxPrice)
    let deadline = try world.load(job.deadline)
    _ = try world.load(job.completedAt)
    _ = try world.load(job.paymentToken)
    _ = try world.load(job.postedAt)
    _ = try world.load(job.model)
    _ = try world.load(job.inputHash)
    let result = try world.load(job.resultHash)
    return JobSummary(
      renter: renter, payment: payment, status: world.evm.peek(job.status), assignedHost: host,
      resultHash: result, deadline: deadline)
  }

  /// The 32 bytes of a job's id.
  func jobID(number: UInt64, _ world: borrowing World) -> UInt256 {
    let job = job(UInt256(number))
    return world.jobID(
      renter: world.evm.peek(job.renter),
      postedAt: world.evm.words.value(world.evm.peek(job.postedAt)), number: UInt256(number),
      model: world.evm.peek(job.model))
  }
}
