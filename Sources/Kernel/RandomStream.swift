/// One stream of random numbers: a plain value without heap storage, 112 bytes.
///
/// The n-th block of four words is Philox4×64-10 of the counter (n, event, entity, 0) under the
/// source's key: up to 2⁶⁴ blocks, which no run exhausts. A copy continues with the same numbers.
public struct RandomStream: BitwiseCopyable, Sendable {
  @usableFromInline let source: StreamSource
  @usableFromInline let entity: UInt64
  @usableFromInline let event: UInt64
  @usableFromInline var blockCount: UInt64 = 0
  /// The current two blocks; `used` of their words are spent.
  @usableFromInline var words = InlineArray<8, UInt64>(repeating: 0)
  @usableFromInline var used = 8

  @inlinable init(source: StreamSource, entity: UInt64, event: UInt64) {
    self.source = source
    self.entity = entity
    self.event = event
  }

  /// The next 64 random bits.
  @inlinable @inline(__always) public mutating func nextWord() -> UInt64 {
    if used == 8 { refill() }
    let word = words[used]
    used &+= 1
    return word
  }

  @usableFromInline @inline(never) mutating func refill() {
    // Streams of one entity's event mostly end within their first block: it is drawn alone.
    if blockCount == 0 {
      let first = Philox.block(counter: (0, event, entity, 0), key: (source.key0, source.key1))
      words = [0, 0, 0, 0, first.0, first.1, first.2, first.3]
      blockCount = 1
      used = 4
      return
    }
    let (first, second) = Philox.twoBlocks(
      counter: (blockCount, event, entity, 0), key: (source.key0, source.key1))
    words = [
      first.0, first.1, first.2, first.3, second.0, second.1, second.2, second.3,
    ]
    blockCount &+= 2
    used = 0
  }
}
