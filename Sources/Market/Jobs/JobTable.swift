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
/// 120 bytes; the contract keeps its own row. `next` threads the job into the one list that it can
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
    /// Computed; its proof is being made.
    case proving
    /// The proof is on its way into a block, a verifier looks at it, or so is the verdict.
    case verifying
    /// Computed, and proven where asked; the completion is on its way into a block.
    case completing
    /// The renter takes its payment back; that is on its way into a block.
    case recovering
    /// Its payment went back to the renter while the host was still working; the host does not know.
    case abandoned
    /// Completed; a rating may be on its way into a block.
    case settled
    /// Completed, and the request has ended; the payment waits until nobody can challenge.
    case released
    /// As `released`, but the renter disputes the result; the arbiter decides.
    case disputed
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
  /// In units of 10⁻⁶ USDC, or of 10⁶ wei where it is paid in ETH.
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
  /// The host must prove its work.
  var requiresProof = false
  /// The host has been paid, or the arbiter has given the payment back.
  var hasLeftEscrow = false
  /// While `recovering`: the host has it in its engine or proves it there, or is to start it again.
  var isOnHost = false
  /// While `recovering`: the transaction that brings the payment back is under way.
  var isReported = false
  /// The result is made up.
  var isWrong = false
  /// The arbiter has the job.
  var isDisputed = false
  /// Its renter is the host's own.
  var isWash = false
  /// Vain tries to post it.
  var attempts: UInt8 = 0
  /// Its proof keeps the host's GPUs, or is to be begun again there.
  var isProvedOnGPU = false
  /// Who checks its proof, or challenges it.
  var verifier: UInt16 = 0
  /// Number of the challenge of its proof and one; 0: none.
  var challenge: UInt32 = 0
  /// Times that its host had gone down when a GPU began with the proof: more mean a crash since.
  var crashesBefore: UInt16 = 0
  /// Hosts that failed it while time was left, and claims of it that the contract refused: each try to
  /// find it a host has its own draws.
  var rounds: UInt8 = 0
  /// Its renter pays in ETH.
  var isPaidInETH = false
  /// The slot in use, so that stale events are recognised.
  var generation: UInt32 = 0

  /// Prompt and output together; lengths stay below 2³⁰.
  var tokens: Int32 { promptTokens + outputTokens }

  /// The same posted job as if nobody had claimed it, for another try.
  var offeredAgain: Job {
    var job = Job(
      arrivedAt: arrivedAt, number: number, promptTokens: promptTokens,
      outputTokens: outputTokens, renter: renter, eligibility: eligibility,
      requiresProof: requiresProof)
    job.postedAt = postedAt
    job.payment = payment
    job.contractJob = contractJob
    job.phase = .posted
    job.isPaidInETH = isPaidInETH
    job.attempts = attempts
    job.rounds = rounds &+ 1
    return job
  }
}

/// Live jobs in slots that are reused, most recently freed first.
struct JobTable: ~Copyable {
  private(set) var rows: UniqueList<Job>
  private var free: UniqueList<UInt32>

  init(capacity: Int) {
    rows = UniqueList(reserving: capacity)
    free = UniqueList(reserving: capacity)
  }

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

  /// Whether the request of the slot has not ended yet.
  func isOpen(_ slot: Int) -> Bool {
    switch rows[slot].phase {
    case .ended, .released, .disputed, .abandoned: false
    default: true
    }
  }

  mutating func remove(_ job: JobID) {
    rows[Int(job.index)].phase = .ended
    rows[Int(job.index)].generation &+= 1
    free.append(job.index)
  }
}
