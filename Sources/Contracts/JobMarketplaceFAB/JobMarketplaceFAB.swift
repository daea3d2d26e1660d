public import EVM
import Quantities

/// The marketplace of USDC jobs for hosts of a `NodeRegistryFAB`: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/job_marketplace_fab.
public struct JobMarketplaceFAB: BitwiseCopyable {
  public let account: AccountID
  /// Number among the marketplaces of this type, for the handles of job ids.
  let instance: Int
  let state: Row
  let jobs: Table
  /// Jobs that do not exist, under numbers beyond any dense table; never written. The mapping
  /// only numbers their rows.
  let absentJobs: Table
  let absentNumbers: Mapping<UInt256>

  /// Numbers below this one have rows of their own.
  static var denseLimit: UInt64 { 1 << 26 }
  /// 1,000 ETH; declared by the reference and used nowhere.
  static var maxPayment: UInt256 { UInt256(1_000_000_000_000_000_000_000 as UInt128) }

  var guardian: ReentrancyGuard {
    ReentrancyGuard(status: Slot(state, slot: 0, offset: Row.headerSize))
  }
  var usdc: Slot<AccountID> { Slot(state, slot: 1, offset: Row.headerSize + 1) }
  var nodeRegistry: Slot<AccountID> { Slot(state, slot: 2, offset: Row.headerSize + 5) }
  var reputationSystem: Slot<AccountID> { Slot(state, slot: 3, offset: Row.headerSize + 9) }
  var paymentEscrow: Slot<AccountID> { Slot(state, slot: 4, offset: Row.headerSize + 13) }
  var nextJobID: Slot<UInt32> { Slot(state, slot: 5, offset: Row.headerSize + 17) }

  /// Who may set addresses, where that is protected; the reference keeps no owner.
  var deployer: Slot<AccountID> { Slot(state, slot: 6, offset: Row.headerSize + 21) }
  var isUSDCSet: Slot<Bool> { Slot(state, slot: 7, offset: Row.headerSize + 25) }

  @inline(__always) func job(_ number: UInt256) -> FABJob {
    if let dense = number.narrow, dense < Self.denseLimit {
      return FABJob(row: jobs.row(Int(truncatingIfNeeded: dense)))
    }
    return absentJob(number)
  }

  @inline(never) private func absentJob(_ number: UInt256) -> FABJob {
    FABJob(row: absentJobs.row(absentNumbers.number(of: number)))
  }

  init(
    at account: AccountID, instance: Int, nodeRegistry registry: AccountID, usdc token: AccountID,
    deployer owner: AccountID, _ world: inout World
  ) {
    self.account = account
    self.instance = instance
    state = world.evm.makeRow(size: 26)
    jobs = world.evm.makeTable(size: FABJob.size, chunkShift: 10)
    absentJobs = world.evm.makeTable(size: FABJob.size, chunkShift: 8)
    absentNumbers = world.evm.makeMapping(UInt256.self, size: 0)
    guardian.construct()
    state.initialize(usdc, to: token)
    state.initialize(nodeRegistry, to: registry)
    state.initialize(nextJobID, to: 1)
    state.initialize(deployer, to: owner)
  }

  /// What the constructor's initialiser sets `usdcAddress` to: USDC on Base Sepolia.
  static var defaultUSDC: [UInt8] {
    [
      0x03, 0x6C, 0xBD, 0x53, 0x84, 0x2C, 0x54, 0x26, 0x63, 0x4E, 0x79, 0x29, 0x54, 0x1E, 0xC2,
      0x31, 0x8F, 0x3D, 0xCF, 0x7E,
    ]
  }
}

/// `struct Job`: ten slots in 41 bytes.
///
/// `escrowId` is not stored: it is the job's id, a hash of what the row holds and of `postedAt`,
/// see `Bytes32`. `postedAt` stands in its slot: zero exactly where the id is zero, and written
/// once.
struct FABJob: BitwiseCopyable {
  let row: Row
  static var size: Int { 5 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 }

  /// Slot 0: renter and status, packed.
  var renter: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize, width: 5) }
  var status: Slot<JobStatus> { Slot(row, slot: 0, offset: Row.headerSize, width: 5, position: 4) }
  var assignedHost: Slot<AccountID> { Slot(row, slot: 1, offset: Row.headerSize + 5) }
  var maxPrice: Slot<Compact> { Slot(row, slot: 2, offset: Row.headerSize + 9) }
  var deadline: Slot<Compact> { Slot(row, slot: 3, offset: Row.headerSize + 13) }
  var completedAt: Slot<Compact> { Slot(row, slot: 4, offset: Row.headerSize + 17) }
  var paymentToken: Slot<AccountID> { Slot(row, slot: 5, offset: Row.headerSize + 21) }
  var postedAt: Slot<Compact> { Slot(row, slot: 6, offset: Row.headerSize + 25) }
  var model: StringSlot { StringSlot(row, slot: 7, dataSlot: 10, offset: Row.headerSize + 29) }
  var inputHash: StringSlot { StringSlot(row, slot: 8, dataSlot: 11, offset: Row.headerSize + 33) }
  var resultHash: StringSlot { StringSlot(row, slot: 9, dataSlot: 12, offset: Row.headerSize + 37) }
}

/// `enum JobStatus` of the reference's interface, and behind it what the reference lacks.
public enum JobStatus: UInt8, NarrowValue, Sendable {
  case posted
  case claimed
  case completed
  /// The renter has the payment back.
  case refunded
  /// The host has the payment, less the fee.
  case settled
  /// The arbiter decides.
  case disputed

  /// nil beyond the three values that the reference knows.
  init?(ofReference value: UInt8) {
    guard value <= JobStatus.completed.rawValue else { return nil }
    self.init(rawValue: value)
  }

  /// Whether the work was delivered and accepted.
  var isDelivered: Bool { self == .completed || self == .settled }

  /// Whether a host may still take it or works on it.
  var isOpen: Bool { self == .posted || self == .claimed }

  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = JobStatus(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .posted
  }
  @inlinable public var slotBits: UInt64 { UInt64(rawValue) }
}
