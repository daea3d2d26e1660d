import EVM
import Quantities

/// What an open call needs to be closed or rolled back, logs included.
struct CallFrame: BitwiseCopyable {
  var frame: Frame
  var logCount: Int
}

extension World {
  /// Pays for a CALL without value and opens its frame.
  ///
  /// - Parameter caught: Whether the caller survives a failure.
  @inline(__always) mutating func openCall(
    to callee: AccountID, caught: Bool = false
  ) throws(CallFailure) -> CallFrame {
    try evm.chargeAccount(callee)
    return CallFrame(frame: evm.openFrame(caught: caught), logCount: logs.count)
  }

  /// Pays for a CALL that may carry value, and opens its frame with the value's stipend. The value
  /// moves with `moveETH` inside the frame.
  mutating func openCall(
    to callee: AccountID, value: UInt256, caught: Bool = false
  ) throws(CallFailure) -> CallFrame {
    if value.isZero { return try openCall(to: callee, caught: caught) }
    try evm.chargeAccount(callee)
    try evm.charge(GasSchedule.callValue)
    if evm.isUnused(callee) { try evm.charge(GasSchedule.newAccount) }
    let call = CallFrame(frame: evm.openFrame(caught: caught), logCount: logs.count)
    evm.gas += GasSchedule.callStipend
    return call
  }

  /// Pays for EXTCODESIZE, which solc puts before a call that returns nothing, and requires code.
  mutating func requireCode(at callee: AccountID) throws(CallFailure) {
    try evm.chargeAccount(callee)
    if !hasCode(callee) { throw .empty }
  }

  @inline(__always) mutating func close(_ call: CallFrame) { evm.close(call.frame) }

  /// Undoes a failed call.
  ///
  /// - Returns: The failure as the caller sees it.
  @inline(never) mutating func rollBack(
    _ call: CallFrame, after failure: CallFailure
  ) -> CallFailure {
    logs.truncate(to: call.logCount)
    let seen = evm.rollBack(call.frame, after: failure)
    restoreRules()
    return seen
  }
}

extension World {
  /// `target.call{value:}(calldata)`, whose answer nobody reads.
  ///
  /// - Returns: Whether it succeeded; a failure is undone.
  mutating func callIgnoringAnswer(
    _ target: AccountID, calldata: ArraySlice<UInt8>, by caller: AccountID,
    value: UInt256 = .zero
  ) throws(CallFailure) -> Bool {
    let call = try openCall(to: target, value: value, caught: true)
    do throws(CallFailure) {
      guard evm.moveETH(value, from: caller, to: target) else { throw .empty }
      _ = try run(calldata: calldata, at: target, from: caller, value: value)
      close(call)
      return true
    } catch {
      _ = rollBack(call, after: error)
      return false
    }
  }
}

/// Gas that goes along with ETH.
enum ForwardedGas: BitwiseCopyable {
  /// `call{value:}("")`.
  case all
  /// `transfer`: the 2,300 gas stipend only.
  case stipend
}

extension World {
  /// Sends ETH from one contract to an account and runs what the receiver does.
  ///
  /// - Returns: nil when it arrived, else the receiver's failure, with everything it did undone.
  /// - Throws: `.outOfGas` when the sender cannot pay for the call itself.
  mutating func sendETH(
    _ amount: UInt256, from sender: AccountID, to receiver: AccountID, gas: ForwardedGas
  ) throws(CallFailure) -> CallFailure? {
    try evm.chargeAccount(receiver)
    if !amount.isZero {
      try evm.charge(GasSchedule.callValue)
      if evm.isUnused(receiver) { try evm.charge(GasSchedule.newAccount) }
    }
    var call = CallFrame(frame: evm.openFrame(caught: true), logCount: logs.count)
    if gas == .stipend { evm.keepAllButStipend(&call.frame) }
    let stipend = amount.isZero && gas == .all ? 0 : GasSchedule.callStipend
    evm.gas += stipend
    if amount.isZero, gas == .stipend { evm.takeStipend(&call.frame) }
    guard evm.moveETH(amount, from: sender, to: receiver) else {
      return rollBack(call, after: .empty)
    }
    do throws(CallFailure) {
      try receiveETH(amount, at: receiver, from: sender)
      close(call)
      return nil
    } catch {
      return rollBack(call, after: error)
    }
  }

  /// Runs the code of an account that was sent ETH without data.
  mutating func receiveETH(
    _ amount: UInt256, at receiver: AccountID, from sender: AccountID
  ) throws(CallFailure) {
    switch code(of: receiver) {
    case .none: break
    case .accepting: try compute(Wallet.Compute.accept)
    case .rejecting: throw .reverted(.rejected)
    case .expensive: try wallets[evm.instance(of: receiver)].count(&self)
    case .reentrant: try reenter(receiver)
    case .paymentEscrow: try compute(PaymentEscrow.Compute.receive)
    case .accountIntegration: try compute(BaseAccountIntegration.Compute.receive)
    case .testToken, .nodeRegistry, .nodeRegistryFAB, .jobMarketplace, .jobMarketplaceFAB,
      .reputationSystem, .governanceToken, .proofSystem, .governance, .proofJobSource,
      .pausableTarget, .callbackToken:
      throw .empty
    }
  }
}
