public import Quantities

/// All inference servers of a market and the requests inside them.
///
/// A server does nothing between calls: it works out when something can next happen
/// (`nextBoundary(of:)`), and the caller keeps one event per server there. Calls about one server come
/// in order of time. Requests live in one pool, so that an idle server costs 152 bytes and a request in
/// flight 72; nothing is allocated once the pool has grown to the largest number in flight.
///
/// What a server does depends only on when requests arrive and are cancelled, never on how often it is
/// asked: requests at one nanosecond may be submitted in any number of calls around a boundary.
public struct ServerFleet: ~Copyable {
  var kinds: [ServerKind] = []
  var tables = StepTables()
  var servers: Pool<ServerState>
  var requests: Pool<RequestState>
  var blockClasses: Pool<UInt16>
  var freeRequests = RequestState.none
  /// Requests inside, completed but not yet taken ones included.
  public internal(set) var requestsInFlight = 0

  public struct KindID: BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt32
  }

  public struct ServerID: BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    var index: Int { Int(rawValue) }
  }

  /// Valid from `submit` until its completion is taken or `cancel` returns true.
  public struct RequestID: BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
  }

  public struct Completion: BitwiseCopyable, Equatable, Sendable {
    public let job: UInt32
    /// False if the server failed before the end.
    public let isServed: Bool
    /// Nil if the server failed before the first token.
    public let firstTokenAt: SimTime?
    public let endedAt: SimTime
  }

  public struct Load: BitwiseCopyable, Equatable, Sendable {
    public let running: Int
    public let waiting: Int
    public let cachedTokens: Int
  }

  /// Memory of a server, idle or busy.
  public static var bytesPerServer: Int {
    MemoryLayout<ServerState>.stride + classesPerServer * MemoryLayout<UInt16>.stride
  }

  /// Memory of a request in flight.
  public static var bytesPerRequest: Int { MemoryLayout<RequestState>.stride }

  public init(reservingServers servers: Int = 0, requests: Int = 0) {
    self.servers = Pool(capacity: servers)
    blockClasses = Pool(capacity: servers * Self.classesPerServer)
    self.requests = Pool(capacity: requests)
  }

  public mutating func add(_ kind: ServerKind) -> KindID {
    kinds.append(kind)
    return KindID(rawValue: UInt32(tables.add(kind.timing, of: kind.law)))
  }

  public mutating func addServer(_ kind: KindID) -> ServerID {
    precondition(Int(kind.rawValue) < kinds.count)
    servers.append(ServerState(kind: kind.rawValue))
    for _ in 0..<Self.classesPerServer { blockClasses.append(0) }
    return ServerID(rawValue: UInt32(servers.count - 1))
  }

  public func kind(of server: ServerID) -> ServerKind { kinds[Int(servers[server.index].kind)] }

  private func isFIFO(_ server: Int) -> Bool { tables.timings[Int(servers[server].kind)].isFIFO }

  /// Asks the cache for a server that will be called soon.
  public func fetch(_ server: ServerID) { servers.fetch(server.index) }

  /// Hands a request to a server. `job` is the caller's own name for it.
  ///
  /// - Precondition: `prompt` and `output` ≥ 1, and the server's kind does not refuse the request.
  /// - Parameters:
  ///   - cachedPrefix: Prompt tokens whose cache another request left behind; whole blocks of them
  ///     are not read again, though they take memory like all others.
  ///   - served: Kind of the model asked for, where a `fifo` server has several loaded; nil for the
  ///     server's own.
  public mutating func submit(
    _ job: UInt32, prompt: Int32, output: Int32, cachedPrefix: Int32 = 0,
    as served: KindID? = nil, to server: ServerID, at time: SimTime
  ) -> RequestID {
    let kind = Int(served?.rawValue ?? servers[server.index].kind)
    precondition(
      kind == Int(servers[server.index].kind) || tables.timings[kind].isFIFO,
      "a batching server runs one model")
    precondition(
      prompt >= 1 && output >= 1
        && Int64(prompt) + Int64(output) <= tables.timings[kind].requestTokensMaximum,
      "a request that the server refuses was submitted")
    precondition(cachedPrefix >= 0 && cachedPrefix <= prompt)
    var state = RequestState(
      job: job, server: server.rawValue, prompt: prompt, output: output,
      submittedAt: time.nanoseconds, kind: UInt16(kind))
    if cachedPrefix > 0 {
      let shift = tables.timings[kind].blockShift
      state.computed = (cachedPrefix >> shift) << shift
      // Shared by others, and so not among the blocks that are given away.
      state.departure = .max
    }
    let request = insert(state)
    if tables.timings[kind].isFIFO {
      submitFIFO(request, server.index, at: time.nanoseconds)
    } else {
      submitBatching(request, server.index, at: time.nanoseconds)
    }
    return RequestID(rawValue: request)
  }

  /// When to call `advance(_:to:)` next if nothing is submitted before; nil while there is no work.
  ///
  /// Never later than the next completion; may be earlier. Changes with `submit` and `cancel`.
  public mutating func nextBoundary(of server: ServerID) -> SimTime? {
    let index = server.index
    let completed = servers[index].completedHead
    if completed != RequestState.none {
      return SimTime(nanoseconds: requests[Int(completed)].departure)
    }
    if isIdle(index) { return nil }
    if servers[index].boundary == ServerState.noPlan {
      servers[index].boundary =
        isFIFO(index)
        ? requests[Int(servers[index].prefilling)].departure : projectedBoundary(of: index)
    }
    return SimTime(nanoseconds: servers[index].boundary)
  }

  /// Lets a server work up to and including `time`.
  public mutating func advance(_ server: ServerID, to time: SimTime) {
    let index = server.index
    if isFIFO(index) {
      advanceFIFO(index, to: time.nanoseconds)
    } else {
      advanceBatching(index, to: time.nanoseconds)
    }
  }

  /// The next request that ended at or before `time`, in order of ending, or nil.
  public mutating func popCompletion(of server: ServerID, by time: SimTime) -> Completion? {
    let request = servers[server.index].completedHead
    guard request != RequestState.none else { return nil }
    guard requests[Int(request)].departure <= time.nanoseconds else { return nil }
    let next = requests[Int(request)].newer
    servers[server.index].completedHead = next
    if next == RequestState.none { servers[server.index].completedTail = RequestState.none }
    let first = requests[Int(request)].firstTokenAt
    let completion = Completion(
      job: requests[Int(request)].job, isServed: requests[Int(request)].phase == .finished,
      firstTokenAt: first < 0 ? nil : SimTime(nanoseconds: first),
      endedAt: SimTime(nanoseconds: requests[Int(request)].departure))
    release(request)
    return completion
  }

  /// Withdraws a request: at once under `fifo`, else at the first step boundary from `time` on.
  ///
  /// - Parameter job: As given to `submit`; guards against a stale identifier.
  /// - Returns: False if the request has ended or ends at that boundary; its completion will come.
  public mutating func cancel(_ id: RequestID, job: UInt32, at time: SimTime) -> Bool {
    let state = requests[Int(id.rawValue)]
    precondition(
      state.phase != .free && state.job == job, "a request was cancelled that is not in flight")
    let index = Int(state.server)
    return isFIFO(index)
      ? cancelFIFO(id.rawValue, index, at: time.nanoseconds)
      : cancelBatching(id.rawValue, index, at: time.nanoseconds)
  }

  /// Whether the first token of a request in flight is out by `time`; for renters who give up waiting.
  public mutating func hasFirstToken(_ id: RequestID, by time: SimTime) -> Bool {
    let server = ServerID(rawValue: requests[Int(id.rawValue)].server)
    if requests[Int(id.rawValue)].firstTokenAt < 0 {
      // A projected boundary may lie beyond the step that yields the first token.
      servers[server.index].boundary = ServerState.noPlan
    }
    advance(server, to: time)
    let first = requests[Int(id.rawValue)].firstTokenAt
    return first >= 0 && first <= time.nanoseconds
  }

  /// The server stops at once and loses everything inside; lost requests come out as not served.
  public mutating func fail(_ server: ServerID, at time: SimTime) {
    advance(server, to: time)
    dropAll(server.index, at: time.nanoseconds)
  }

  public func load(of server: ServerID) -> Load {
    let state = servers[server.index]
    return Load(
      running: Int(running(server.index)), waiting: Int(state.waitingCount),
      cachedTokens: Int(state.usedBlocks) << Int(tables.timings[Int(state.kind)].blockShift))
  }

  /// Time spent working so far; may include the rest of a step in progress.
  public func busyTime(of server: ServerID) -> SimDuration {
    SimDuration(nanoseconds: servers[server.index].busy)
  }
}
