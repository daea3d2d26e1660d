/// Continuous batching by skip-ahead: a server moves from boundary to boundary of its `StepPlan`s.
extension ServerFleet {
  mutating func submitBatching(_ request: UInt32, _ server: Int, at time: Int64) {
    settle(server, at: time, cuttingBlocked: false)
    if isIdle(server), servers[server].clock.nanoseconds < time {
      servers[server].clock = StepClock(nanoseconds: time)
    }
    // A stretch left whole ends where it did before; a step about to begin takes the request in.
    if servers[server].clock.nanoseconds >= time { forgetPlan(server) }
    servers[server].intakeTicks = 0
    appendWaiting(request, server)
  }

  mutating func advanceBatching(_ server: Int, to time: Int64) {
    if servers[server].boundary > time { return }
    servers[server].boundary = ServerState.noPlan
    while !isIdle(server), servers[server].clock.nanoseconds < time {
      if let stretch = decodeStretch(server) {
        guard servers[server].clock.advanced(byTicks: stretch.ticks).nanoseconds <= time else {
          return
        }
        decode(steps: stretch.steps, ticks: stretch.ticks, server)
      } else if case let ticks = servers[server].intakeTicks, ticks > 0 {
        guard servers[server].clock.advanced(byTicks: ticks).nanoseconds <= time else { return }
        takeIn(ticks: ticks, server)
      } else {
        let plan = plan(server)
        let ticks = ticks(of: plan, server)
        guard servers[server].clock.advanced(byTicks: ticks).nanoseconds <= time else { return }
        apply(plan, ticks: ticks, server)
      }
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
    forgetPlan(server)
    return true
  }

  /// Brings a server to its first boundary at or after `time`.
  ///
  /// A stretch that goes on whatever arrives is left whole unless `cuttingBlocked`.
  mutating func settle(_ server: Int, at time: Int64, cuttingBlocked: Bool) {
    while !isIdle(server), servers[server].clock.nanoseconds < time {
      if let stretch = decodeStretch(server) {
        cut(steps: stretch.steps, ticks: stretch.ticks, server, at: time)
        continue
      }
      if case let ticks = servers[server].intakeTicks, ticks > 0 {
        takeIn(ticks: ticks, server)
        continue
      }
      let plan = plan(server)
      let ticks = ticks(of: plan, server)
      if plan.steps == 1 {
        apply(plan, ticks: ticks, server)
      } else {
        let isBlocked = servers[server].waitingHead != RequestState.none
        let end = servers[server].clock.advanced(byTicks: ticks).nanoseconds
        if isBlocked && !cuttingBlocked && end >= time { return }
        cut(steps: plan.steps, ticks: ticks, server, at: time)
      }
    }
  }

  /// Does a decode stretch up to its first boundary at or after `time`, or the whole of it.
  @inline(__always)
  private mutating func cut(steps: Int64, ticks: Int64, _ server: Int, at time: Int64) {
    if steps == 1 || servers[server].clock.advanced(byTicks: ticks).nanoseconds < time {
      return decode(steps: steps, ticks: ticks, server)
    }
    let fewer = firstStep(reaching: time, of: steps, server)
    decode(steps: fewer.steps, ticks: fewer.ticks, lastStep: fewer.lastStep, server)
  }

  /// The fewest steps of a decode stretch after which the clock has reached `time`, with their ticks
  /// and those of the last of them.
  @inline(__always)
  private mutating func firstStep(
    reaching time: Int64, of limit: Int64, _ server: Int
  ) -> (steps: Int64, ticks: Int64, lastStep: Int64) {
    let needed = servers[server].clock.ticks(until: time)
    // Solves a·k + b·k(k−1)/2 = needed in floating point, then walks to the exact integer; the k-th
    // step lasts a + b·(k−1).
    let first = ticks(ofDecodeSteps: 1, server)
    let growth =
      tables.timings[Int(servers[server].kind)].cacheTicks * Int64(servers[server].decoding)
    let slope = Double(growth)
    let linear = Double(first) - slope / 2
    let root = (linear * linear + 2 * slope * Double(needed)).squareRoot()
    var steps = min(max(Int64(2 * Double(needed) / (linear + root)), 1), limit)
    var ticks = steps * first + growth * (steps * (steps - 1) / 2)
    var last = first + growth * (steps - 1)
    while ticks < needed {
      steps += 1
      last += growth
      ticks += last
    }
    while steps > 1, ticks - last >= needed {
      steps -= 1
      ticks -= last
      last -= growth
    }
    return (steps, ticks, last)
  }

  /// Ticks of the next `steps` steps if they only decode what decodes now.
  @inline(__always)
  private func ticks(ofDecodeSteps steps: Int64, _ server: Int) -> Int64 {
    let decoding = servers[server].decoding
    return tables.ticks(
      kind: Int(servers[server].kind), decoding: decoding,
      attended: servers[server].cachedTokens + Int64(decoding), steps: steps)
  }

  /// What comes next on a server where nobody waits and no prompt is read in part, memory sufficing.
  @inline(__always)
  mutating func decodeStretch(_ server: Int) -> (steps: Int64, ticks: Int64)? {
    guard servers[server].waitingHead == RequestState.none,
      servers[server].prefilling == RequestState.none
    else { return nil }
    let kind = Int(servers[server].kind)
    let shift = tables.timings[kind].blockShift
    let free = tables.timings[kind].cacheBlocks - servers[server].usedBlocks
    let first = requests[Int(servers[server].earliestDeparture)].departure
    let steps = stepsThatFit(
      server, atMost: first - servers[server].step, free: Int64(free), shift)
    return steps > 0 ? (steps, ticks(ofDecodeSteps: steps, server)) : nil
  }

  @inline(__always)
  func ticks(of plan: StepPlan, _ server: Int) -> Int64 {
    let kind = Int(servers[server].kind)
    return plan.promptTokens == 0
      ? tables.ticks(
        kind: kind, decoding: plan.decoding, attended: plan.attended, steps: plan.steps)
      : tables.ticks(
        kind: kind, decoding: plan.decoding, attended: plan.attended,
        promptTokens: plan.promptTokens, doubledPairs: plan.doubledPairs)
  }

  private mutating func apply(_ plan: StepPlan, ticks: Int64, _ server: Int) {
    for _ in 0..<plan.preemptions { preemptNewest(server) }
    pass(steps: plan.steps, ticks: ticks, server)
    let shift = tables.timings[Int(servers[server].kind)].blockShift
    if plan.chunk > 0 { read(plan.chunk, of: servers[server].prefilling, server, shift) }
    for admission in 0..<plan.admissions {
      let request = servers[server].waitingHead
      removeWaiting(request, server)
      appendRunning(request, server)
      requests[Int(request)].phase = .prefilling
      let kept = tokensKept(request, taken: servers[server].blocksTaken, shift)
      requests[Int(request)].computed = kept
      servers[server].usedBlocks += blocks(kept, shift)
      let isLast = admission == plan.admissions - 1
      let chunk = isLast ? plan.lastChunk : tokensToPrefill(request) - kept
      read(chunk, of: request, server, shift)
    }
    endDepartures(server)
  }

  /// A step that reads all prompts that wait, whole.
  private mutating func takeIn(ticks: Int64, _ server: Int) {
    let shift = tables.timings[Int(servers[server].kind)].blockShift
    pass(steps: 1, ticks: ticks, server)
    while case let request = servers[server].waitingHead, request != RequestState.none {
      removeWaiting(request, server)
      appendRunning(request, server)
      read(tokensToPrefill(request), of: request, server, shift)
    }
    endDepartures(server)
  }

  /// - Parameter lastStep: Ticks of the last step; nil where they have still to be worked out.
  private mutating func decode(
    steps: Int64, ticks: Int64, lastStep: Int64? = nil, _ server: Int
  ) {
    pass(steps: steps, ticks: ticks, lastStep: lastStep, server)
    endDepartures(server)
  }

  /// Moves the clock and everything that decodes by `steps` steps.
  @inline(__always)
  private mutating func pass(
    steps: Int64, ticks: Int64, lastStep: Int64? = nil, _ server: Int
  ) {
    let kind = Int(servers[server].kind)
    let start = servers[server].clock
    if tables.timings[kind].schedulesAhead {
      let isLong = steps > 1
      servers[server].lastStepStart =
        isLong
        ? start.advanced(
          byTicks: lastStep.map { ticks - $0 }
            ?? self.ticks(ofDecodeSteps: steps - 1, server)
        ).nanoseconds
        : start.nanoseconds
    }
    let end = start.advanced(byTicks: ticks)
    servers[server].clock = end
    servers[server].busy += end.nanoseconds - start.nanoseconds
    let taken = blocksTaken(server, bySteps: steps, tables.timings[kind].blockShift)
    servers[server].usedBlocks += taken
    servers[server].blocksTaken += Int64(taken)
    servers[server].cachedTokens += Int64(servers[server].decoding) * steps
    servers[server].step += steps
    forgetPlan(server)
  }

  /// What was worked out about the next step no longer holds.
  @inline(__always)
  mutating func forgetPlan(_ server: Int) {
    servers[server].boundary = ServerState.noPlan
    servers[server].intakeTicks = 0
  }

  @inline(__always)
  private mutating func endDepartures(_ server: Int) {
    while case let request = servers[server].earliestDeparture, request != RequestState.none,
      requests[Int(request)].departure <= servers[server].step
    {
      withdraw(request, server)
      appendCompleted(request, server, at: servers[server].clock.nanoseconds, as: .finished)
    }
  }

  /// Puts `chunk` more prompt tokens into the cache; the last of them yields a first or next token.
  private mutating func read(_ chunk: Int32, of request: UInt32, _ server: Int, _ shift: Int32) {
    let before = requests[Int(request)].computed
    let after = before + chunk
    requests[Int(request)].computed = after
    let taken = blocks(after, shift) - blocks(before, shift)
    servers[server].usedBlocks += taken
    servers[server].blocksTaken += Int64(taken)
    guard after == tokensToPrefill(request) else {
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
    addBlockClass(server, cached: cached, shift)
    insertDeparture(request, server)
  }

  private mutating func preemptNewest(_ server: Int) {
    let request = servers[server].newest
    let kind = Int(servers[server].kind)
    let shift = tables.timings[kind].blockShift
    let free = tables.timings[kind].cacheBlocks - servers[server].usedBlocks
    let cached =
      request == servers[server].prefilling
      ? requests[Int(request)].computed
      : cachedTokens(request, atStep: servers[server].step)
    withdraw(request, server)
    // Its blocks join the free ones last block first, and only whole ones can be found again.
    let whole = cached >> shift
    requests[Int(request)].computed = tables.timings[kind].keepsFreedBlocks ? whole << shift : 0
    requests[Int(request)].departure =
      servers[server].blocksTaken + Int64(free) + Int64(blocks(cached, shift) - whole)
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
    let cached = cachedTokens(request, atStep: step)
    requests[Int(request)].generated = cached - requests[Int(request)].prompt + 1
    servers[server].decoding -= 1
    servers[server].cachedTokens -= Int64(cached)
    servers[server].usedBlocks -= blocks(cached, shift)
    removeBlockClass(server, cached: cached, shift)
    removeDeparture(request, server)
  }
}
