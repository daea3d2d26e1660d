import EVM

/// What one contract owes to whom it serves, by token: stakes, unpaid jobs, escrows, fees, credits,
/// bonds, streams. No contract of the chain keeps such a sum; the model does, to compare it with what
/// the contract holds.
///
/// A debt begins where the contract records it, and ends with the first payment for it.
struct Debts: BitwiseCopyable {
  let account: AccountID
  /// Row number: the token's ledger.
  private let rows: Table

  init(of account: AccountID, _ world: inout World) {
    self.account = account
    rows = world.evm.makeTable(size: 34, chunkShift: 2)
  }

  @inline(__always) func row(of ledger: UInt8) -> Row { rows.row(Int(ledger)) }

  /// Base units.
  @inline(__always) static func owed(_ row: Row) -> WideSlot {
    WideSlot(row, slot: 0, offset: Row.headerSize)
  }

  /// Number of the contract's book of a token, from 1; 0 until something is owed.
  @inline(__always) static func book(_ row: Row) -> Slot<UInt16> {
    Slot(row, slot: 1, offset: Row.headerSize + 32)
  }
}
