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

extension ServerFleet {
  /// - Precondition: The server is not idle.
  func plan(_ server: Int) -> StepPlan {
    let kind = kinds[Int(servers[server].kind)]
    return servers[server].plan(kind: kind, requests: requests)
  }
}

extension ServerState {
  func plan(kind: borrowing ServerKind, requests: borrowing [RequestState]) -> StepPlan {
    var plan = StepPlan(decoding: decoding, attended: cachedTokens)
    var used = usedBlocks
    var growth = blocksTaken(byStep: step, shift: kind.blockShift)
    var partial = prefilling
    if kind.cacheBlocks - used < growth {
      preempt(&plan, &used, &growth, &partial, kind, requests)
    }
    plan.attended += Int64(plan.decoding)
    var room = Room(
      blocks: kind.cacheBlocks - used - growth,
      tokens: Int32(kind.settings.tokenBudget) - plan.decoding, shift: kind.blockShift)
    var isOpen = plan.preemptions == 0
    if partial != RequestState.none {
      let state = requests[Int(partial)]
      // A partly read prompt that finds no memory keeps what it has and waits, and so do all behind
      // it. vLLM preempts it, but its prefix cache then gives the same blocks back.
      if let chunk = room.take(state.tokensToPrefill - state.computed, after: state.computed) {
        plan.read(chunk, after: state.computed)
        plan.chunk = chunk
      } else {
        isOpen = false
      }
    }
    if isOpen { admit(&plan, &room, kind, requests) }
    if plan.preemptions == 0, plan.promptTokens == 0 {
      plan.steps = decodeStretch(plan, kind, requests)
    }
    return plan
  }

  private func preempt(
    _ plan: inout StepPlan, _ used: inout Int32, _ growth: inout Int32, _ partial: inout UInt32,
    _ kind: borrowing ServerKind, _ requests: borrowing [RequestState]
  ) {
    var victim = newest
    while kind.cacheBlocks - used < growth {
      let state = requests[Int(victim)]
      if victim == partial {
        used -= blocks(state.computed, kind.blockShift)
        partial = RequestState.none
      } else {
        let cached = state.cachedTokens(atStep: step)
        used -= blocks(cached, kind.blockShift)
        if cached & (1 << kind.blockShift - 1) == 0 { growth -= 1 }
        plan.decoding -= 1
        plan.attended -= Int64(cached)
      }
      plan.preemptions += 1
      victim = state.older
    }
  }

  private func admit(
    _ plan: inout StepPlan, _ room: inout Room, _ kind: borrowing ServerKind,
    _ requests: borrowing [RequestState]
  ) {
    var places =
      Int32(kind.settings.sequencesMaximum) - decoding - (prefilling == RequestState.none ? 0 : 1)
    let latest = kind.settings.schedulesAhead && isRunning ? lastStepStart : Int64.max
    var next = waitingHead
    while next != RequestState.none, places > 0, room.tokens > 0 {
      let state = requests[Int(next)]
      guard state.submittedAt <= latest else {
        plan.firstWaitingIsLate = plan.admissions == 0
        return
      }
      guard let chunk = room.take(state.tokensToPrefill, after: 0) else { return }
      plan.read(chunk, after: 0)
      plan.admissions += 1
      plan.lastChunk = chunk
      places -= 1
      next = state.newer
    }
  }

  /// Steps until the first departure, the first step that lacks memory, or the late arrival's turn.
  private func decodeStretch(
    _ plan: StepPlan, _ kind: borrowing ServerKind, _ requests: borrowing [RequestState]
  ) -> Int64 {
    if plan.firstWaitingIsLate { return 1 }
    let untilDeparture = requests[Int(earliestDeparture)].departure - step
    return stepsThatFit(
      atMost: untilDeparture, free: Int64(kind.cacheBlocks - usedBlocks), shift: kind.blockShift)
  }
}

/// What one step has left for prompts.
private struct Room {
  var blocks: Int32
  var tokens: Int32
  let shift: Int32

  /// Takes up to `wanted` tokens behind `computed` cached ones; nil if their blocks are not free.
  mutating func take(_ wanted: Int32, after computed: Int32) -> Int32? {
    let chunk = min(wanted, tokens)
    let needed =
      Inference.blocks(computed + chunk, shift) - Inference.blocks(computed, shift)
    guard needed <= blocks else { return nil }
    tokens -= chunk
    blocks -= needed
    return chunk
  }
}

extension StepPlan {
  fileprivate mutating func read(_ chunk: Int32, after computed: Int32) {
    promptTokens += Int64(chunk)
    doubledPairs += Int64(chunk) * (2 * Int64(computed) + Int64(chunk))
  }
}

/// Blocks that hold `tokens` tokens.
func blocks(_ tokens: Int32, _ shift: Int32) -> Int32 { (tokens + 1 << shift - 1) >> shift }

extension ServerState {
  /// Blocks that the decoding sequences take when they do the step after `step` steps.
  func blocksTaken(byStep step: Int64, shift: Int32) -> Int32 {
    let mask: Int64 = 1 << Int64(shift) - 1
    return Int32(blockPhases[Int(truncatingIfNeeded: -step & mask)])
  }

  /// Blocks taken in `steps` successive decode steps; every sequence takes one per block size.
  func blocksTaken(bySteps steps: Int64, shift: Int32) -> Int32 {
    var taken = Int64(decoding) * (steps >> Int64(shift))
    let mask: Int64 = 1 << Int64(shift) - 1
    for offset in 0..<(steps & mask) {
      taken += Int64(blocksTaken(byStep: step + offset, shift: shift))
    }
    return Int32(taken)
  }

  /// How many decode steps `free` blocks suffice for, at most `limit`.
  func stepsThatFit(atMost limit: Int64, free: Int64, shift: Int32) -> Int64 {
    let size: Int64 = 1 << Int64(shift)
    let growth = Int64(decoding)
    if (limit + size - 1) >> Int64(shift) * growth <= free { return limit }
    var steps = free / growth * size
    var left = free % growth
    while steps < limit {
      left -= Int64(blocksTaken(byStep: step + steps, shift: shift))
      if left < 0 { break }
      steps += 1
    }
    return min(steps, limit)
  }
}
