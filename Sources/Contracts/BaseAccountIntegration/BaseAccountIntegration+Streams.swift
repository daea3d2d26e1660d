import EVM
import Quantities

/// Payments that vest second by second. Their ETH lies in one pool with all else that the contract
/// holds.
extension BaseAccountIntegration {
  func createPaymentStream(
    to receiver: AccountID, amount: UInt256, duration: UInt256, by caller: AccountID,
    value: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.createStream)
    try world.require(value == amount, else: .incorrectPayment)
    try world.require(!receiver.isZero, else: .invalidRecipient)
    try world.require(!duration.isZero, else: .invalidDuration)
    let id = try world.load(nextStreamID)
    try world.store(try id.adding(1), nextStreamID)
    let stream = stream(id)
    try world.update(caller, stream.from)
    try world.update(receiver, stream.to)
    try world.store(amount, stream.totalAmount)
    try world.store(UInt256(world.evm.block.timestamp), stream.startTime)
    try world.store(duration, stream.duration)
    try world.store(.zero, stream.withdrawn)
    try world.update(true, stream.isActive)
    world.owe(amount, debts, in: .zero)
    try world.emit(
      .streamCreated(stream: id, from: caller, to: receiver, amount: amount), from: account)
    return id
  }

  /// What has vested of the total by now, rounded down.
  private func vested(
    of stream: PaymentStream, _ world: inout World
  ) throws(CallFailure) -> (total: UInt256, vested: UInt256) {
    let now = UInt256(world.evm.block.timestamp)
    let age = try now.subtracting(try world.load(stream.startTime))
    let duration = try world.load(stream.duration)
    let total = try world.load(stream.totalAmount)
    return (total, try total.multiplied(by: min(age, duration)) / duration)
  }

  /// Pays the recipient what has vested since the last time.
  func withdrawFromStream(
    _ id: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.withdraw.checks)
    let stream = stream(id)
    try world.require(try world.load(stream.isActive), else: .streamNotActive)
    try world.require(try world.load(stream.to) == caller, else: .notRecipient)
    let (_, vested) = try vested(of: stream, &world)
    let available = try vested.subtracting(try world.load(stream.withdrawn))
    try world.require(!available.isZero, else: .nothingToWithdraw)
    try world.compute(Compute.withdraw.effects)
    let withdrawn = try world.load(stream.withdrawn).adding(available)
    try world.store(withdrawn, stream.withdrawn)
    world.settle(available, debts, in: .zero)
    let failure = try world.sendETH(available, from: account, to: caller, gas: .all)
    try world.require(failure == nil, else: .transferFailed)
    try world.emit(.streamWithdrawn(stream: id, amount: available), from: account)
    if try world.load(stream.withdrawn) == (try world.load(stream.totalAmount)) {
      try world.compute(Compute.endStream)
      try world.update(false, stream.isActive)
    }
  }

  /// The payer ends the stream: what has vested goes to the recipient, the rest back.
  func cancelPaymentStream(
    _ id: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.cancel.checks)
    let stream = stream(id)
    try world.require(try world.load(stream.isActive), else: .streamNotActive)
    try world.require(try world.load(stream.from) == caller, else: .notStreamCreator)
    try world.compute(Compute.cancel.effects)
    try world.update(false, stream.isActive)
    let (total, vested) = try vested(of: stream, &world)
    let toRecipient = try vested.subtracting(try world.load(stream.withdrawn))
    let toPayer = try total.subtracting(vested)
    world.settle(try toRecipient.adding(toPayer), debts, in: .zero)
    if !toRecipient.isZero {
      try world.compute(Compute.payRecipient)
      let receiver = try world.load(stream.to)
      let failure = try world.sendETH(toRecipient, from: account, to: receiver, gas: .all)
      try world.require(failure == nil, else: .transferToRecipientFailed)
    }
    if !toPayer.isZero {
      try world.compute(Compute.payBack)
      let payer = try world.load(stream.from)
      let failure = try world.sendETH(toPayer, from: account, to: payer, gas: .all)
      try world.require(failure == nil, else: .refundFailed)
    }
    try world.emit(.streamCancelled(stream: id), from: account)
  }
}
