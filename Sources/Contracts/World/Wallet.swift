import EVM
import Quantities

/// The bookkeeping of a wallet with code: what an `expensive` or `reentrant` account does when it
/// receives ETH.
///
/// - Source: conformance/README.md 1.2 and 1.3.
struct Wallet {
  /// Counts an `expensive` wallet's receipts; its write needs more than the stipend.
  let receipts: WideSlot
  /// A `reentrant` wallet's attempts left; storage like any other, so that a reverted receipt does
  /// not use one up. Reading it fits the stipend, writing it does not.
  let times: WideSlot
  var attempt = Attempt()

  /// What an armed wallet does while attempts are left.
  struct Attempt {
    var target = AccountID.zero
    var signature = ""
    var arguments: [ABIValue] = []
    var value = UInt256.zero
    /// Whether the wallet reverts with the inner failure.
    var bubbles = false
  }

  init(in evm: inout Machine) {
    let row = evm.makeRow(size: 64)
    receipts = WideSlot(row, slot: 0, offset: Row.headerSize)
    times = WideSlot(row, slot: 1, offset: Row.headerSize + 32)
  }

  /// Plain computation of a wallet's receive function.
  /// Source: vectors, difference of a wallet to a plain account in one path.
  enum Compute {
    static var accept: Int64 { 62 }
    static var count: Int64 { 102 }
    static var lookWhetherArmed: Int64 { 107 }
  }

  func count(_ world: inout World) throws(CallFailure) {
    try world.compute(Compute.count)
    try world.store(try world.load(receipts).adding(1), receipts)
  }
}

extension World {
  /// A reentrant wallet's receipt: calls back while armed, and tells how that went.
  mutating func reenter(_ account: AccountID) throws(CallFailure) {
    let wallet = wallets[evm.instance(of: account)]
    try compute(Wallet.Compute.lookWhetherArmed)
    let times = try load(wallet.times)
    if times.isZero { return }
    try store(times - 1, wallet.times)
    do throws(CallFailure) {
      let returned = try attemptCall(wallet.attempt, by: account)
      emitReentry(account, success: true, data: returned)
    } catch {
      if wallet.attempt.bubbles { throw error }
      emitReentry(account, success: false, data: revertData(of: error))
    }
  }

  private mutating func attemptCall(
    _ attempt: Wallet.Attempt, by account: AccountID
  ) throws(CallFailure) -> [UInt8] {
    try evm.chargeAccount(attempt.target)
    if !attempt.value.isZero { try evm.charge(GasSchedule.callValue - GasSchedule.callStipend) }
    let call = CallFrame(frame: evm.openFrame(caught: true), logCount: logs.count)
    do throws(CallFailure) {
      guard evm.moveETH(attempt.value, from: account, to: attempt.target) else { throw .empty }
      let returned = try run(
        attempt.signature, attempt.arguments, at: attempt.target, from: account,
        value: attempt.value)
      close(call)
      return evm.encode(returned)
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// The event costs gas like any other, but the wallet's bookkeeping is not compared.
  private mutating func emitReentry(_ account: AccountID, success: Bool, data: [UInt8]) {
    let event = Event.reentryAttempt(success: success, data: evm.strings.intern(data))
    logs.append(Log(contract: account, event: event))
  }
}
