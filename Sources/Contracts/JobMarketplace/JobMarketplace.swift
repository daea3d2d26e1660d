public import EVM
import Quantities

/// The marketplace of ETH and USDC jobs for hosts of a `NodeRegistry`: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/job_marketplace.
public struct JobMarketplace: BitwiseCopyable {
  public let account: AccountID
  /// Number among the marketplaces of this type, for the handles of job ids.
  let instance: Int
  let debts: Debts
  let state: Row
  let seldom: Row
  let jobs: Table
  /// Jobs with numbers beyond any dense table, which only a migration can write. The mapping
  /// numbers their rows.
  let distantJobs: Table
  let distantNumbers: Mapping<UInt256>
  let parties: Table
  let failedNodes: Mapping<UInt256>
  let roles: RoleTable
  let pausedFunctions: Mapping<UInt64>
  let postJobPause: Row
  let texts: Texts

  /// Numbers below this one have rows of their own.
  static var denseLimit: UInt64 { 1 << 26 }

  // The slots that jobs touch.

  var guardian: ReentrancyGuard {
    ReentrancyGuard(status: Slot(state, slot: 0, offset: Row.headerSize))
  }
  var usdc: Slot<AccountID> { Slot(state, slot: 1, offset: Row.headerSize + 1) }
  var nodeRegistry: Slot<AccountID> { Slot(state, slot: 2, offset: Row.headerSize + 5) }
  var reputationSystem: Slot<AccountID> { Slot(state, slot: 3, offset: Row.headerSize + 9) }
  var paymentEscrow: Slot<AccountID> { Slot(state, slot: 4, offset: Row.headerSize + 13) }
  var nextJobID: Slot<Compact> { Slot(state, slot: 5, offset: Row.headerSize + 17) }
  /// Slot 6: pause and owner, packed.
  var isPaused: Slot<Bool> { Slot(state, slot: 6, offset: Row.headerSize + 21, width: 5) }
  var owner: Slot<AccountID> {
    Slot(state, slot: 6, offset: Row.headerSize + 21, width: 5, position: 1)
  }
  var governance: Slot<AccountID> { Slot(state, slot: 7, offset: Row.headerSize + 26) }
  /// 0 monitors, 1 throttles, 2 pauses.
  var breakerLevel: Slot<UInt8> { Slot(state, slot: 8, offset: Row.headerSize + 30) }
  /// Slot 9: both flags, packed.
  var recoversAutomatically: Slot<Bool> {
    Slot(state, slot: 9, offset: Row.headerSize + 31, width: 2)
  }
  var isDegraded: Slot<Bool> {
    Slot(state, slot: 9, offset: Row.headerSize + 31, width: 2, position: 1)
  }
  var totalOperations: Slot<UInt64> { Slot(state, slot: 10, offset: Row.headerSize + 33) }
  var successfulOperations: Slot<UInt64> { Slot(state, slot: 11, offset: Row.headerSize + 41) }
  var pausedAt: Slot<Compact> { Slot(state, slot: 12, offset: Row.headerSize + 49) }
  /// Seconds.
  var recoveryPeriod: Slot<Compact> { Slot(state, slot: 13, offset: Row.headerSize + 53) }
  var failureCount: Slot<UInt64> { Slot(state, slot: 14, offset: Row.headerSize + 57) }
  var failureThreshold: Slot<Compact> { Slot(state, slot: 15, offset: Row.headerSize + 65) }

  var lastIncidentAt: Slot<Compact> { Slot(seldom, slot: 0, offset: Row.headerSize) }
  var migrationHelper: Slot<AccountID> { Slot(seldom, slot: 1, offset: Row.headerSize + 4) }
  // What the reference lacks.
  var proofSystem: Slot<AccountID> { Slot(seldom, slot: 2, offset: Row.headerSize + 8) }
  /// Start of the time in which failures are counted.
  var failuresSince: Slot<Compact> { Slot(seldom, slot: 3, offset: Row.headerSize + 12) }

