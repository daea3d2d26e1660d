/// Continuous batching by skip-ahead: a server moves from boundary to boundary of its `StepPlan`s.
extension ServerFleet {
  mutating func submitBatching(_ request: UInt32, _ server: Int, at time: Int64) {
    settle(server, at: time, cuttingBlocked: false)
    if servers[server].isIdle, servers[server].clock.nanoseconds < time {
      servers[server].clock = StepClock(nanoseconds: time)
    }
    // A stretch left whole ends where it did before; a step about to begin takes the request in.
    if servers[server].clock.nanoseconds >= time {
      servers[server].boundary = ServerState.noPlan
    }
    appendWaiting(request, server)
  }

  mutating func advanceBatching(_ server: Int, to time: Int64) {
    if servers[server].boundary > time { return }
    servers[server].boundary = ServerState.noPlan
    while !servers[server].isIdle, servers[server].clock.nanoseconds < time {
      let plan = plan(server)
      let ticks = ticks(of: plan, server)
      guard servers[server].clock.advanced(byTicks: ticks).nanoseconds <= time else { return }
      apply(plan, ticks: ticks, server)
    }
  }

  mutating func cancelBatching(_ request: UInt32, _ server: Int, at time: Int64) -> Bool {
    advanceBatching(server, to: time)
    settle(server, at: time, cuttingBlocked: true)
    switch requests[Int(request)].phase {
    case .waiting: removeWaiting(request, server)
    case .prefilling, .decoding: withdraw(request, server)
    case .finished, .dropped, .free: return false
    }
    release(request)
    servers[server].boundary = ServerState.noPlan
    return true
  }

  /// Brings a server to its first boundary at or after `time`.
  ///
  /// A stretch that goes on whatever arrives is left whole unless `cuttingBlocked`.
  private mutating func settle(_ server: Int, at time: Int64, cuttingBlocked: Bool) {
    while !servers[server].isIdle, servers[server].clock.nanoseconds < time {
      var plan = plan(server)
      var ticks = ticks(of: plan, server)
      if servers[server].clock.advanced(byTicks: ticks).nanoseconds >= time, plan.steps > 1 {
        let isBlocked = servers[server].waitingHead != RequestState.none
        if isBlocked && !cuttingBlocked { return }
        plan.steps = firstStep(reaching: time, of: plan, server)
        ticks = self.ticks(of: plan, server)
      }
      apply(plan, ticks: ticks, server)
    }
  }

  /// The fewest steps of a decode stretch after which the clock has reached `time`.
  private func firstStep(reaching time: Int64, of plan: StepPlan, _ server: Int) -> Int64 {
    let kind = Int(servers[server].kind)
    let needed = servers[server].clock.ticks(until: time)
    // Solves a·k + b·k(k−1)/2 = needed in floating point, then corrects to the exact integer.
    let slope = Double(tables.timings[kind].cacheTicks) * Double(plan.decoding)
    let first = Double(
      tables.ticks(kind: kind, decoding: plan.decoding, attended: plan.attended, steps: 1))
    let linear = first - slope / 2
    let root = (linear * linear + 2 * slope * Double(needed)).squareRoot()
    var steps = min(max(Int64(2 * Double(needed) / (linear + root)), 1), plan.steps)
    func ticks(_ steps: Int64) -> Int64 {
      tables.ticks(kind: kind, decoding: plan.decoding, attended: plan.attended, steps: steps)
    }
    while ticks(steps) < needed { steps += 1 }
    while steps > 1, ticks(steps - 1) >= needed { steps -= 1 }
    return steps
  }

  @inline(__always)
  func ticks(of plan: StepPlan, _ server: Int) -> Int64 {
    let kind = Int(servers[server].kind)
    return plan.promptTokens == 0
      ? tables.ticks(
        kind: kind, decoding: plan.decoding, attended: plan.attended, steps: plan.steps)
      : tables.ticks(
        kind: kind, decoding: plan.decoding, attended: plan.attended,
        promptTokens: plan.promptTokens,
        doubledPairs: plan.doubledPairs)
  }

