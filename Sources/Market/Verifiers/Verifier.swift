import EVM
import Quantities

/// Somebody who checks proofs, one at a time.
struct Verifier: BitwiseCopyable {
  var account: AccountID
  /// When it has looked at everything that it was given.
  var freeAt = SimTime.zero
  var checks: UInt32 = 0
  /// L2 and L1 fees, wei.
  var fees: UInt64 = 0
}
