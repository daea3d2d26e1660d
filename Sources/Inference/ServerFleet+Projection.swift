/// The next time at which a completion is possible, looking past steps that cannot end anything.
extension ServerFleet {
  /// The end of the present plan; or, when it only leads up to reading all prompts that wait, the end
  /// of the decode stretch after that. Exact if nothing is submitted or cancelled before.
  @inline(__always)
  mutating func projectedBoundary(of server: Int) -> Int64 {
    if let stretch = decodeStretch(server) {
      return servers[server].clock.advanced(byTicks: stretch.ticks).nanoseconds
    }
    return boundaryAfterIntake(server) ?? boundaryAfterPlan(server)
  }

  /// Where all that wait can be read at once there is nothing to plan: notes how long that step takes
  /// and looks past it. Nil where it takes a plan to know.
  private mutating func boundaryAfterIntake(_ server: Int) -> Int64? {
    guard servers[server].prefilling == RequestState.none else { return nil }
    let kind = Int(servers[server].kind)
    let decoding = Int64(servers[server].decoding)
    let isAhead = tables.timings[kind].schedulesAhead && decoding > 0
    guard
      let prompts = waitingPrompts(
        server, kind, submittedBy: isAhead ? servers[server].lastStepStart : .max),
      hasRoom(for: prompts, server, kind)
    else { return nil }
    let attended = servers[server].cachedTokens + decoding
    let ticks = tables.ticks(
      kind: kind, decoding: Int32(decoding), attended: attended, promptTokens: prompts.tokens,
      doubledPairs: prompts.doubledPairs)
    servers[server].intakeTicks = ticks
    let end = servers[server].clock.advanced(byTicks: ticks)
    return boundaryAfterReading(
      prompts, server, kind, from: end, attended: attended, stepsBefore: 0)
      ?? end.nanoseconds
  }

  private mutating func boundaryAfterPlan(_ server: Int) -> Int64 {
    let plan = plan(server)
    let end = servers[server].clock.advanced(byTicks: ticks(of: plan, server))
    // The first arrival was too late for this step; the one after it reads the prompts.
    let kind = Int(servers[server].kind)
    guard plan.firstWaitingIsLate, plan.preemptions == 0,
      servers[server].prefilling == RequestState.none,
      let prompts = waitingPrompts(server, kind, submittedBy: .max),
      hasRoom(for: prompts, server, kind)
    else { return end.nanoseconds }
    let attended = plan.attended + Int64(plan.decoding)
    let clock = end.advanced(
      byTicks: tables.ticks(
        kind: kind, decoding: plan.decoding, attended: attended, promptTokens: prompts.tokens,
        doubledPairs: prompts.doubledPairs))
    return boundaryAfterReading(
      prompts, server, kind, from: clock, attended: attended, stepsBefore: 1) ?? end.nanoseconds
  }

  /// The end of the decode stretch after a step that reads `prompts`; nil if that step may itself end
  /// something, or memory may not last.
  @inline(__always)
  private func boundaryAfterReading(
    _ prompts: Prompts, _ server: Int, _ kind: Int, from clock: StepClock, attended: Int64,
    stepsBefore: Int64
  ) -> Int64? {
    let decoding = Int64(servers[server].decoding)
    var steps = prompts.shortest
    if decoding > 0 {
      let first = requests[Int(servers[server].earliestDeparture)].departure
      steps = min(steps, first - servers[server].step - stepsBefore - 1)
    }
    let sequences = decoding + Int64(servers[server].waitingCount)
    // A generous count of blocks: every sequence may take one more than its share.
    let shift = Int64(tables.timings[kind].blockShift)
    guard steps > 0,
      freeBlocks(server, kind) >= prompts.blocks + sequences * ((steps >> shift) + 1)
    else { return nil }
    // Cached after that step, and one token more for each that then decodes.
    let stretch = tables.ticks(
      kind: kind, decoding: Int32(sequences), attended: attended + prompts.tokens + sequences,
      steps: steps)
    return clock.advanced(byTicks: stretch).nanoseconds
  }

  private struct Prompts {
    var tokens: Int64 = 0
    var doubledPairs: Int64 = 0
    var blocks: Int64 = 0
    /// Decode steps that the shortest of the requests needs after its prompt.
    var shortest = Int64.max
  }

  /// All that wait, to be read in one step; nil if they are too many for one or one came too late.
  @inline(__always)
  private func waitingPrompts(
    _ server: Int, _ kind: Int, submittedBy latest: Int64
  ) -> Prompts? {
    var prompts = Prompts()
    var next = servers[server].waitingHead
    if next == RequestState.none { return nil }
    while next != RequestState.none {
      // What will be left of tokens computed before depends on the steps until then.
      if requests[Int(next)].computed > 0 || requests[Int(next)].submittedAt > latest { return nil }
      let tokens = tokensToPrefill(next)
      prompts.tokens += Int64(tokens)
      prompts.doubledPairs += Int64(tokens) * Int64(tokens)
      prompts.blocks += Int64(blocks(tokens, tables.timings[kind].blockShift))
      prompts.shortest = min(
        prompts.shortest, Int64(requests[Int(next)].output - requests[Int(next)].generated - 1))
      guard prompts.tokens <= Int64(tables.timings[kind].tokenBudget) else { return nil }
      next = requests[Int(next)].newer
    }
    return prompts
  }

  /// Whether one step can read them beside what decodes, this step or the next.
  @inline(__always)
  private func hasRoom(for prompts: Prompts, _ server: Int, _ kind: Int) -> Bool {
    let decoding = Int64(servers[server].decoding)
    return prompts.tokens <= Int64(tables.timings[kind].tokenBudget) - decoding
      && Int64(servers[server].waitingCount) + decoding
        <= Int64(tables.timings[kind].sequencesMaximum)
      && freeBlocks(server, kind) >= prompts.blocks
  }

  /// Blocks free after two steps, were every sequence to take one in each.
  @inline(__always)
  private func freeBlocks(_ server: Int, _ kind: Int) -> Int64 {
    Int64(tables.timings[kind].cacheBlocks - servers[server].usedBlocks)
      - Int64(servers[server].decoding) * 2
  }
}