  @inline(__always)
  mutating func apply(_ plan: StepPlan, ticks: Int64, _ server: Int) {
    for _ in 0..<plan.preemptions { preemptNewest(server) }
    let shift = tables.timings[Int(servers[server].kind)].blockShift
    advanceClock(plan, ticks: ticks, server)
    servers[server].usedBlocks += blocksTaken(server, bySteps: plan.steps, shift)
    servers[server].cachedTokens += Int64(plan.decoding) * plan.steps
    servers[server].step += plan.steps
    if plan.chunk > 0 { read(plan.chunk, of: servers[server].prefilling, server, shift) }
    for admission in 0..<plan.admissions {
      let request = servers[server].waitingHead
      removeWaiting(request, server)
      appendRunning(request, server)
      requests[Int(request)].phase = .prefilling
      let isLast = admission == plan.admissions - 1
      let chunk = isLast ? plan.lastChunk : requests[Int(request)].tokensToPrefill
      read(chunk, of: request, server, shift)
    }
    while case let request = servers[server].earliestDeparture, request != RequestState.none,
      requests[Int(request)].departure <= servers[server].step
    {
      withdraw(request, server)
      appendCompleted(request, server, at: servers[server].clock.nanoseconds, as: .finished)
    }
    servers[server].boundary = ServerState.noPlan
  }

  private mutating func advanceClock(_ plan: StepPlan, ticks: Int64, _ server: Int) {
    let start = servers[server].clock
    var lastStepStart = start
    if plan.steps > 1 {
      var all = plan
      all.steps -= 1
      lastStepStart = start.advanced(byTicks: self.ticks(of: all, server))
    }
    servers[server].lastStepStart = lastStepStart.nanoseconds
    servers[server].clock = start.advanced(byTicks: ticks)
    servers[server].busy += servers[server].clock.nanoseconds - start.nanoseconds
  }

  /// Puts `chunk` more prompt tokens into the cache; the last of them yields a first or next token.
  private mutating func read(_ chunk: Int32, of request: UInt32, _ server: Int, _ shift: Int32) {
    let before = requests[Int(request)].computed
    let after = before + chunk
    requests[Int(request)].computed = after
    servers[server].usedBlocks += blocks(after, shift) - blocks(before, shift)
    guard after == requests[Int(request)].tokensToPrefill else {
      servers[server].prefilling = request
      return
    }
    servers[server].prefilling = RequestState.none
    beginDecoding(request, server, shift)
  }

  private mutating func beginDecoding(_ request: UInt32, _ server: Int, _ shift: Int32) {
    let step = servers[server].step
    let cached = requests[Int(request)].computed
    if requests[Int(request)].firstTokenAt < 0 {
      requests[Int(request)].firstTokenAt = servers[server].clock.nanoseconds
    }
    requests[Int(request)].phase = .decoding
    let remaining = requests[Int(request)].output - requests[Int(request)].generated - 1
    requests[Int(request)].departure = step + Int64(remaining)
    servers[server].decoding += 1
    servers[server].cachedTokens += Int64(cached)
    blockPhases[blockPhaseIndex(server, cached: cached, shift)] += 1
    insertDeparture(request, server)
  }

  private mutating func preemptNewest(_ server: Int) {
    let request = servers[server].newest
    withdraw(request, server)
    requests[Int(request)].computed = 0
    prependWaiting(request, server)
  }

  /// Takes a running request and its cache out of the server; `generated` then counts its tokens.
  private mutating func withdraw(_ request: UInt32, _ server: Int) {
    let shift = tables.timings[Int(servers[server].kind)].blockShift
    removeRunning(request, server)
    if request == servers[server].prefilling {
      servers[server].prefilling = RequestState.none
      servers[server].usedBlocks -= blocks(requests[Int(request)].computed, shift)
      return
    }
    let step = servers[server].step
    let cached = requests[Int(request)].cachedTokens(atStep: step)
    requests[Int(request)].generated = cached - requests[Int(request)].prompt + 1
    servers[server].decoding -= 1
    servers[server].cachedTokens -= Int64(cached)
    servers[server].usedBlocks -= blocks(cached, shift)
    blockPhases[blockPhaseIndex(server, cached: cached, shift)] -= 1
    removeDeparture(request, server)
  }
}
