import EVM
import Quantities

/// Somebody who stakes against proofs.
struct Challenger: BitwiseCopyable {
  var account: AccountID
  /// Base units of FAB at the start, in whole coins and parts of them.
  var capital = 0.0
  /// When it has looked at everything that it took on.
  var freeAt = SimTime.zero
  /// L2 and L1 fees, wei.
  var fees: UInt64 = 0
}
