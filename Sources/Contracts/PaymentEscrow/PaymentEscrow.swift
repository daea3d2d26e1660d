public import EVM
import Quantities

/// Escrow of ETH and tokens with an arbiter and a fee: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/payment_escrow.
public struct PaymentEscrow: BitwiseCopyable {
  public let account: AccountID
  let debts: Debts
  let state: Row
  let escrows: Mapping<UInt256>
  let tokenFees: Mapping<UInt64>
  /// Records of marketplace jobs, by job number: no key need be stored or hashed.
  let jobEscrows: Table
  let credits: Mapping<UInt64>

  var guardian: ReentrancyGuard {
    ReentrancyGuard(status: Slot(state, slot: 0, offset: Row.headerSize))
  }
  var ownable: Ownable { Ownable(owner: Slot(state, slot: 1, offset: Row.headerSize + 1)) }
  var arbiter: Slot<AccountID> { Slot(state, slot: 2, offset: Row.headerSize + 5) }
  /// Hundredths of a percent.
  var feeBasisPoints: WideSlot { WideSlot(state, slot: 3, offset: Row.headerSize + 9) }
  /// ETH fees, which nothing pays out.
  var feeBalance: WideSlot { WideSlot(state, slot: 4, offset: Row.headerSize + 41) }
  var jobMarketplace: Slot<AccountID> { Slot(state, slot: 5, offset: Row.headerSize + 73) }
  var migrationHelper: Slot<AccountID> { Slot(state, slot: 6, offset: Row.headerSize + 77) }
  /// Who withdraws the fees; the reference has nobody.
  var treasury: Slot<AccountID> { Slot(state, slot: 7, offset: Row.headerSize + 81) }

  /// `tokenFeeBalances[token]`.
  func tokenFees(of token: AccountID) -> WideSlot {
    WideSlot(
      tokenFees.row(UInt64(token.index)), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  @inline(__always) func escrow(_ id: Bytes32, _ world: borrowing World) -> StoredEscrow {
    if world.rules.escrowPerJob, id.jobNumber != 0 {
      return StoredEscrow(
        row: jobEscrows.row(Int(truncatingIfNeeded: id.jobNumber)), start: Row.headerSize)
    }
    return StoredEscrow(
      row: escrows.row(world.word(of: id)), start: Mapping<UInt256>.valueOffset)
  }

  /// What a payment that an account refused left for it: `credits[account][token]`.
  func credit(of account: AccountID, in token: AccountID) -> WideSlot {
    let key = UInt64(account.index) << 32 | UInt64(token.index)
    return WideSlot(credits.row(key), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  init(
    at account: AccountID, arbiter: AccountID, feeBasisPoints: UInt256, owner: AccountID,
    _ world: inout World
  ) {
    self.account = account
    debts = Debts(of: account, &world)
    state = world.evm.makeRow(size: 85)
    escrows = world.evm.makeMapping(UInt256.self, size: StoredEscrow.size)
    tokenFees = world.evm.makeMapping(UInt64.self, size: 32, chunkShift: 2)
    jobEscrows = world.evm.makeTable(size: StoredEscrow.size, chunkShift: 10)
    credits = world.evm.makeMapping(UInt64.self, size: 32, chunkShift: 2)
    guardian.construct()
    state.initialize(ownable.owner, to: owner)
    state.initialize(self.arbiter, to: arbiter)
    state.initialize(self.feeBasisPoints, to: feeBasisPoints)
  }
}

/// `struct Escrow`: four slots, the last of them packed.
struct StoredEscrow: BitwiseCopyable {
  let row: Row
  /// Where the values begin in the row, behind the key if there is one.
  let start: Int
  static var size: Int { 4 + 4 + 32 + 7 }

  var renter: Slot<AccountID> { Slot(row, slot: 0, offset: start) }
  var host: Slot<AccountID> { Slot(row, slot: 1, offset: start + 4) }
  var amount: WideSlot { WideSlot(row, slot: 2, offset: start + 8) }
  var token: Slot<AccountID> { Slot(row, slot: 3, offset: start + 40, width: 7) }
  var status: Slot<EscrowStatus> { Slot(row, slot: 3, offset: start + 40, width: 7, position: 4) }
  var refundRequested: Slot<Bool> {
    Slot(row, slot: 3, offset: start + 40, width: 7, position: 5)
  }
  /// Whether a marketplace alone decides about it, because a job hangs on it.
  var isLinked: Slot<Bool> { Slot(row, slot: 3, offset: start + 40, width: 7, position: 6) }
}

/// `enum EscrowStatus`.
public enum EscrowStatus: UInt8, NarrowValue, Sendable {
  case active
  case released
  case disputed
  case resolved
  case refunded

  /// Whether the amount is still to be paid to somebody.
  var isOpen: Bool { self == .active || self == .disputed }

  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = EscrowStatus(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .active
  }
  @inlinable public var slotBits: UInt64 { UInt64(rawValue) }
}
