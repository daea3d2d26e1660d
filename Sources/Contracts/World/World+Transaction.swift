public import EVM
import Quantities

/// What became of a transaction: all that the hot path hands out.
public struct Receipt: BitwiseCopyable, Hashable, Sendable {
  /// nil when it succeeded.
  public var failure: CallFailure?
  /// Gas that the sender pays for, after the refund.
  public var gasUsed: Int64
}

extension Machine {
  /// Price of a transaction's data: 4 a zero byte, 16 any other.
  static func price(ofCalldata bytes: [UInt8]) -> Int64 {
    let zeros = Int64(bytes.count { $0 == 0 })
    return zeros * GasSchedule.calldataZeroByte
      + (Int64(bytes.count) - zeros) * GasSchedule.calldataNonzeroByte
  }
}

extension World {
  /// Starts a transaction: sender and target are warm, the sender's nonce counts up.
  mutating func begin(
    from sender: AccountID, to target: AccountID, calldata: Int64, gasLimit: Int64,
    block: BlockEnvironment
  ) {
    evm.begin(from: sender, gasLimit: gasLimit, block: block)
    logs.removeAll(keepingCapacity: true)
    evm.warm(sender)
    evm.warm(target)
    evm.countTransaction(of: sender)
  }

  mutating func payIntrinsic(calldata: Int64) throws(CallFailure) {
    try evm.charge(GasSchedule.transaction + calldata)
  }

  /// Undoes a transaction that failed; out of gas leaves nothing.
  mutating func fail(_ failure: CallFailure) {
    evm.undoAll()
    logs.removeAll(keepingCapacity: true)
    if failure == .outOfGas { evm.gas = 0 }
  }

  /// Ends a transaction: settles the refund and audits the books.
  mutating func finish(gasLimit: Int64, failure: CallFailure? = nil) -> Receipt {
    let spent = gasLimit - evm.gas
    let refund = min(max(0, evm.refund), spent / GasSchedule.refundQuotient)
    if let finding = evm.audit(), auditFinding == nil { auditFinding = finding }
    return Receipt(failure: failure, gasUsed: spent - refund)
  }
}
