/// One inference server of a fleet, whether idle or busy.
struct ServerState: BitwiseCopyable {
  static let noPlan = Int64.min

  let kind: UInt32
  /// The last step boundary reached. May lie ahead of simulated time: a step in progress cannot be
  /// interrupted, so it is finished as soon as something needs to know where it ends.
  var clock = StepClock(nanoseconds: 0)
  /// When the last step began, rounded down. Under `fifo`: until when it was given other work.
  var lastStepStart: Int64 = 0
  /// Steps done since the start.
  var step: Int64 = 0
  /// The next boundary as told to the caller, or `noPlan` when it must be worked out.
  var boundary = noPlan
  /// Ticks of the next step where it is known to read all prompts that wait, whole; else 0.
  var intakeTicks: Int64 = 0
  /// Nanoseconds spent in steps.
  var busy: Int64 = 0
  /// Tokens that the decoding sequences have cached, their newest excepted.
  var cachedTokens: Int64 = 0
  /// KV blocks taken from the free ones since the start, oldest free block first.
  var blocksTaken: Int64 = 0
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
}

/// What follows from the rows. Read field by field: a property of the row would copy it whole.
extension ServerFleet {
  @inline(__always)
  func running(_ server: Int) -> Int32 {
    servers[server].decoding + (servers[server].prefilling == RequestState.none ? 0 : 1)
  }

  @inline(__always)
  func isRunning(_ server: Int) -> Bool {
    servers[server].decoding > 0 || servers[server].prefilling != RequestState.none
  }

  @inline(__always)
  func isIdle(_ server: Int) -> Bool {
    !isRunning(server) && servers[server].waitingHead == RequestState.none
  }

  /// Tokens to read before the request's next one can be generated.
  @inline(__always)
  func tokensToPrefill(_ request: UInt32) -> Int32 {
    requests[Int(request)].prompt + requests[Int(request)].generated
  }

  /// Cached tokens of a decoding request when its server has done `step` steps: all but the newest.
  @inline(__always)
  func cachedTokens(_ request: UInt32, atStep step: Int64) -> Int32 {
    requests[Int(request)].prompt + requests[Int(request)].output
      - Int32(truncatingIfNeeded: requests[Int(request)].departure - step) - 1
  }
}
