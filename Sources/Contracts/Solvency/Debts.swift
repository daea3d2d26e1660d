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

  /// Base units.
  @inline(__always) func owed(in ledger: UInt8) -> WideSlot {
    WideSlot(rows.row(Int(ledger)), slot: 0, offset: Row.headerSize)
  }

  /// Number of the contract's book of a token, from 1; 0 until something is owed.
  @inline(__always) func book(in ledger: UInt8) -> Slot<UInt16> {
    Slot(rows.row(Int(ledger)), slot: 1, offset: Row.headerSize + 32)
  }
}
