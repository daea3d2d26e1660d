/// Why a contract holds less than it owes: what happened in the transaction that took the money, or
/// promised it without having it.
public enum ShortfallCause: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  /// A payment of what was owed, which takes no more than it settles.
  case payment
  /// A record that came without its money: migrated, or of a token that moved nothing.
  case unbackedRecord
  /// The platform fee, booked and sent to the arbiter as well.
  case arbiterFee
  /// A job's price paid once more after the job was paid.
  case repeatedPayment
  /// A dispute about a paid job, decided with everybody's money.
  case disputeFromPool
  /// Paid in another token than it was owed in.
  case otherToken
  /// Released on a marketplace's word, for a job that nobody paid into the escrow.
  case releaseWithoutRecord
  /// Taken by whom the contract lets withdraw everything.
  case emergencyWithdrawal
  /// An account contract's call for a wallet, made with the money of others.
  case forwardedCall
}
