import Quantities

/// Dense number of a job while it lives; reused after the job has ended.
struct JobID: BitwiseCopyable, Hashable, Sendable {
  var index: UInt32

  init(_ index: UInt32) { self.index = index }

  static let none = JobID(.max)
  var isNone: Bool { index == .max }
}

/// What the market knows of one job from its request to its last transaction.
///
/// 112 bytes; the contract keeps its own row. `next` threads the job into the one list that it can
/// stand in: a waiting line, a host's queue, or a host's stalled jobs.
struct Job: BitwiseCopyable {
  enum Phase: UInt8 {
    /// Nobody has room; the renter waits before posting.
    case waiting
    /// The post is on its way into a block.
    case posting
    /// On chain, without a host that is claiming it.
    case posted
    /// At least one claim is on its way into a block.
    case claiming
    /// Claimed; prompt under way, queued, or being computed.
    case serving
    /// Computed; the completion is on its way into a block.
    case completing
    /// Paid; a rating may be on its way into a block.
    case settled
    /// Left behind: no transaction is under way and none can end it in the contract.
    case stuck
    /// The slot is free.
    case ended
  }

  var arrivedAt: SimTime
  var postedAt = SimTime.zero
  var claimedAt = SimTime.zero
  /// When the renter sees the first token.
  var firstTokenAt = SimTime.zero
  /// When the host has the last token.
  var computedAt = SimTime.zero
  var settledAt = SimTime.zero
  /// In units of 10⁻⁶ USDC.
  var payment: UInt64 = 0
  /// Ordinal of the request in the whole run; keys the job's random streams.
  var number: UInt64
  var promptTokens: Int32
  var outputTokens: Int32
  /// Round trip of this job's messages, microseconds.
  var roundTripMicroseconds: UInt32 = 0
  var renter: RenterID
  var host = HostID.none
  /// Job number in the marketplace contract; 0 before it is posted.
  var contractJob: UInt32 = 0
  var next = JobID.none
  var eligibility: UInt16
  /// Claims in the pool or in a block.
  var openClaims: UInt8 = 0
  var phase = Phase.waiting
  /// The renter has left: it neither rates nor counts as served.
  var renterLeft = false
  /// The slot in use, so that stale events are recognised.
  var generation: UInt32 = 0

  /// Prompt and output together; lengths stay below 2³⁰.
  var tokens: Int32 { promptTokens + outputTokens }
}

/// Live jobs in slots that are reused, most recently freed first.
struct JobTable: ~Copyable {
  private(set) var rows: UniqueList<Job>
  private var free: UniqueList<UInt32>

  init(capacity: Int) {
    rows = UniqueList(reserving: capacity)
    free = UniqueList(reserving: capacity)
  }

  var liveCount: Int { rows.count - free.count }

  subscript(job: JobID) -> Job {
    @inline(__always) get { rows[Int(job.index)] }
    @inline(__always) _modify { yield &rows[Int(job.index)] }
  }

  mutating func insert(_ job: Job) -> JobID {
    if let slot = free.popLast() {
      let generation = rows[Int(slot)].generation
      rows[Int(slot)] = job
      rows[Int(slot)].generation = generation
      return JobID(slot)
    }
    rows.append(job)
    return JobID(UInt32(rows.count - 1))
  }

  /// Whether a job lives in the slot; O(1).
  func isLive(_ slot: Int) -> Bool { rows[slot].phase != .ended }

  mutating func remove(_ job: JobID) {
    rows[Int(job.index)].phase = .ended
    rows[Int(job.index)].generation &+= 1
    free.append(job.index)
  }
}
