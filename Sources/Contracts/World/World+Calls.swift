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
    case .testToken, .nodeRegistry, .nodeRegistryFAB, .jobMarketplace, .jobMarketplaceFAB,
      .reputationSystem, .governanceToken, .proofSystem, .governance, .proofJobSource,
      .pausableTarget, .callbackToken:
      throw .empty
    }
  }
}
