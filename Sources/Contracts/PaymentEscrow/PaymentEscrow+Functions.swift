import EVM
import Quantities

extension PaymentEscrow {
  /// Plain computation and mapping hashes of each path, without what tokens compute.
  /// Source: conformance vectors.
  enum Compute {
    static var createEscrow: ComputeCost { ComputeCost(870, of: 1_555) }
    static var createTokenEscrow: Int64 { 251 }
    static var release: ComputeCost { ComputeCost(1_150, of: 1_671) }
    static var releaseToken: Int64 { 400 }
    static var dispute: ComputeCost { ComputeCost(1_098, of: 1_188) }
    static var resolve: ComputeCost { ComputeCost(632, of: 893) }
    static var resolveForHost: Int64 { 212 }
    static var resolveToken: Int64 { 321 }
    static var requestRefund: ComputeCost { ComputeCost(970, of: 1_020) }
    static var confirmRefund: ComputeCost { ComputeCost(1_248, of: 1_415) }
    static var confirmTokenRefund: Int64 { 313 }
    static var releaseFor: ComputeCost { ComputeCost(560, of: 1_075) }
    static var releaseTokenFor: Int64 { 384 }
    static var payArbiter: Int64 { 101 }
    static var payArbiterTokens: Int64 { 459 }
    /// `onlyParties` when the caller is not the renter.
    static var secondParty: Int64 { 46 }
    /// `resolveDispute` when the winner is not the renter.
    static var secondWinner: Int64 { 90 }
    /// `emergencyWithdraw` when the caller is not the owner.
    static var askHelper: Int64 { 40 }
    static var setJobMarketplace: Int64 { 439 }
    static var setMigrationHelper: Int64 { 615 }
    static var addMigratedEscrow: Int64 { 1_470 }
    static var emergencyWithdraw: Int64 { 647 }
    static var transferOwnership: Int64 { 781 }
    static var renounceOwnership: Int64 { 384 }
    static var receive: Int64 { 62 }
  }

  /// `onlyParties`: copies the escrow to memory, then asks who calls.
  private func requireParty(
    _ escrow: StoredEscrow, _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let renter = try world.load(escrow.renter)
    let host = try world.load(escrow.host)
    _ = try world.load(escrow.amount)
    _ = try world.load(escrow.token)
    try requireUnlinked(escrow, world)
    if caller == renter { return }
    try world.compute(Compute.secondParty)
    try world.require(caller == host, else: .notAuthorized)
  }

  /// A job's own record follows the job: its parties act through the marketplace.
  @inline(__always) private func requireUnlinked(
    _ escrow: StoredEscrow, _ world: borrowing World
  ) throws(CallFailure) {
    if world.evm.peek(escrow.isLinked) { throw .reverted(.onlyMarketplace) }
  }

  func requireMarketplace(
    _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(try world.load(jobMarketplace) == caller, else: .onlyMarketplace)
  }

  /// amount × feeBasisPoints / 10,000, rounded down, with Solidity's overflow check.
  private func fee(on amount: UInt256, _ world: inout World) throws(CallFailure) -> UInt256 {
    try amount.multiplied(by: try world.load(feeBasisPoints)) / 10_000
  }

