public import EVM
import Quantities

/// Scores and ratings of hosts: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/reputation_system.
public struct ReputationSystem: BitwiseCopyable {
  public let account: AccountID
  let state: Row
  let hosts: Table
  let list: Table
  let flags: Table
  let ratings: Table
  let otherRatings: Mapping<UInt256>

  var ownable: Ownable { Ownable(owner: Slot(state, slot: 0, offset: Row.headerSize)) }
  var nodeRegistry: Slot<AccountID> { Slot(state, slot: 1, offset: Row.headerSize + 4) }
  var jobMarketplace: Slot<AccountID> { Slot(state, slot: 2, offset: Row.headerSize + 8) }
  var governance: Slot<AccountID> { Slot(state, slot: 3, offset: Row.headerSize + 12) }
  /// `allHosts.length`.
  var hostCount: Slot<UInt32> { Slot(state, slot: 4, offset: Row.headerSize + 16) }
  var migrationHelper: Slot<AccountID> { Slot(state, slot: 5, offset: Row.headerSize + 20) }

  func listedHost(_ index: Int) -> Slot<AccountID> {
    Slot(list.row(index), slot: 0, offset: Row.headerSize)
  }
  /// `isTrackedHost[host]`.
  func isTracked(_ host: AccountID) -> Slot<Bool> {
    Slot(flags.row(Int(host.index)), slot: 0, offset: Row.headerSize)
  }
  /// `authorizedContracts[contract]`.
  func isAuthorized(_ contract: AccountID) -> Slot<Bool> {
    Slot(flags.row(Int(contract.index)), slot: 1, offset: Row.headerSize + 1)
  }
  @inline(__always) func reputation(of host: AccountID) -> HostReputation {
    HostReputation(row: hosts.row(Int(host.index)))
  }

  init(
    at account: AccountID, nodeRegistry registry: AccountID, jobMarketplace market: AccountID,
    governance governor: AccountID, owner: AccountID, _ world: inout World
  ) {
    self.account = account
    state = world.evm.makeRow(size: 24)
    hosts = world.evm.makeTable(size: HostReputation.size, chunkShift: 10)
    list = world.evm.makeTable(size: 4, chunkShift: 10)
    flags = world.evm.makeTable(size: 2, chunkShift: 10)
    ratings = world.evm.makeTable(size: 4, chunkShift: 10)
    otherRatings = world.evm.makeMapping(UInt256.self, size: 1, chunkShift: 6)
    state.initialize(ownable.owner, to: owner)
    state.initialize(nodeRegistry, to: registry)
    state.initialize(jobMarketplace, to: market)
    state.initialize(governance, to: governor)
  }
}

/// `struct HostReputation`: four slots; the mapping of rated jobs is kept by job.
struct HostReputation: BitwiseCopyable {
  let row: Row
  static var size: Int { 32 + 4 + 4 + 4 }

  var score: WideSlot { WideSlot(row, slot: 0, offset: Row.headerSize) }
  var totalRatings: Slot<Compact> { Slot(row, slot: 1, offset: Row.headerSize + 32) }
  var sumRatings: Slot<Compact> { Slot(row, slot: 2, offset: Row.headerSize + 36) }
  var lastActivity: Slot<Compact> { Slot(row, slot: 3, offset: Row.headerSize + 40) }
}

extension ReputationSystem {
  /// `hasRatedJob[job]` of a host: whether the slot is set, and how to set it.
  ///
  /// A job is rated for its assigned host, so the row of a job keeps that host's number instead of
  /// a flag under each pair. Should a second host be rated for one job, or a job have a number
  /// beyond the dense ones, the pair has a row of its own: the row of the job belongs to the host
  /// that it names, every other pair to the mapping.
  enum RatedSlot: BitwiseCopyable {
    case byJob(Slot<AccountID>)
    case byPair(Slot<Bool>)
  }

  func rated(_ job: UInt256, host: AccountID, _ world: borrowing World) -> RatedSlot {
    if let dense = job.narrow, dense < JobMarketplaceFAB.denseLimit, !host.isZero {
      let slot = Slot<AccountID>(ratings.row(Int(dense)), slot: 0, offset: Row.headerSize)
      let rated = world.evm.peek(slot)
      if rated.isZero || rated == host { return .byJob(slot) }
    }
    // Equal pairs have equal keys; a collision would need a job number above 2²²⁴.
    let key = UInt256(high: job.high ^ UInt128(host.index) << 96, low: job.low)
    return .byPair(
      Slot(otherRatings.row(key), slot: 0, offset: Mapping<UInt256>.valueOffset))
  }

  func isRated(_ slot: RatedSlot, _ world: inout World) throws(CallFailure) -> Bool {
    switch slot {
    case .byJob(let slot): !(try world.load(slot).isZero)
    case .byPair(let slot): try world.load(slot)
    }
  }

  func markRated(
    _ slot: RatedSlot, host: AccountID, _ world: inout World
  ) throws(CallFailure) {
    switch slot {
    case .byJob(let slot): try world.update(host, slot)
    case .byPair(let slot): try world.update(true, slot)
    }
  }
}
