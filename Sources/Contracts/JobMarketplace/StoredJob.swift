import EVM
import Quantities

/// `struct Job`: ten slots in 41 bytes, the length of the job's list of failed nodes, two slots
/// that the reference lacks, and what the model's books remember.
struct StoredJob: BitwiseCopyable {
  let row: Row
  static var size: Int { 5 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 7 + 8 + 4 + 1 }

  /// Slot 0: renter and status, packed.
  var renter: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize, width: 5) }
  var status: Slot<JobStatus> { Slot(row, slot: 0, offset: Row.headerSize, width: 5, position: 4) }
  var assignedHost: Slot<AccountID> { Slot(row, slot: 1, offset: Row.headerSize + 5) }
  var maxPrice: Slot<Compact> { Slot(row, slot: 2, offset: Row.headerSize + 9) }
  var deadline: Slot<Compact> { Slot(row, slot: 3, offset: Row.headerSize + 13) }
  var completedAt: Slot<Compact> { Slot(row, slot: 4, offset: Row.headerSize + 17) }
  var paymentToken: Slot<AccountID> { Slot(row, slot: 5, offset: Row.headerSize + 21) }
  /// See `EscrowMark`.
  var escrowMark: Slot<Compact> { Slot(row, slot: 6, offset: Row.headerSize + 25) }
  var model: StringSlot { StringSlot(row, slot: 7, dataSlot: 10, offset: Row.headerSize + 29) }
  var inputHash: StringSlot { StringSlot(row, slot: 8, dataSlot: 11, offset: Row.headerSize + 33) }
  var resultHash: StringSlot { StringSlot(row, slot: 9, dataSlot: 12, offset: Row.headerSize + 37) }
  /// `jobFailedNodes[job].length`.
  var failedNodeCount: Slot<UInt32> { Slot(row, slot: 13, offset: Row.headerSize + 41) }

  /// Slot 14: what the job asks for and what became of its payment, packed.
  var flags: Slot<JobFlags> { Slot(row, slot: 14, offset: Row.headerSize + 45, width: 7) }
  /// GB.
  var minGPUMemory: Slot<UInt16> {
    Slot(row, slot: 14, offset: Row.headerSize + 45, width: 7, position: 1)
  }
  var minReputation: Slot<UInt32> {
    Slot(row, slot: 14, offset: Row.headerSize + 45, width: 7, position: 3)
  }
  /// Slot 15: when its host claimed it, seconds since 1970, and who disputes it.
  var claimedAt: Slot<UInt32> { Slot(row, slot: 15, offset: Row.headerSize + 52, width: 8) }
  var disputer: Slot<AccountID> {
    Slot(row, slot: 15, offset: Row.headerSize + 52, width: 8, position: 4)
  }
  /// What the disputer put up, whatever the rule asks by now; a further part of slot 15.
  var bond: Slot<Compact> { Slot(row, slot: 15, offset: Row.headerSize + 60) }

  /// Who owes the price while nobody has been paid; not storage of the contract.
  var debtor: Slot<JobDebtor> { Slot(row, slot: 15, offset: Row.headerSize + 64) }
}

/// Which contract owes a job's price.
enum JobDebtor: UInt8, NarrowValue {
  /// The job has been paid, or its record in the escrow says who is owed.
  case nobody
  case marketplace
  case escrow

  static var width: Int { 1 }
  init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = JobDebtor(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .nobody
  }
  var slotBits: UInt64 { UInt64(rawValue) }
}

/// What is true of a job besides its status.
struct JobFlags: OptionSet, NarrowValue {
  let rawValue: UInt8

  static var requiresProof: JobFlags { JobFlags(rawValue: 1) }
  /// The host asks to give the payment back.
  static var refundRequested: JobFlags { JobFlags(rawValue: 2) }
  /// The payment has left the pool.
  static var isPaid: JobFlags { JobFlags(rawValue: 4) }

  static var width: Int { 1 }
  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(slotBits: UInt64) { self.init(rawValue: UInt8(truncatingIfNeeded: slotBits)) }
  var slotBits: UInt64 { UInt64(rawValue) }
}

/// What stands in the slot of a job's `escrowId`, so that no job keeps 32 bytes of hash.
///
/// Zero for a job without escrow. A word below 2⁶⁴ is the time of the posting, and the id is the
/// hash of the row's own renter, that time, the job's number and the row's model, none of which
/// changes afterwards. A job that got another number than its id was hashed with, because the token
/// called back and posted in between, keeps the id itself: a hash is never below 2⁶⁴.
extension JobMarketplace {
  /// The 32 bytes of a job's `escrowId`.
  func escrowID(number: UInt64, _ world: borrowing World) -> UInt256 {
    let job = job(UInt256(number))
    let mark = world.evm.words.value(world.evm.peek(job.escrowMark))
    if mark.isZero || mark.narrow == nil { return mark }
    return world.jobID(
      renter: world.evm.peek(job.renter), postedAt: mark, number: UInt256(number),
      model: world.evm.peek(job.model))
  }

  /// The handle that a job's escrow is called with.
  func escrowHandle(_ mark: UInt256, number: UInt256, _ world: inout World) -> Bytes32 {
    if let dense = number.narrow, dense < Self.denseLimit, mark.narrow != nil, !mark.isZero {
      return .job(dense, of: instance)
    }
    return world.bytes32(mark)
  }
}
