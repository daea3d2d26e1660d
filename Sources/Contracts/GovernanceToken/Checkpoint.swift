import EVM
import Quantities

/// Votes from a block on, packed in one slot as `uint32 fromBlock` and `uint224 votes`.
struct Checkpoint: BitwiseCopyable {
  let fromBlock: UInt32
  let votes: UInt256

  /// - Throws: as `SafeCast` does, the block first.
  init(block: UInt64, votes: UInt256) throws(CallFailure) {
    guard block >> 32 == 0 else { throw .reverted(.blockBeyond32Bits) }
    guard votes.high >> 96 == 0 else { throw .reverted(.votesBeyond224Bits) }
    fromBlock = UInt32(truncatingIfNeeded: block)
    self.votes = votes
  }

  init(word: UInt256) {
    fromBlock = UInt32(truncatingIfNeeded: word.low)
    votes = UInt256(high: word.high >> 32, low: word.high << 96 | word.low >> 32)
  }

  var word: UInt256 {
    UInt256(high: votes.high << 32 | votes.low >> 96, low: votes.low << 32 | UInt128(fromBlock))
  }
}

/// A `Checkpoint[]` in storage, in order of blocks.
struct CheckpointList: BitwiseCopyable {
  let holder: UInt32
  let count: Slot<UInt32>
  let rows: Mapping<UInt64>

  /// Plain computation of the reference's loops and of the push, over reading the votes alone.
  /// Source: conformance vectors.
  enum Compute {
    static var rewrite: Int64 { 147 }
    static var append: Int64 { 352 }
    /// One step of the binary search, and reading what it found.
    static var search: Int64 { 252 }
    static var found: Int64 { 222 }
  }

  func checkpoint(_ index: UInt32) -> WideSlot {
    WideSlot(
      rows.row(UInt64(holder) << 32 | UInt64(index)), slot: 0,
      offset: Mapping<UInt64>.valueOffset)
  }

  /// Changes the latest votes at this block. The reference reads the length again at each access.
  ///
  /// - Returns: The votes before and after.
  func write(
    _ delta: UInt256, adding: Bool, _ world: inout World
  ) throws(CallFailure) -> (old: UInt256, new: UInt256) {
    let block = world.evm.block.number
    let length = try world.load(count)
    var last: Checkpoint?
    if length > 0 {
      _ = try world.load(count)
      last = Checkpoint(word: try world.load(checkpoint(length - 1)))
    }
    let old = last?.votes ?? .zero
    let new = adding ? try old.adding(delta) : try old.subtracting(delta)
    if let last {
      _ = try world.load(count)
      _ = try world.load(checkpoint(length - 1))
      if UInt64(last.fromBlock) == block {
        try world.compute(Compute.rewrite)
        _ = try world.load(count)
        let changed = try Checkpoint(block: block, votes: new)
        _ = try world.load(checkpoint(length - 1))
        try world.store(changed.word, checkpoint(length - 1))
        return (old, new)
      }
      try world.compute(Compute.append)
    }
    let next = try Checkpoint(block: block, votes: new)
    _ = try world.load(count)
    try world.store(length + 1, count)
    try world.store(next.word, checkpoint(length))
    return (old, new)
  }

  /// `getVotes`.
  func latest(_ world: inout World) throws(CallFailure) -> UInt256 {
    let length = try world.load(count)
    if length == 0 { return .zero }
    _ = try world.load(count)
    return Checkpoint(word: try world.load(checkpoint(length - 1))).votes
  }

  /// The votes at the end of a block, by the reference's binary search.
  func votes(at block: UInt256, _ world: inout World) throws(CallFailure) -> UInt256 {
    var high = try world.load(count)
    var low: UInt32 = 0
    while low < high {
      try world.compute(Compute.search)
      let middle = (low + high) / 2
      _ = try world.load(count)
      let found = Checkpoint(word: try world.load(checkpoint(middle)))
      if UInt256(found.fromBlock) > block { high = middle } else { low = middle + 1 }
    }
    if low == 0 { return .zero }
    try world.compute(Compute.found)
    _ = try world.load(count)
    return Checkpoint(word: try world.load(checkpoint(low - 1))).votes
  }
}
