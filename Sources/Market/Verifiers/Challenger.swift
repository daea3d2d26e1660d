import EVM

/// Somebody who stakes against proofs.
struct Challenger: BitwiseCopyable {
  var account: AccountID
  /// Base units of FAB at the start, in whole coins and parts of them.
  var capital = 0.0
  /// L2 and L1 fees, wei.
  var fees: UInt64 = 0
}