  /// The marketplace pays in and, unless it names somebody, is recorded as renter.
  func createEscrow(
    _ id: Bytes32, renter: AccountID? = nil, host: AccountID, amount: UInt256, token: AccountID,
    by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.createEscrow.checks)
    try requireMarketplace(caller, &world)
    if world.rules.renterIsRenter {
      try world.require(!(renter ?? .zero).isZero, else: .renterNotNamed)
    }
    let renter = renter ?? caller
    let escrow = escrow(id, world)
    try world.require(try world.load(escrow.renter).isZero, else: .escrowAlreadyExists)
    try world.require(!host.isZero, else: .invalidHostAddress)
    try world.require(!amount.isZero, else: .invalidAmount)
    try world.compute(Compute.createEscrow.effects)
    if token.isZero {
      try world.require(value == amount, else: .incorrectETHAmount)
    } else {
      try world.require(value.isZero, else: .ethSentForTokenPayment)
      try world.compute(Compute.createTokenEscrow)
      try world.requireMoved(
        try world.transferFrom(token, from: caller, to: account, amount: amount, by: account))
    }
    try store(
      escrow, renter: renter, host: host, amount: amount, token: token, status: .active, &world)
    try world.emit(
      .escrowCreated(job: id, renter: renter, host: host, amount: amount, token: token),
      from: account)
  }

  func store(
    _ escrow: StoredEscrow, renter: AccountID, host: AccountID, amount: UInt256,
    token: AccountID, status: EscrowStatus, _ world: inout World
  ) throws(CallFailure) {
    // A migrated record without a renter can be written over.
    let before = world.evm.peek(escrow.amount)
    if !before.isZero, world.evm.peek(escrow.status).isOpen {
      world.settle(before, debts, in: world.evm.peek(escrow.token))
    }
    try world.update(renter, escrow.renter)
    try world.update(host, escrow.host)
    try world.store(amount, escrow.amount)
    try world.update(token, escrow.token)
    try world.update(status, escrow.status)
    try world.update(false, escrow.refundRequested)
    if status.isOpen { world.owe(amount, debts, in: token) }
  }

  /// Releases the payment to the host: the renter does, in the reference the host may too.
  func releaseEscrow(
    _ id: Bytes32, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.release.checks)
    let escrow = escrow(id, world)
    try requireParty(escrow, caller, &world)
    if world.rules.renterReleases {
      try world.require(world.evm.peek(escrow.renter) == caller, else: .onlyRenterCanRelease)
    }
    try guardian.enter(&world)
    try world.require(try world.load(escrow.status) == .active, else: .escrowNotActive)
    try world.compute(Compute.release.effects)
    try world.update(.released, escrow.status)
    let (payment, fee) = try payHost(of: escrow, &world)
    try world.emit(.escrowReleased(job: id, amount: payment, fee: fee), from: account)
    try guardian.leave(&world)
  }

  /// Pays the host less the fee, which stays in the books.
  private func payHost(
    of escrow: StoredEscrow, _ world: inout World
  ) throws(CallFailure) -> (payment: UInt256, fee: UInt256) {
    let amount = try world.load(escrow.amount)
    let fee = try fee(on: amount, &world)
    let payment = try amount.subtracting(fee)
    let token = try world.load(escrow.token)
    world.settle(payment, debts, in: token)
    if token.isZero {
      try world.store(try world.load(feeBalance).adding(fee), feeBalance)
      let host = try world.load(escrow.host)
      try pay(payment, to: host, &world)
    } else {
      try world.compute(Compute.releaseToken)
      let fees = tokenFees(of: token)
      try world.store(try world.load(fees).adding(fee), fees)
      _ = try world.load(escrow.token)
      let host = try world.load(escrow.host)
      try world.requireMoved(
        try world.transfer(token, to: host, amount: payment, by: account))
    }
    return (payment, fee)
  }

  /// Sends ETH. An account that refuses it fails the call, or where each job has its own record
  /// finds it as a credit: nobody else's job may hang on what a wallet does.
  private func pay(
    _ amount: UInt256, to receiver: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let failure = try world.sendETH(amount, from: account, to: receiver, gas: .all)
    if failure == nil { return }
    guard world.rules.escrowPerJob else { throw .reverted(.ethTransferFailed) }
    let credit = credit(of: receiver, in: .zero)
    try world.store(try world.load(credit).adding(amount), credit)
    world.owe(amount, debts, in: .zero)
    try world.emit(
      .paymentCredited(receiver: receiver, token: .zero, amount: amount), from: account)
  }

  func disputeEscrow(
    _ id: Bytes32, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.dispute.checks)
    let escrow = escrow(id, world)
    try requireParty(escrow, caller, &world)
    try world.require(try world.load(escrow.status) == .active, else: .escrowNotActive)
    try world.compute(Compute.dispute.effects)
    try world.update(.disputed, escrow.status)
    try world.emit(.escrowDisputed(job: id, disputer: caller), from: account)
  }

  /// The arbiter pays the host less the fee, or the renter in full.
  func resolveDispute(
    _ id: Bytes32, winner: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.resolve.checks)
    try world.require(try world.load(arbiter) == caller, else: .onlyArbiter)
    try guardian.enter(&world)
    let escrow = escrow(id, world)
    try requireUnlinked(escrow, world)
    try world.require(try world.load(escrow.status) == .disputed, else: .notInDispute)
    if try world.load(escrow.renter) != winner {
      try world.compute(Compute.secondWinner)
      try world.require(try world.load(escrow.host) == winner, else: .invalidWinner)
    }
    try world.compute(Compute.resolve.effects)
    try world.update(.resolved, escrow.status)
    if try world.load(escrow.host) == winner {
      try world.compute(Compute.resolveForHost)
      _ = try payHost(of: escrow, &world)
    } else {
      try refund(escrow, computing: Compute.resolveToken, &world)
    }
    try world.emit(.disputeResolved(job: id, winner: winner), from: account)
    try guardian.leave(&world)
  }

  /// Pays the renter in full.
  func refund(
    _ escrow: StoredEscrow, computing tokenCompute: Int64, _ world: inout World
  ) throws(CallFailure) {
    let token = try world.load(escrow.token)
    let renter = try world.load(escrow.renter)
    let amount = try world.load(escrow.amount)
    world.settle(amount, debts, in: token)
    if token.isZero {
      try pay(amount, to: renter, &world)
    } else {
      try world.compute(tokenCompute)
      try world.requireMoved(
        try world.transfer(token, to: renter, amount: amount, by: account))
    }
  }

  func requestRefund(
    _ id: Bytes32, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.requestRefund.checks)
    let escrow = escrow(id, world)
    try requireParty(escrow, caller, &world)
    try world.require(try world.load(escrow.status) == .active, else: .escrowNotActive)
    try world.require(
      try world.load(escrow.host) == caller, else: .onlyHostCanRequestRefund)
    try world.compute(Compute.requestRefund.effects)
    try world.store(true, escrow.refundRequested)
    try world.emit(.refundRequested(job: id), from: account)
  }

  func confirmRefund(
    _ id: Bytes32, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.confirmRefund.checks)
    let escrow = escrow(id, world)
    try requireParty(escrow, caller, &world)
    try guardian.enter(&world)
    try world.require(try world.load(escrow.status) == .active, else: .escrowNotActive)
    try world.require(
      world.evm.peek(escrow.refundRequested), else: .refundNotRequested)
    let renter = world.evm.peek(escrow.renter)
    try world.require(renter == caller, else: .onlyRenterCanConfirmRefund)
    try world.compute(Compute.confirmRefund.effects)
    try world.update(.refunded, escrow.status)
    try refund(escrow, computing: Compute.confirmTokenRefund, &world)
    try world.emit(.escrowRefunded(job: id), from: account)
    try guardian.leave(&world)
  }

  /// Pays a host for a job. In the reference the marketplace's word is all it takes: any host, any
  /// amount, any id, from whatever the contract holds; and the fee is booked and, when there is an
  /// arbiter, also sent.
  ///
  /// - Parameter owed: What this escrow owes for the job without a record of it, nil when nothing.
  func releasePaymentFor(
    _ id: Bytes32, host: AccountID, amount: UInt256, token: AccountID, owed: UInt256? = nil,
    by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.releaseFor.checks)
    try requireMarketplace(caller, &world)
    try guardian.enter(&world)
    try world.require(!host.isZero, else: .invalidHostAddress)
    try world.require(!amount.isZero, else: .invalidAmount)
    if world.rules.releaseNeedsEscrow {
      try closeRecord(id, host: host, amount: amount, token: token, &world)
    }
    try world.compute(Compute.releaseFor.effects)
    let fee = try fee(on: amount, &world)
    let payment = try amount.subtracting(fee)
    let settled = world.rules.releaseNeedsEscrow ? amount : owed
    world.changeDebt(
      of: debts, in: token, by: fee.subtractingReportingOverflow(settled ?? .zero).partialValue,
      because: settled == nil ? .releaseWithoutRecord : .payment)
    if token.isZero {
      try releaseETH(payment, fee: fee, to: host, &world)
    } else {
      try releaseTokens(payment, fee: fee, of: token, to: host, &world)
    }
    try world.emit(.escrowReleased(job: id, amount: payment, fee: fee), from: account)
    try guardian.leave(&world)
  }

  private func releaseETH(
    _ payment: UInt256, fee: UInt256, to host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.store(try world.load(feeBalance).adding(fee), feeBalance)
    try pay(payment, to: host, &world)
    if world.rules.feeOnce { return }
    let arbiter = try world.load(arbiter)
    if !arbiter.isZero, !fee.isZero {
      try world.compute(Compute.payArbiter)
      world.spend(debts, in: .zero, because: .arbiterFee)
      let feeFailure = try world.sendETH(fee, from: account, to: arbiter, gas: .all)
      try world.require(feeFailure == nil, else: .feeTransferFailed)
    }
  }

  private func releaseTokens(
    _ payment: UInt256, fee: UInt256, of token: AccountID, to host: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.releaseTokenFor)
    let fees = tokenFees(of: token)
    try world.store(try world.load(fees).adding(fee), fees)
    try world.requireMoved(try world.transfer(token, to: host, amount: payment, by: account))
    if world.rules.feeOnce { return }
    let arbiter = try world.load(arbiter)
    if !arbiter.isZero, !fee.isZero {
      try world.compute(Compute.payArbiterTokens)
      world.spend(debts, in: token, because: .arbiterFee)
      try world.requireMoved(try world.transfer(token, to: arbiter, amount: fee, by: account))
    }
  }
}

/// An escrow as other contracts call it.
extension World {
  /// `releasePaymentFor`, which returns nothing, so that the callee must have code.
  mutating func releasePayment(
    in escrow: AccountID, job: Bytes32, host: AccountID, amount: UInt256, token: AccountID,
    owed: UInt256?, by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: escrow)
    let call = try openCall(to: escrow)
    do throws(CallFailure) {
      guard code(of: escrow) == .paymentEscrow else { throw .empty }
      try escrows[evm.instance(of: escrow)].releasePaymentFor(
        job, host: host, amount: amount, token: token, owed: owed, by: caller, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
