import EVM
import Quantities

/// Records of marketplace jobs, the treasury's fees and refused payments: what the reference lacks.
extension PaymentEscrow {
  /// Plain computation of functions that the reference lacks. Estimated: each is that of the
  /// measured function nearest to it.
  enum EstimatedCompute {
    static var openEscrow: Int64 { 1_555 }
    static var assignHost: Int64 { 700 }
    static var closeRecord: Int64 { 250 }
    static var refundEscrow: Int64 { 1_415 }
    static var withdraw: Int64 { 647 }
    static var setTreasury: Int64 { 439 }
  }

  /// Opens the record of a job that nobody has claimed. ETH comes with the call; tokens have come
  /// before it.
  func openEscrow(
    _ id: Bytes32, renter: AccountID, amount: UInt256, token: AccountID, by caller: AccountID,
    value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.openEscrow)
    try requireMarketplace(caller, &world)
    let escrow = escrow(id, world)
    try world.require(try world.load(escrow.renter).isZero, else: .escrowAlreadyExists)
    try world.require(!amount.isZero, else: .invalidAmount)
    if token.isZero {
      try world.require(value == amount, else: .incorrectETHAmount)
    } else {
      try world.require(value.isZero, else: .ethSentForTokenPayment)
    }
    let owner = world.rules.renterIsRenter ? renter : caller
    try store(
      escrow, renter: owner, host: .zero, amount: amount, token: token, status: .active, &world)
    try world.store(true, escrow.isLinked)
    try world.emit(
      .escrowCreated(job: id, renter: owner, host: .zero, amount: amount, token: token),
      from: account)
  }

  /// Names the host of a claimed job, or nobody when the job is on the market again.
  func assignHost(
    _ id: Bytes32, host: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.assignHost)
    try requireMarketplace(caller, &world)
    let escrow = escrow(id, world)
    try requireActive(escrow, &world)
    try world.update(host, escrow.host)
  }

  /// Pays the renter of a job in full.
  func refundEscrow(
    _ id: Bytes32, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.refundEscrow)
    try requireMarketplace(caller, &world)
    try guardian.enter(&world)
    let escrow = escrow(id, world)
    try requireActive(escrow, &world)
    try world.update(.refunded, escrow.status)
    try refund(escrow, computing: Compute.confirmTokenRefund, &world)
    try world.emit(.escrowRefunded(job: id), from: account)
    try guardian.leave(&world)
  }

  /// Pays the renter of a pooled job without a record, on the marketplace's word.
  func refundFor(
    _ id: Bytes32, renter: AccountID, amount: UInt256, token: AccountID, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.refundEscrow)
    try requireMarketplace(caller, &world)
    try guardian.enter(&world)
    try send(amount, of: token, to: renter, &world)
    try world.emit(.escrowRefunded(job: id), from: account)
    try guardian.leave(&world)
  }

  /// Closes the record that a release must have, once and exactly.
  func closeRecord(
    _ id: Bytes32, host: AccountID, amount: UInt256, token: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.closeRecord)
    let escrow = escrow(id, world)
    try requireActive(escrow, &world)
    try world.require(try world.load(escrow.host) == host, else: .escrowMismatch)
    try world.require(try world.load(escrow.amount) == amount, else: .escrowMismatch)
    try world.require(try world.load(escrow.token) == token, else: .escrowMismatch)
    try world.update(.released, escrow.status)
  }

  /// Zero bits say active: only a record with a renter is one.
  private func requireActive(
    _ escrow: StoredEscrow, _ world: inout World
  ) throws(CallFailure) {
    try world.require(!(try world.load(escrow.renter).isZero), else: .escrowNotActive)
    try world.require(try world.load(escrow.status) == .active, else: .escrowNotActive)
  }

  /// Anybody sends the booked fees, in ETH or a token, to the treasury.
  func withdrawFees(_ token: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(EstimatedCompute.withdraw)
    try guardian.enter(&world)
    let receiver = try world.load(treasury)
    try world.require(!receiver.isZero, else: .treasuryNotSet)
    let fees = token.isZero ? feeBalance : tokenFees(of: token)
    let amount = try world.load(fees)
    try world.require(!amount.isZero, else: .noFees)
    try world.store(UInt256.zero, fees)
    world.settle(amount, debts, in: token)
    try send(amount, of: token, to: receiver, &world)
    try world.emit(.feesWithdrawn(token: token, amount: amount), from: account)
    try guardian.leave(&world)
  }

  /// The caller takes what a refused payment left for it.
  func withdrawCredit(
    _ token: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.withdraw)
    try guardian.enter(&world)
    let credit = credit(of: caller, in: token)
    let amount = try world.load(credit)
    try world.require(!amount.isZero, else: .noCredit)
    try world.store(UInt256.zero, credit)
    world.settle(amount, debts, in: token)
    try send(amount, of: token, to: caller, &world)
    try guardian.leave(&world)
  }

  private func send(
    _ amount: UInt256, of token: AccountID, to receiver: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if token.isZero {
      let failure = try world.sendETH(amount, from: account, to: receiver, gas: .all)
      try world.require(failure == nil, else: .ethTransferFailed)
    } else {
      try world.requireMoved(
        try world.transfer(token, to: receiver, amount: amount, by: account))
    }
  }

  func setTreasury(
    _ receiver: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.setTreasury)
    try ownable.requireOwner(caller, &world)
    try world.require(!receiver.isZero, else: .invalidAddress)
    try world.require(try world.load(treasury).isZero, else: .alreadySet)
    try world.store(receiver, treasury)
  }
}
