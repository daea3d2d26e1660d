private import Quantities

/// One request at a time: its whole course is known when its service begins.
extension ServerFleet {
  mutating func submitFIFO(_ request: UInt32, _ server: Int, at time: Int64) {
    advanceFIFO(server, to: time)
    guard servers[server].prefilling == RequestState.none else {
      return appendWaiting(request, server)
    }
    beginService(of: request, server, at: max(time, servers[server].clock.nanoseconds))
  }

  mutating func advanceFIFO(_ server: Int, to time: Int64) {
    while case let request = servers[server].prefilling, request != RequestState.none {
      let end = requests[Int(request)].departure
      guard end <= time else { return }
      appendCompleted(request, server, at: end, as: .finished)
      endService(server, at: end)
    }
  }

  mutating func cancelFIFO(_ request: UInt32, _ server: Int, at time: Int64) -> Bool {
    advanceFIFO(server, to: time)
    switch requests[Int(request)].phase {
    case .waiting: removeWaiting(request, server)
    case .prefilling:
      let resumed = max(time, servers[server].lastStepStart)
      servers[server].busy -= servers[server].clock.nanoseconds - resumed
      endService(server, at: time)
    case .decoding, .finished, .dropped, .free: return false
    }
    release(request)
    return true
  }

  /// Service: the prompt, then one step per output token at the mean context of the generation.
  private mutating func beginService(of request: UInt32, _ server: Int, at time: Int64) {
    let state = requests[Int(request)]
    let (prefill, step) = kinds[Int(state.kind)].serviceTimes(
      prompt: Int(state.prompt), output: Int(state.output),
      cachedPrefix: Int(min(state.computed, state.prompt - 1)))
    let first = time + SimDuration(rounding: prefill + step).nanoseconds
    let end = time + SimDuration(rounding: prefill + step * Double(state.output)).nanoseconds
    requests[Int(request)].firstTokenAt = first
    requests[Int(request)].departure = end
    requests[Int(request)].phase = .prefilling
    servers[server].prefilling = request
    servers[server].busy += end - time
    servers[server].clock = StepClock(nanoseconds: end)
    servers[server].boundary = ServerState.noPlan
  }

  private mutating func endService(_ server: Int, at time: Int64) {
    // A request withdrawn while other work goes on makes room only after that.
    let free = max(time, servers[server].lastStepStart)
    servers[server].prefilling = RequestState.none
    servers[server].clock = StepClock(nanoseconds: free)
    servers[server].boundary = ServerState.noPlan
    let next = servers[server].waitingHead
    guard next != RequestState.none else { return }
    removeWaiting(next, server)
    beginService(of: next, server, at: free)
  }
}

extension ServerKind {
  /// Seconds of prefill, and of each of the output tokens, for a request alone on the server.
  public func serviceTimes(
    prompt: Int, output: Int, cachedPrefix: Int = 0
  ) -> (prefill: Double, perToken: Double) {
    (
      law.prefillTime(tokens: prompt - cachedPrefix, after: cachedPrefix, chunk: prefillChunk),
      law.timePerOutputToken(concurrency: 1, context: Double(prompt) + Double(output) / 2)
    )
  }
}
