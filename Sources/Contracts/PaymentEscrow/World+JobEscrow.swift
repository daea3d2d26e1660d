import EVM
import Quantities

/// An escrow as marketplaces call what the reference lacks.
extension World {
  /// `openEscrow(…)`, which ETH comes with.
  mutating func openEscrow(
    in escrow: AccountID, job: Bytes32, renter: AccountID, amount: UInt256, token: AccountID,
    by caller: AccountID
  ) throws(CallFailure) {
    let value = token.isZero ? amount : .zero
    try callEscrow(escrow, value: value, by: caller) { (contract, world) throws(CallFailure) in
      try contract.openEscrow(
        job, renter: renter, amount: amount, token: token, by: caller, value: value, &world)
    }
  }

  /// `assignHost(…)`.
  mutating func assignEscrow(
    in escrow: AccountID, job: Bytes32, host: AccountID, by caller: AccountID
  ) throws(CallFailure) {
    try callEscrow(escrow, by: caller) { (contract, world) throws(CallFailure) in
      try contract.assignHost(job, host: host, by: caller, &world)
    }
  }

  /// `refundEscrow(…)`.
  mutating func refundEscrow(
    in escrow: AccountID, job: Bytes32, by caller: AccountID
  ) throws(CallFailure) {
    try callEscrow(escrow, by: caller) { (contract, world) throws(CallFailure) in
      try contract.refundEscrow(job, by: caller, &world)
    }
  }

  /// `refundFor(…)`: pays the renter of a pooled USDC job in full.
  mutating func refundPayment(
    in escrow: AccountID, job: Bytes32, renter: AccountID, amount: UInt256, token: AccountID,
    by caller: AccountID
  ) throws(CallFailure) {
    try callEscrow(escrow, by: caller) { (contract, world) throws(CallFailure) in
      try contract.refundFor(
        job, renter: renter, amount: amount, token: token, by: caller, &world)
    }
  }

  /// `arbiter()`.
  mutating func arbiter(of escrow: AccountID) throws(CallFailure) -> AccountID {
    let call = try openCall(to: escrow)
    do throws(CallFailure) {
      guard code(of: escrow) == .paymentEscrow else { throw .empty }
      let arbiter = try load(escrows[evm.instance(of: escrow)].arbiter)
      close(call)
      return arbiter
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// Functions that return nothing, so that the callee must have code.
  @inline(__always) private mutating func callEscrow(
    _ escrow: AccountID, value: UInt256 = .zero, by caller: AccountID,
    _ function: (PaymentEscrow, inout World) throws(CallFailure) -> Void
  ) throws(CallFailure) {
    try requireCode(at: escrow)
    let call = try openCall(to: escrow, value: value)
    do throws(CallFailure) {
      guard code(of: escrow) == .paymentEscrow,
        evm.moveETH(value, from: caller, to: escrow)
      else { throw .empty }
      try function(escrows[evm.instance(of: escrow)], &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
