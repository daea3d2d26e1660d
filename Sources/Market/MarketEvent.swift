import Kernel

/// What happens in a market, in the order of its kernel.
enum MarketEvent: DigestibleEvent {
  /// The request that the cohort's source announced arrives.
  case requestArrived(cohort: UInt32)
  /// The sequencer seals the next block.
  case blockSealed
  /// The prompt of a claimed job is at its host.
  case promptReached(JobID, generation: UInt32)
  /// The server of a host has a last token out, or reaches a step that decides when it will.
  case serverDue(HostID)
  /// The patience of a renter whose job waits for a host has ended.
  case renterReneged(JobID, generation: UInt32)
  case hostWentDown(HostID)
  case hostCameUp(HostID)
  /// The proof of a job is ready to be submitted.
  case proofReady(JobID, generation: UInt32)
  /// A verifier has looked at the proof of a job.
  case verdictReached(JobID, generation: UInt32)
  /// The contract's time for a job is over.
  case deadlinePassed(JobID, generation: UInt32)
  /// Nobody can challenge a completed job any more.
  case releaseDue(JobID, generation: UInt32)
  /// A verifier has done a completed job again.
  case checkDone(JobID, generation: UInt32)
  /// The arbiter has made up its mind about a dispute.
  case disputeDecided(JobID, generation: UInt32)
  /// The time of a step of the script has come.
  case scriptDue(UInt32)
  /// The hosts of a cohort look at their business.
  case reviewDue(cohort: UInt32)
  /// A renter who was turned away tries again.
  case retryDue(JobID, generation: UInt32)
  /// The guardian tries to end a pause, by its number.
  case guardianDue(pause: UInt32)
  /// The emergency council pauses the marketplace, or opens it again.
  case councilDue
  /// A challenger has done a proven job again, or a verifier has looked at its challenge.
  case challengeDue(JobID, generation: UInt32)
  /// A change of rules is to be proposed, queued or executed.
  case proposalDue(UInt32)
  case voteDue(UInt32, voter: UInt32)
  /// A host that is on the move, in a cohort that does not review its business, tries the next step.
  case moveDue(HostID)
  /// Something that the scenario changes begins or ends.
  case changeDue(UInt32)
  /// Observers look at the public record; watches only.
  case detectionDue
  /// A row of the time series is due; watches only.
  case sampleDue
  /// From here on everything counts; watches only.
  case warmUpEnded

  var digestKey: UInt64 {
    switch self {
    case .requestArrived(let cohort): 1 << 56 | UInt64(cohort)
    case .blockSealed: 2 << 56
    case .promptReached(let job, let generation):
      3 << 56 | UInt64(generation & 0xFF_FFFF) << 32 | UInt64(job.index)
    case .serverDue(let host): 4 << 56 | UInt64(host.index)
    case .renterReneged(let job, let generation):
      5 << 56 | UInt64(generation & 0xFF_FFFF) << 32 | UInt64(job.index)
    case .hostWentDown(let host): 6 << 56 | UInt64(host.index)
    case .hostCameUp(let host): 7 << 56 | UInt64(host.index)
    case .sampleDue: 8 << 56
    case .detectionDue: 17 << 56
    case .reviewDue(let cohort): 18 << 56 | UInt64(cohort)
    case .retryDue(let job, let generation): Self.key(19, job, generation)
    case .guardianDue(let pause): 20 << 56 | UInt64(pause)
    case .councilDue: 24 << 56
    case .challengeDue(let job, let generation): Self.key(23, job, generation)
    case .proposalDue(let motion): 21 << 56 | UInt64(motion)
    case .voteDue(let motion, let voter):
      22 << 56 | UInt64(motion & 0xFF_FFFF) << 32 | UInt64(voter)
    case .changeDue(let point): 25 << 56 | UInt64(point)
    case .moveDue(let host): 26 << 56 | UInt64(host.index)
    case .scriptDue(let step): 16 << 56 | UInt64(step)
    case .warmUpEnded: 9 << 56
    case .proofReady(let job, let generation): Self.key(10, job, generation)
    case .verdictReached(let job, let generation): Self.key(11, job, generation)
    case .deadlinePassed(let job, let generation): Self.key(12, job, generation)
    case .releaseDue(let job, let generation): Self.key(13, job, generation)
    case .checkDone(let job, let generation): Self.key(14, job, generation)
    case .disputeDecided(let job, let generation): Self.key(15, job, generation)
    }
  }

  private static func key(_ kind: UInt64, _ job: JobID, _ generation: UInt32) -> UInt64 {
    kind << 56 | UInt64(generation & 0xFF_FFFF) << 32 | UInt64(job.index)
  }

  var isDigested: Bool {
    switch self {
    case .sampleDue, .warmUpEnded, .detectionDue: false
    default: true
    }
  }

  /// Name in `events.csv`.
  var name: String {
    switch self {
    case .requestArrived: "requestArrived"
    case .blockSealed: "blockSealed"
    case .promptReached: "promptReached"
    case .serverDue: "serverDue"
    case .renterReneged: "renterReneged"
    case .hostWentDown: "hostWentDown"
    case .hostCameUp: "hostCameUp"
    case .sampleDue: "sampleDue"
    case .detectionDue: "detectionDue"
    case .changeDue: "changeDue"
    case .moveDue: "moveDue"
    case .scriptDue: "scriptDue"
    case .reviewDue: "reviewDue"
    case .challengeDue: "challengeDue"
    case .proposalDue: "proposalDue"
    case .voteDue: "voteDue"
    case .retryDue: "retryDue"
    case .guardianDue: "guardianDue"
    case .councilDue: "councilDue"
    case .warmUpEnded: "warmUpEnded"
    case .proofReady: "proofReady"
    case .verdictReached: "verdictReached"
    case .deadlinePassed: "deadlinePassed"
    case .releaseDue: "releaseDue"
    case .checkDone: "checkDone"
    case .disputeDecided: "disputeDecided"
    }
  }
}

extension Phase {
  /// Blocks come first: what is sent at the instant of a block waits for the next one.
  static let chain = Phase(0)
  /// Watchers see what the instant leaves behind.
  static let sampling = Phase(7)
}