  @inline(__always) func job(_ number: UInt256) -> StoredJob {
    if let dense = number.narrow, dense < Self.denseLimit {
      return StoredJob(row: jobs.row(Int(truncatingIfNeeded: dense)))
    }
    return distantJob(number)
  }

  @inline(never) private func distantJob(_ number: UInt256) -> StoredJob {
    StoredJob(row: distantJobs.row(distantNumbers.number(of: number)))
  }

  @inline(__always) func party(_ account: AccountID) -> MarketParty {
    MarketParty(row: parties.row(Int(account.index)))
  }

  /// `jobFailedNodes[job][index]`. Equal pairs have equal keys; a collision would need a job number
  /// above 2²²⁴.
  func failedNode(_ index: UInt32, of job: UInt256) -> Slot<AccountID> {
    let key = UInt256(high: job.high ^ UInt128(index) << 96, low: job.low)
    return Slot(failedNodes.row(key), slot: 0, offset: Mapping<UInt256>.valueOffset)
  }

  /// `pausedFunctions[name]`.
  func isFunctionPaused(_ name: StringID) -> Slot<Bool> {
    pauseFlag(pausedFunctions.row(UInt64(name.index)))
  }
  /// `pausedFunctions["postJob"]`, the one that the contract itself asks for.
  var isPostJobPaused: Slot<Bool> { pauseFlag(postJobPause) }

  private func pauseFlag(_ row: Row) -> Slot<Bool> {
    Slot(row, slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  init(
    at account: AccountID, instance: Int, nodeRegistry registry: AccountID, usdc token: AccountID,
    owner deployer: AccountID, _ world: inout World
  ) {
    self.account = account
    debts = Debts(of: account, &world)
    self.instance = instance
    state = world.evm.makeRow(size: 69)
    seldom = world.evm.makeRow(size: 16)
    jobs = world.evm.makeTable(size: StoredJob.size, chunkShift: 10)
    distantJobs = world.evm.makeTable(size: StoredJob.size, chunkShift: 4)
    distantNumbers = world.evm.makeMapping(UInt256.self, size: 0, chunkShift: 4)
    parties = world.evm.makeTable(size: MarketParty.size, chunkShift: 10)
    failedNodes = world.evm.makeMapping(UInt256.self, size: 4, chunkShift: 4)
    roles = RoleTable(numbering: [Self.guardianRole, Self.accountRole], &world)
    pausedFunctions = world.evm.makeMapping(UInt64.self, size: 1, chunkShift: 2)
    postJobPause = pausedFunctions.row(UInt64(world.evm.strings.intern("postJob").index))
    texts = Texts(in: &world.evm.strings)
    guardian.construct()
    state.initialize(usdc, to: token)
    state.initialize(nodeRegistry, to: registry)
    state.initialize(nextJobID, to: world.evm.words.compact(1))
    state.initialize(owner, to: deployer)
    state.initialize(
      failureThreshold, to: world.evm.words.compact(UInt256(world.rules.failureThreshold)))
    if world.rules.autoRecovery > 0 {
      state.initialize(recoversAutomatically, to: true)
      state.initialize(
        recoveryPeriod, to: world.evm.words.compact(UInt256(world.rules.autoRecovery)))
    }
  }

  /// Strings of the contract's own events.
  struct Texts: BitwiseCopyable {
    let unusualActivity: StringID
    let highFailureRate: StringID
    let gaveUp: StringID
    let timedOut: StringID
    let proofInvalid: StringID
    let challengeLost: StringID
    let disputeLost: StringID

    init(in strings: inout StringTable) {
      unusualActivity = strings.intern("Unusual activity detected")
      highFailureRate = strings.intern("Auto-pause: High failure rate")
      gaveUp = strings.intern("Host gave up")
      timedOut = strings.intern("Host timed out")
      proofInvalid = strings.intern("Proof invalid")
      challengeLost = strings.intern("Challenge lost")
      disputeLost = strings.intern("Dispute lost")
    }
  }
}
