/// The next time at which a completion is possible, looking past steps that cannot end anything.
extension ServerFleet {
  /// The end of the present plan; or, when it only leads up to reading all prompts that wait, the end
  /// of the decode stretch after that. Exact if nothing is submitted or cancelled before.
  func projectedBoundary(of server: Int) -> Int64 {
    if let stretch = decodeStretch(server) {
      return servers[server].clock.advanced(byTicks: stretch.ticks).nanoseconds
    }
    let plan = plan(server)
    let end = servers[server].clock.advanced(byTicks: ticks(of: plan, server))
    let leadsToAdmission = plan.promptTokens > 0 || plan.firstWaitingIsLate
    guard leadsToAdmission, plan.preemptions == 0,
      plan.firstWaitingIsLate || plan.admissions == servers[server].waitingCount,
      servers[server].prefilling == RequestState.none,
      let boundary = boundaryAfterAdmission(server, plan, end)
    else { return end.nanoseconds }
    return boundary
  }

  /// Nil if the step that reads the prompts may end something, or does not admit all that wait.
  private func boundaryAfterAdmission(_ server: Int, _ plan: StepPlan, _ end: StepClock) -> Int64? {
    let kind = Int(servers[server].kind)
    let decoding = Int64(plan.decoding)
    // The step that reads prompts is the next, or the one after it when the first arrival is late.
    let stepsBefore: Int64 = plan.firstWaitingIsLate ? 1 : 0
    guard let prompts = waitingPrompts(server, kind) else { return nil }
    let free = Int64(
      tables.timings[kind].cacheBlocks - servers[server].usedBlocks - servers[server].decoding * 2)
    guard prompts.tokens <= Int64(tables.timings[kind].tokenBudget) - decoding,
      Int64(servers[server].waitingCount) + decoding <= Int64(tables.timings[kind].sequencesMaximum)
    else { return nil }
    var steps = prompts.shortest
    if decoding > 0 {
      let first = requests[Int(servers[server].earliestDeparture)].departure
      steps = min(steps, first - servers[server].step - stepsBefore - 1)
    }
    let sequences = decoding + Int64(servers[server].waitingCount)
    // A generous count of blocks: every sequence may take one more than its share.
    guard steps > 0, free >= prompts.blocks + sequences * ((steps >> blockBits(kind)) + 1) else {
      return nil
    }
    var clock = end
    var attended = plan.attended
    if plan.firstWaitingIsLate {
      attended += decoding
      clock = clock.advanced(
        byTicks: tables.ticks(
          kind: kind, decoding: plan.decoding, attended: attended,
          promptTokens: prompts.tokens, doubledPairs: prompts.doubledPairs))
    }
    // Cached after that step, and one token more for each that then decodes.
    attended += prompts.tokens + sequences
    let stretch = tables.ticks(
      kind: kind, decoding: Int32(sequences), attended: attended, steps: steps)
    return clock.advanced(byTicks: stretch).nanoseconds
  }

  private func blockBits(_ kind: Int) -> Int64 { Int64(tables.timings[kind].blockShift) }

  private struct Prompts {
    var tokens: Int64 = 0
    var doubledPairs: Int64 = 0
    var blocks: Int64 = 0
    /// Decode steps that the shortest of the requests needs after its prompt.
    var shortest = Int64.max
  }

  /// All that wait, read in one step; nil if they are too many for one.
  private func waitingPrompts(_ server: Int, _ kind: Int) -> Prompts? {
    var prompts = Prompts()
    var next = servers[server].waitingHead
    while next != RequestState.none {
      // What will be left of tokens computed before depends on the steps until then.
      if requests[Int(next)].computed > 0 { return nil }
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
}
