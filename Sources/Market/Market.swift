import Contracts
import EVM
import Inference
import Kernel
import Quantities
import Statistics

/// One replication of a scenario: people and machines around one chain.
///
/// The market only wires its parts together: the kernel keeps time, the world keeps contracts and
/// money, `Assignment` finds hosts, `RequestSource` makes requests, the fleet of servers turns
/// prompts into tokens, and `Measurements` watches. One owner, no sharing; a run is a function of the
/// configuration and the replication number.
struct Market: ~Copyable {
  let boxedConfiguration: Boxed<MarketConfiguration>
  let hostTerms: [HostTerms]
  /// Of each cohort of hosts.
  let conducts: [HostConduct]
  /// Some renters are hosts' own.
  let hasPuppets: Bool
  /// Some renters notice made-up results and dispute them.
  let rentersNotice: Bool
  var renterTerms: [RenterTerms]
  // Figures of the configuration that every job asks for: reading them from it copies too much.

  /// Under `race`, hosts that claim each job; 0 under every other policy.
  let contenders: Int
  var feeBasisPoints: UInt64
  var jobRules: JobRules
  /// `[renter's region * regionCount + host's region]`.
  let roundTrips: [SimDuration]
  let regionCount: Int
  let jitter: Double

  let horizon: SimTime
  let streams: MarketStreams

  var kernel: EventKernel<MarketEvent>
  var chain: MarketChain
  var hosts: UniqueList<Host>
  var renters: UniqueList<Renter>
  var jobs: JobTable
  var sources: [RequestSource] = []
  var assignment: Assignment
  var fleet: ServerFleet
  /// `[cohort * eligibilities + eligibility]`; any kind where the cohort does not serve it.
  let serverKinds: [ServerFleet.KindID]
  /// As `serverKinds`.
  let proofTerms: [ProofTerms]
  /// Of each host's CPU; empty where none proves.
  var proverFreeAt: [SimTime]
  /// Number of the model that each eligibility asks for.
  let eligibilityModels: [UInt16]
  /// Mean asking price of the hosts that serve each eligibility.
  var referencePrices: [HostCohort.Price]
  var nextJobNumber: UInt64 = 0
  /// Whether wallets found the marketplace closed after the last block.
  var isClosed = false
  var verifiers: [Verifier] = []
  /// By when each of them is idle.
  var idleVerifiers = MinimumTree(count: 0)
  /// What is known of checks and of what they found.
  var vigilance = Vigilance()
  var challengers: [Challenger] = []
  /// What those know of proofs.
  var suspicion = Suspicion()
  /// Those who registered whole rings of hosts.
  var controllers: [AccountID] = []
  /// Those who vote on the rules.
  var assembly = Assembly()
  var council = CouncilState()
  /// Who opened or closed the marketplace in this block.
  var standingMover = StandingMover.protocol
  /// `[hosts]` where some review their business or have been put out of the registry, else empty.
  var business: [Business] = []
  /// Registrations under way.
  var registrationsPending = 0
  /// `[hosts]` where some learn how to play, else empty: what they do not know the end of yet.
  var lessons: [[Lesson]] = []
  /// `[hosts]`
  var books: [HostBook]
  /// Names of the models by number, and GiB of each cohort's GPUs; what hosts register.
  let modelNames: [String]
  let memories: [UInt16]
  /// Of each host, payments in ETH after the fee; empty where nobody pays in ETH.
  var ethRevenues: [ETHFlow] = []
  var boxedScript: Boxed<ScriptPlayer>
  var boxedChanges: Boxed<ChangePlayer>
  /// Share of completed jobs that verifiers do again.
  var checkRate: Double
  var boxedWatch: Boxed<Watch>
  var boxedReputations: Boxed<Reputations>
  /// Whether routers ask a model for its scores.
  let isRoutedByModel: Bool
  /// Whether anybody reads the public record.
  let isWatched: Bool
  /// Transactions that the pool refused, for the next block.
  var deferred: [MarketTransaction] = []

  var boxedMeasured: Boxed<Measurements>
  var boxedCounting: Boxed<Counting>
  var boxedInterval = Boxed(SampleInterval())
  let sampleSpacing: SimDuration
  var lastSampleAt = SimTime.zero
  /// Of each host cohort.
  var scores: [ScoreDistribution]
  var boxedTables: Boxed<MarketTables>
}

