import EVM

/// Dense number of a renter.
struct RenterID: BitwiseCopyable, Hashable, Sendable {
  var index: UInt32

  init(_ index: UInt32) { self.index = index }
}

/// One renter's fixed traits and running totals; 72 bytes.
struct Renter: BitwiseCopyable {
  var account: AccountID
  var cohort: UInt16
  var region: UInt16
  var requests: UInt32 = 0
  var completed: UInt32 = 0
  var late: UInt32 = 0
  var left: UInt32 = 0
  var stuck: UInt32 = 0
  var refused: UInt32 = 0
  /// Posts that no block has executed yet.
  var pendingPosts: UInt32 = 0
  // Amounts are in units of what the renter pays in: 10⁻⁶ USDC, or 10⁶ wei.

  /// In posts that no block has executed yet.
  var committed: UInt64 = 0
  /// Paid into escrow.
  var paid: UInt64 = 0
  /// Came back from it.
  var refunded: UInt64 = 0
  /// L2 and L1 fees, wei.
  var fees: UInt64 = 0
}
