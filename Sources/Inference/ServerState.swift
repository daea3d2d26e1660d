/// One inference server of a fleet, whether idle or busy.
struct ServerState: BitwiseCopyable {
  static let noPlan = Int64.min

  let kind: UInt32
  /// The last step boundary reached. May lie ahead of simulated time: a step in progress cannot be
  /// interrupted, so it is finished as soon as something needs to know where it ends.
  var clock = StepClock(nanoseconds: 0)
  /// When the last step began, rounded down.
  var lastStepStart: Int64 = 0
  /// Steps done since the start.
  var step: Int64 = 0
  /// The next boundary as told to the caller, or `noPlan` when it must be worked out.
  var boundary = noPlan
  /// Nanoseconds spent in steps.
  var busy: Int64 = 0
  /// Tokens that the decoding sequences have cached, their newest excepted.
  var cachedTokens: Int64 = 0
  /// KV blocks held by running requests.
  var usedBlocks: Int32 = 0
  var decoding: Int32 = 0
  var waitingCount: Int32 = 0
  var waitingHead = RequestState.none
  var waitingTail = RequestState.none
  /// The running request that was admitted last; it is preempted first.
  var newest = RequestState.none
  /// The one running request whose prompt is read in part, always the newest. Under `fifo`: the
  /// request in service.
  var prefilling = RequestState.none
  /// The decoding request that ends first.
  var earliestDeparture = RequestState.none
  var completedHead = RequestState.none
  var completedTail = RequestState.none
  init(kind: UInt32) { self.kind = kind }

  var running: Int32 { decoding + (prefilling == RequestState.none ? 0 : 1) }
  var isRunning: Bool { decoding > 0 || prefilling != RequestState.none }
  var isIdle: Bool { !isRunning && waitingHead == RequestState.none }
}
