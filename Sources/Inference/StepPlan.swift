/// What a batching server will do from its present boundary on: one step of any composition, or a
/// stretch of steps that only decode.
///
/// The order is vLLM's: running sequences decode first, the newest being preempted while the KV cache
/// cannot take all of them; then the prompt that is read in part; then waiting requests in order of
/// arrival while token budget, sequences and memory last, none of them in a step that preempted.
struct StepPlan {
  /// Running requests to preempt first, newest first.
  var preemptions: Int32 = 0
  /// Tokens to read of the prompt that is read in part.
  var chunk: Int32 = 0
  /// Waiting requests to admit, each with all its tokens but the last with `lastChunk`.
  var admissions: Int32 = 0
  var lastChunk: Int32 = 0
  /// Sequences that decode and the tokens they attend to in the first step.
  var decoding: Int32
  var attended: Int64
  var promptTokens: Int64 = 0
  var doubledPairs: Int64 = 0
  /// Above 1 only in a stretch that neither preempts nor reads prompts.
  var steps: Int64 = 1
  /// Whether the first waiting request arrived too late for this step, but not for the next.
  var firstWaitingIsLate = false
}

/// Mutating throughout, though nothing changes: a borrowed fleet would be copied at each call.
extension ServerFleet {
  /// - Precondition: The server is not idle.
  @inline(__always)
  mutating func plan(_ server: Int) -> StepPlan {
    let kind = Int(servers[server].kind)
    let used = servers[server].usedBlocks
    let growth = blocksTaken(server, afterSteps: 0, tables.timings[kind].blockShift)
    var plan = StepPlan(
      decoding: servers[server].decoding, attended: servers[server].cachedTokens)
    let free = tables.timings[kind].cacheBlocks - used - growth
    if free < 0 {
      preempt(&plan, server, kind, used: used, growth: growth)
    } else {
      plan.attended += Int64(plan.decoding)
      fill(&plan, server, kind, free: free)
      if plan.promptTokens == 0, !plan.firstWaitingIsLate {
        plan.steps = stepsToDeparture(server, kind)
      }
    }
    return plan
  }

  private mutating func preempt(
    _ plan: inout StepPlan, _ server: Int, _ kind: Int, used: Int32, growth: Int32
  ) {
    let shift = tables.timings[kind].blockShift
    var (used, growth) = (used, growth)
    var victim = servers[server].newest
    while tables.timings[kind].cacheBlocks - used < growth {
      if victim == servers[server].prefilling {
        used -= blocks(requests[Int(victim)].computed, shift)
      } else {
        let cached = cachedTokens(victim, atStep: servers[server].step)
        used -= blocks(cached, shift)
        if cached & ((1 << shift) - 1) == 0 { growth -= 1 }
        plan.decoding -= 1
        plan.attended -= Int64(cached)
      }
      plan.preemptions += 1
      victim = requests[Int(victim)].older
    }
    plan.attended += Int64(plan.decoding)
  }

  /// Adds prompts to a step in which everything that decodes has its memory.
  @inline(__always)
  private mutating func fill(_ plan: inout StepPlan, _ server: Int, _ kind: Int, free: Int32) {
    var room = Room(
      blocks: free, tokens: tables.timings[kind].tokenBudget - plan.decoding,
      taken: servers[server].blocksTaken
        + Int64(tables.timings[kind].cacheBlocks - servers[server].usedBlocks - free),
      shift: tables.timings[kind].blockShift)
    let partial = servers[server].prefilling
    if partial != RequestState.none {
      let computed = requests[Int(partial)].computed
      // A partly read prompt that finds no memory keeps what it has and waits, and so do all behind
      // it. vLLM preempts it, but its prefix cache then gives the same blocks back.
      guard
        let chunk = room.take(
          tokensToPrefill(partial) - computed, after: computed, held: computed)
      else { return }
      plan.read(chunk, after: computed)
      plan.chunk = chunk
    }
    admit(&plan, &room, server, kind)
  }

  @inline(__always)
  private mutating func admit(
    _ plan: inout StepPlan, _ room: inout Room, _ server: Int, _ kind: Int
  ) {
    var places = tables.timings[kind].sequencesMaximum - running(server)
    let isAhead = tables.timings[kind].schedulesAhead && isRunning(server)
    let latest = isAhead ? servers[server].lastStepStart : Int64.max
    var next = servers[server].waitingHead
    while next != RequestState.none, places > 0, room.tokens > 0 {
      guard requests[Int(next)].submittedAt <= latest else {
        plan.firstWaitingIsLate = plan.admissions == 0
        return
      }
      let kept = tokensKept(next, taken: room.taken, room.shift)
      // Blocks that are found again are among the free ones.
      guard let chunk = room.take(tokensToPrefill(next) - kept, after: kept, held: 0) else {
        return
      }
      plan.read(chunk, after: kept)
      plan.admissions += 1
      plan.lastChunk = chunk
      places -= 1
      next = requests[Int(next)].newer
    }
  }

  /// Steps until the first departure or the first step that lacks memory.
  @inline(__always)
  private mutating func stepsToDeparture(_ server: Int, _ kind: Int) -> Int64 {
    let first = requests[Int(servers[server].earliestDeparture)].departure
    return stepsThatFit(
      server, atMost: first - servers[server].step,
      free: Int64(tables.timings[kind].cacheBlocks - servers[server].usedBlocks),
      tables.timings[kind].blockShift)
  }
}

/// What one step has left for prompts.
private struct Room {
  var blocks: Int32
  var tokens: Int32
  /// Blocks that the server will have taken so far.
  var taken: Int64
  let shift: Int32

  /// Takes up to `wanted` tokens behind `computed` cached ones; nil if their blocks are not free.
  ///
  /// - Parameter held: Tokens among those whose blocks are no longer free.
  @inline(__always)
  mutating func take(_ wanted: Int32, after computed: Int32, held: Int32) -> Int32? {
    let chunk = min(wanted, tokens)
    let end = Inference.blocks(computed + chunk, shift)
    let needed = end - Inference.blocks(held, shift)
    guard needed <= blocks else { return nil }
    tokens -= chunk
    blocks -= needed
    taken += Int64(end - Inference.blocks(computed, shift))
    return chunk
  }
}

extension StepPlan {
  @inline(__always)
  fileprivate mutating func read(_ chunk: Int32, after computed: Int32) {
    promptTokens += Int64(chunk)
    doubledPairs += Int64(chunk) * (2 * Int64(computed) + Int64(chunk))
  }
}
