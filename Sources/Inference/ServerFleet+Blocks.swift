/// KV memory in blocks. A sequence takes a new block in each step that it enters with whole blocks, so
/// its turn comes once per block size. Its class, (cached − step) mod block size, stays the same while
/// it decodes; `blockClasses` holds, per server and class, how many sequences have that class or a
/// lower one. With running sums a stretch of any length costs two look-ups.
extension ServerFleet {
  /// Sums per server; the largest block size.
  static var classesPerServer: Int { 16 }

  /// Blocks taken in the step that follows `steps` more decode steps.
  @inline(__always)
  func blocksTaken(_ server: Int, afterSteps steps: Int64, _ shift: Int32) -> Int32 {
    let turn = Int(truncatingIfNeeded: -(servers[server].step + steps) & blockMask(shift))
    let first = server * Self.classesPerServer
    let below = turn > 0 ? blockClasses[first + turn - 1] : 0
    return Int32(blockClasses[first + turn] - below)
  }

  /// Blocks taken in `steps` successive decode steps.
  @inline(__always)
  func blocksTaken(_ server: Int, bySteps steps: Int64, _ shift: Int32) -> Int32 {
    let whole = Int64(servers[server].decoding) * (steps >> Int64(shift))
    let rest = Int(truncatingIfNeeded: steps & blockMask(shift))
    if rest == 0 { return Int32(whole) }
    // Turns come in falling order of class and wrap around.
    let first = server * Self.classesPerServer
    let turn = Int(truncatingIfNeeded: -servers[server].step & blockMask(shift))
    let end = turn - rest
    var taken = Int64(blockClasses[first + turn])
    if end >= 0 {
      taken -= Int64(blockClasses[first + end])
    } else if end < -1 {
      let last = first + Int(truncatingIfNeeded: blockMask(shift))
      taken += Int64(blockClasses[last]) - Int64(blockClasses[last + end + 1])
    }
    return Int32(whole + taken)
  }

  /// How many decode steps `free` blocks suffice for, at most `limit`.
  @inline(__always)
  mutating func stepsThatFit(_ server: Int, atMost limit: Int64, free: Int64, _ shift: Int32)
    -> Int64
  {
    let growth = Int64(servers[server].decoding)
    if ((limit + blockMask(shift)) >> Int64(shift)) * growth <= free { return limit }
    return stepsThatFitTightly(server, atMost: limit, free: free, shift)
  }

  private mutating func stepsThatFitTightly(
    _ server: Int, atMost limit: Int64, free: Int64, _ shift: Int32
  ) -> Int64 {
    let growth = Int64(servers[server].decoding)
    var steps = (free / growth) << Int64(shift)
    var left = free % growth
    while steps < limit {
      left -= Int64(blocksTaken(server, afterSteps: steps, shift))
      if left < 0 { break }
      steps += 1
    }
    return min(steps, limit)
  }

  /// Tokens of a waiting request that are computed already and still in memory: whole blocks, and
  /// never all of them, because the last token has to be computed for its successor.
  ///
  /// - Parameter taken: Blocks that the server has taken when the request is admitted.
  @inline(__always)
  func tokensKept(_ request: UInt32, taken: Int64, _ shift: Int32) -> Int32 {
    let computed = requests[Int(request)].computed
    if computed == 0 { return 0 }
    let lost = max(0, taken - requests[Int(request)].departure)
    let whole = min(
      Int64(computed >> shift) - lost, Int64((tokensToPrefill(request) - 1) >> shift))
    return whole > 0 ? Int32(whole) << shift : 0
  }

  /// Counts a sequence that begins to decode with `cached` tokens in memory.
  @inline(__always)
  mutating func addBlockClass(_ server: Int, cached: Int32, _ shift: Int32) {
    let added = blockClass(server, cached, shift)
    let first = server * Self.classesPerServer
    for lane in 0..<UInt16(Self.classesPerServer) {
      blockClasses[first + Int(lane)] &+= lane >= added ? 1 : 0
    }
  }

  /// Counts out a sequence that holds `cached` tokens and decodes no more.
  @inline(__always)
  mutating func removeBlockClass(_ server: Int, cached: Int32, _ shift: Int32) {
    let removed = blockClass(server, cached, shift)
    let first = server * Self.classesPerServer
    for lane in 0..<UInt16(Self.classesPerServer) {
      blockClasses[first + Int(lane)] &-= lane >= removed ? 1 : 0
    }
  }

  @inline(__always)
  private func blockClass(_ server: Int, _ cached: Int32, _ shift: Int32) -> UInt16 {
    UInt16(truncatingIfNeeded: (Int64(cached) - servers[server].step) & blockMask(shift))
  }
}

/// Blocks that hold `tokens` tokens.
@inline(__always)
func blocks(_ tokens: Int32, _ shift: Int32) -> Int32 { (tokens + ((1 << shift) - 1)) >> shift }

@inline(__always)
private func blockMask(_ shift: Int32) -> Int64 { (1 << Int64(shift)) - 1 }
