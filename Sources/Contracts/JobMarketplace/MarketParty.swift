import EVM
import Quantities

/// What the marketplace keeps of an account that posts, claims or releases: seven mappings, and an
/// eighth that the reference lacks, in one row.
struct MarketParty: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 4 + 4 + 4 + 1 + 4 + 4 + 4 }

  /// Start of the hour in which posts are counted.
  var lastPostAt: Slot<Compact> { Slot(row, slot: 0, offset: Row.headerSize) }
  var postCount: Slot<UInt32> { Slot(row, slot: 1, offset: Row.headerSize + 4) }
  var rapidPostCount: Slot<UInt32> { Slot(row, slot: 2, offset: Row.headerSize + 8) }
  /// Start of the minute in which posts are counted.
  var lastRapidPostAt: Slot<Compact> { Slot(row, slot: 3, offset: Row.headerSize + 12) }
  var isMonitored: Slot<Bool> { Slot(row, slot: 4, offset: Row.headerSize + 16) }
  var quickReleaseCount: Slot<UInt32> { Slot(row, slot: 5, offset: Row.headerSize + 17) }
  /// Of a host; in the reference only while the marketplace is throttled.
  var lastOperationAt: Slot<Compact> { Slot(row, slot: 6, offset: Row.headerSize + 21) }
  /// Jobs that a host has claimed and that are neither settled nor refunded.
  var openJobs: Slot<UInt32> { Slot(row, slot: 7, offset: Row.headerSize + 25) }
}
