/// KV memory in blocks. A sequence takes a new block in each step that it enters with whole blocks, so
/// its turn comes once per block size; `blockPhases` counts the decoding sequences of a server by
/// (cached − step) mod block size, which stays the same while they decode.
extension ServerFleet {
  /// Counters per server; the largest block size.
  static var phasesPerServer: Int { 16 }

  /// Blocks taken in the step that follows `steps` more decode steps.
  @inline(__always)
  func blocksTaken(_ server: Int, afterSteps steps: Int64, _ shift: Int32) -> Int32 {
    let phase = -(servers[server].step + steps) & blockMask(shift)
    return Int32(blockPhases[phaseIndex(server, phase)])
  }

  /// Blocks taken in `steps` successive decode steps.
  func blocksTaken(_ server: Int, bySteps steps: Int64, _ shift: Int32) -> Int32 {
    var taken = Int64(servers[server].decoding) * (steps >> Int64(shift))
    for offset in 0..<(steps & blockMask(shift)) {
      taken += Int64(blocksTaken(server, afterSteps: offset, shift))
    }
    return Int32(taken)
  }

  /// How many decode steps `free` blocks suffice for, at most `limit`.
  func stepsThatFit(_ server: Int, atMost limit: Int64, free: Int64, _ shift: Int32) -> Int64 {
    let growth = Int64(servers[server].decoding)
    if ((limit + blockMask(shift)) >> Int64(shift)) * growth <= free { return limit }
    var steps = (free / growth) << Int64(shift)
    var left = free % growth
    while steps < limit {
      left -= Int64(blocksTaken(server, afterSteps: steps, shift))
      if left < 0 { break }
      steps += 1
    }
    return min(steps, limit)
  }

  /// Counts a sequence that decodes from now on with `cached` tokens in memory, or takes it out.
  func blockPhaseIndex(_ server: Int, cached: Int32, _ shift: Int32) -> Int {
    phaseIndex(server, (Int64(cached) - servers[server].step) & blockMask(shift))
  }

  @inline(__always)
  private func phaseIndex(_ server: Int, _ phase: Int64) -> Int {
    server * Self.phasesPerServer + Int(truncatingIfNeeded: phase)
  }
}

/// Blocks that hold `tokens` tokens.
@inline(__always)
func blocks(_ tokens: Int32, _ shift: Int32) -> Int32 { (tokens + ((1 << shift) - 1)) >> shift }

@inline(__always)
private func blockMask(_ shift: Int32) -> Int64 { (1 << Int64(shift)) - 1 }