/// The parts that are boxed, for the compiler's sake; see `Boxed`.
extension Market {
  var configuration: MarketConfiguration {
    @inline(__always) _read { yield boxedConfiguration.value }
  }
  var measured: Measurements {
    @inline(__always) _read { yield boxedMeasured.value }
    @inline(__always) _modify { yield &boxedMeasured.value }
  }
  var counting: Counting {
    @inline(__always) _read { yield boxedCounting.value }
    @inline(__always) _modify { yield &boxedCounting.value }
  }
  var interval: SampleInterval {
    @inline(__always) _read { yield boxedInterval.value }
    @inline(__always) _modify { yield &boxedInterval.value }
  }
  var script: ScriptPlayer {
    @inline(__always) _read { yield boxedScript.value }
    @inline(__always) _modify { yield &boxedScript.value }
  }
  var changes: ChangePlayer {
    @inline(__always) _read { yield boxedChanges.value }
    @inline(__always) _modify { yield &boxedChanges.value }
  }
  var watch: Watch {
    @inline(__always) _read { yield boxedWatch.value }
    @inline(__always) _modify { yield &boxedWatch.value }
  }
  var reputations: Reputations {
    @inline(__always) _read { yield boxedReputations.value }
    @inline(__always) _modify { yield &boxedReputations.value }
  }
  var tables: MarketTables {
    @inline(__always) _read { yield boxedTables.value }
    @inline(__always) _modify { yield &boxedTables.value }
  }
}

extension Market {
  /// Runs to the horizon, or until `shouldStop` says so at a block.
  ///
  /// - Returns: False when stopped early.
  mutating func run(shouldStop: () -> Bool, report: (Double) -> Void) -> Bool {
    while let (time, event) = kernel.next() {
      fetchUpcomingEvents()
      handle(event, at: time)
      if case .blockSealed = event {
        searchWarmUp(at: time)
        if shouldStop() { return false }
        report(time.seconds / horizon.seconds)
      }
    }
    return true
  }

  private mutating func handle(_ event: MarketEvent, at time: SimTime) {
    if tables.events.isRecording { tables.record(event, at: time) }
    switch event {
    case .requestArrived(let cohort): requestArrived(cohort: cohort, at: time)
    case .blockSealed: sealBlock(at: time)
    case .promptReached(let job, let generation):
      promptReached(job, generation: generation, at: time)
    case .serverDue(let host): serverDue(host, at: time)
    case .renterReneged(let job, let generation):
      renterReneged(job, generation: generation, at: time)
    case .hostWentDown(let host): hostWentDown(host, at: time)
    case .hostCameUp(let host): hostCameUp(host, at: time)
    case .proofReady(let job, let generation): proofReady(job, generation: generation, at: time)
    case .verdictReached(let job, let generation):
      verdictReached(job, generation: generation, at: time)
    case .deadlinePassed(let job, let generation):
      deadlinePassed(job, generation: generation, at: time)
    case .releaseDue(let job, let generation): releaseDue(job, generation: generation, at: time)
    case .checkDone(let job, let generation): checkDone(job, generation: generation, at: time)
    case .disputeDecided(let job, let generation):
      disputeDecided(job, generation: generation, at: time)
    case .detectionDue: detectionDue(at: time)
    case .scriptDue(let step): scriptDue(step)
    case .reviewDue(let cohort): reviewDue(cohort: cohort, at: time)
    case .retryDue(let job, let generation): retryDue(job, generation: generation, at: time)
    case .guardianDue(let pause): guardianDue(pause: pause, at: time)
    case .councilDue: councilDue(at: time)
    case .challengeDue(let job, let generation):
      challengeDue(job, generation: generation, at: time)
    case .proposalDue(let motion): proposalDue(motion, at: time)
    case .voteDue(let motion, let voter): voteDue(motion, voter: voter, at: time)
    case .changeDue(let point): changeDue(point, at: time)
    case .moveDue(let host): moveDue(host, at: time)
    case .sampleDue: takeSample(at: time)
    case .warmUpEnded: warmUpEnded(at: time)
    }
  }
}
